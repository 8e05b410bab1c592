"""Worksheets without any header are read by their formulas, however they are laid out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from slowly import one_in
from worksheets import DELTA_1, DELTA_2, GRADIENTS, ORDER, WEIGHTS, Table, checked, in_tables, save

from sheetprop.checking.check import check_file

BARE = Table(headers=dict.fromkeys(ORDER, ""), rate_label=None)
UPDATES = {f"{w} next": f"={{{w}}}-{{eta}}*{{dE/d{w}}}" for w in WEIGHTS}
CHANGES = {f"{w} change": f"=-{{eta}}*{{dE/d{w}}}" for w in WEIGHTS}


def with_updates_from(shape: dict[str, str], template: str) -> Table:
    table = replace(BARE, helpers=shape)
    for weight in WEIGHTS:
        table = table.changed(weight, template.format(weight), range(1, table.iterations))
    return table


LAYOUTS = {
    "down": (BARE,),
    "across": (replace(BARE, across=True, header=3, first_line=31, rate_cell=(1, 2)),),
    "stacked": (BARE, replace(BARE, header=60, rate_cell=(59, 7))),
    "beside": (BARE, replace(BARE, first_line=50, rate_cell=(30, 60))),
    "backwards": (replace(BARE, order=ORDER[::-1]),),
    "two iterations": (replace(BARE, iterations=2),),
    "deltas": (replace(BARE, helpers={"δ one": DELTA_1, "δ two": DELTA_2}),),
    "differences": (replace(BARE, helpers={"difference": "={t1}-{a_o1}"}),),
    "changes": (with_updates_from(CHANGES, "={{{0}[-1]}}+{{{0} change[-1]}}"),),
    "next weights": (with_updates_from(UPDATES, "={{{0} next[-1]}}"),),
}


@pytest.mark.parametrize("layout", one_in(3, LAYOUTS))
def test_all_is_found(layout: str, tmp_path: Path) -> None:
    """Every quantity is found, nothing is accused, and what is one iteration stays one."""
    tables = LAYOUTS[layout]
    report = checked(tmp_path, *tables)

    assert [f.mistake for f in in_tables(report) if f.severity == "error"] == []
    assert len(report.tables) == len(tables)
    for found, table in zip(report.tables, tables, strict=True):
        assert found.iterations == table.iterations
        assert found.orientation == ("columns" if table.across else "rows")
        assert len(found.quantities) == len(ORDER)


@pytest.mark.parametrize("layout", ["down", "across", "changes"])
def test_what_is_wrong_is_found(layout: str, tmp_path: Path) -> None:
    """A wrong gradient is a finding in its cells without any header too."""
    (table,) = LAYOUTS[layout]
    wrong = table.changed("dE/dw5", "=({a_o1}-{t1})*{a_o1}*(1-{a_o1})*{a_h2}")
    report = checked(tmp_path, wrong)

    assert [f.mistake for f in report.errors] == ["wrong-neuron"]
    assert [p.range for p in report.errors[0].places] == [wrong.range("dE/dw5")]


def test_blank_rows_between_iterations(tmp_path: Path) -> None:
    """Rows left blank belong to no iteration, with headers or without."""
    path = tmp_path / "student.xlsx"
    save(path, BARE)
    book = openpyxl.load_workbook(path)
    sheet = book["Sheet1"]
    for row in range(BARE.last, BARE.header + 1, -1):  # every row two lower than the one above
        moved = row - BARE.header - 1
        for column in range(1, len(ORDER) + 1):
            cell = sheet.cell(row, column)
            text = cell.value
            if isinstance(text, str):
                text = _spread(text, row, row + moved)
            cell.value = None
            sheet.cell(row + moved, column).value = text
    book.save(path)
    report = check_file(path)

    assert report.errors == ()
    assert report.tables[0].iterations == BARE.iterations
    assert set(GRADIENTS) <= set(report.tables[0].quantities)


def _spread(formula: str, row: int, new: int) -> str:
    """Return a formula with the row itself and the one above where they are moved to."""

    def moved(found: re.Match[str]) -> str:
        return f"{found[1]}{new if int(found[2]) == row else new - 2}"

    return re.sub(r"(?<!\$)\b([A-Z]{1,2})(\d+)\b", moved, formula)
