"""First weights that a list gives, one of them not as the others."""

from __future__ import annotations

import pytest
from making import book
from worksheets import WEIGHTS, Table

from sheetprop.checking.check import check_workbook


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        ("=$B$14*1.001", "undecided"),
        ("=-$B$14", "undecided"),
        ("=$B$14%", "undecided"),
        ("=$B$13+$B$14", "undecided"),
        ("=$B$13*2", "undecided"),
        ("=$B$13", "undecided"),
        (0.41, "undecided"),
        ("=0.41", "undecided"),
        (0.4, "correct"),
        ("=$B$14*1", "correct"),
        ("=$B$14", "correct"),
    ],
)
def test_a_first_weight_is_not_made_of_its_cell_as_the_others_are(
    content: str | float, verdict: str
) -> None:
    """Nobody knows what it should be; that it differs is said in its cell, and left open."""
    start = {f"A{row}": f"w{row - 9}" for row in range(10, 18)}
    table = Table("run", first_line=5, iterations=4)
    for row, weight in enumerate(WEIGHTS, 10):
        table = table.changed(weight, content if weight == "w5" else f"=$B${row}", [0])
    numbers = {f"B{row}": number for row, number in enumerate(table.weights, 10)}
    report = check_workbook(book(table, further={"run": start | numbers}), "student.xlsx")
    remarks = {p.range for f in report.findings if f.mistake == "different-start" for p in f.places}

    assert report.verdict == verdict
    assert remarks == (set() if content in ("=$B$14*1", "=$B$14") else {table.address("w5", 0)})
