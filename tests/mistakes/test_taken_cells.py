"""Which cells a workbook takes, looked for once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from making import book
from worksheets import WEIGHTS, Table

from sheetprop.checking.check import check_workbook
from sheetprop.mistakes.experiment import first_cells, taken_cells
from sheetprop.mistakes.experiment.taken_cells import TakenCells
from sheetprop.notation.mentioned import Area, areas_in
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

SHEETS = (
    Sheet("Run", {(1, 1): Cell(None, "=data!B2+SUM(Data!C3:D9)"), (1, 2): Cell(None, "=A1")}),
    Sheet("Data", {(2, 2): Cell(1.0), (2, 3): Cell(2.0)}),
)
WORKBOOK = Workbook(SHEETS, {"eta": "Data!$F$1"})


@pytest.mark.parametrize(
    ("sheet", "cell", "is_taken"),
    [
        ("Data", (2, 2), True),
        ("Data", (2, 3), False),
        ("Data", (9, 4), True),
        ("DATA", (1, 6), True),
        ("Run", (1, 1), True),
        ("Run", (2, 2), False),
        ("nowhere", (1, 1), False),
    ],
)
def test_cells_are_taken_one_by_one_in_ranges_and_by_names(
    sheet: str, cell: tuple[int, int], is_taken: bool
) -> None:
    """Whatever the letters of the sheet's name are."""
    assert TakenCells(WORKBOOK).holds(sheet, cell) is is_taken


def test_each_formula_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often is asked."""
    read: list[str] = []

    def counted(formula: str, *others: object) -> Iterator[Area]:
        read.append(formula)
        return areas_in(formula, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(taken_cells, "areas_in", counted)
    taken = TakenCells(WORKBOOK)
    assert [taken.holds("Data", (row, 2)) for row in range(1, 9)].count(True) == 1
    assert len(read) == len(set(read)) == 3


@pytest.mark.slow
def test_odd_first_numbers_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the findings say of them, the ledger says, too."""
    asked: list[Judgement] = []
    found = first_cells._odd_firsts

    def counted(judgement: Judgement, known: TakenCells) -> list[first_cells.OddFirst]:
        asked.append(judgement)
        return found(judgement, known)

    monkeypatch.setattr(first_cells, "_odd_firsts", counted)
    table = Table("run", first_line=5, iterations=4)
    for row, weight in enumerate(WEIGHTS, 10):
        table = table.changed(weight, "=$B$14*1.001" if weight == "w5" else f"=$B${row}", [0])
    start = {f"A{row}": f"w{row - 9}" for row in range(10, 18)}
    numbers = {f"B{row}": number for row, number in enumerate(table.weights, 10)}
    report = check_workbook(book(table, further={"run": start | numbers}), "student.xlsx")

    assert report.verdict == "undecided"
    assert len(asked) == 1
