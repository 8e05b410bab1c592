"""References to Excel's own tables are read as addresses."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from libreoffice import recalculated
from openpyxl.worksheet.table import Table as ListTable
from openpyxl.worksheet.table import TableColumn

from sheetprop.calculating.engine import Engine
from sheetprop.workbooks.reading.read import read

HEADERS = ("w1", "∂E/∂w1", "it's [1]", "sum")

FORMULAS = {
    "Runs[[#This Row],[w1]]*2": "A4*2",
    "runs[@w1]": "A4",
    "Runs[@[∂E/∂w1]]-Runs[[#This Row], [w1]]": "B4-A4",
    "SUM(Runs[[#This Row],[w1]:[it''s '[1']]])": "SUM(A4:C4)",
    "SUM(Runs[w1])": "SUM($A$4:$A$6)",
    "SUM(Runs[])": "SUM($A$4:$D$6)",
    "COUNTA(Runs[#All])": "COUNTA($A$3:$D$6)",
    "Runs[[#Headers],[∂E/∂w1]]": "$B$3:$B$3",
    "SUM(Runs[[#Data],[w1]:[∂E/∂w1]])": "SUM($A$4:$B$6)",
    'LEN("Runs[w1]")': 'LEN("Runs[w1]")',
    "Runs[nothing]": "Runs[nothing]",
    "Other[w1]+1": "Other[w1]+1",
}


def workbook(path: Path) -> Path:
    """A table of three rows below A3, and formulas that refer to it, in row 4 of two sheets."""
    book = openpyxl.Workbook()
    sheet, other = book.active, book.create_sheet("Other")
    assert sheet is not None
    sheet.title = "Mine"
    for column, header in enumerate(HEADERS, 1):
        sheet.cell(3, column, header)
        for row in (4, 5, 6):
            sheet.cell(row, column, row + column / 10)
    table = ListTable(displayName="Runs", ref="A3:D6")
    table.tableColumns = [TableColumn(id=k, name=name) for k, name in enumerate(HEADERS, 1)]
    sheet.add_table(table)
    for place, formula in enumerate(FORMULAS, 6):
        sheet.cell(4, place, f"={formula}")
    other["A4"] = "=Runs[[#This Row],[w1]]+SUM(Runs[w1])"
    book.save(path)
    return path


def test_they_are_addresses(tmp_path: Path) -> None:
    """Every way to name rows and columns; what is no table of the workbook stays as it is."""
    found = read(workbook(tmp_path / "tables.xlsx"))
    formulas = [found["Mine"].cells[4, place].formula for place in range(6, 6 + len(FORMULAS))]

    assert formulas == [f"={right}" for right in FORMULAS.values()]
    assert found["Other"].cells[4, 1].formula == "=Mine!A4+SUM(Mine!$A$4:$A$6)"


@pytest.mark.libreoffice
def test_libreoffice_reads_them_alike(tmp_path: Path) -> None:
    """The addresses have the values that LibreOffice gives the references.

    Of the shorter forms it understands only some.
    """
    path = workbook(tmp_path / "tables.xlsx")
    values = Engine(read(path))
    (shown,) = recalculated([path], tmp_path)

    for place, formula in enumerate(FORMULAS, 6):
        if "[[" in formula and "@" not in formula:
            assert values.value("Mine", (4, place)) == pytest.approx(shown["Mine"][4, place])
    assert values.value("Other", (4, 1)) == pytest.approx(shown["Other"][4, 1])
