"""Formulas compared at random points, where some cells take one of a few values."""

from __future__ import annotations

import pytest

from sheetprop.checking.layouts.random_points import Doubt, Known, verdicts
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook

COUNT = 31


@pytest.mark.slow
def test_a_slip_that_shows_for_one_choice_alone_is_seen() -> None:
    """The last of 31 stored numbers is left out of a range: each of them is chosen in turn."""
    cells = {(1, column): Cell(float(column)) for column in range(1, COUNT + 1)}
    right, own = "=INDEX(A1:AE1,1,$A$2)", "=INDEX(A1:AD1,1,$A$2)"
    book = Workbook((Sheet("S", {**cells, (2, 1): Cell(1.0), (3, 1): Cell(None, own)}),))
    every: list[Value] = [*[1.0] * COUNT, *(float(k) for k in range(1, COUNT + 1))]
    known = Known({}, {("S", (2, 1)): every})
    place = "S", (3, 1)

    assert verdicts(book, [Doubt(place, right, right)], known) == [True]
    assert verdicts(book, [Doubt(place, own, right)], known) == [False]


@pytest.mark.parametrize(
    ("own", "is_right"),
    [
        ('=IF(NOT(ISNUMBER(A1)),"–",B1-A1)', True),
        ('=IF(ISBLANK(A1),"–",B1-A1)', True),
        ('=IF(ISNUMBER(B1),B1-A1,"–")', False),
        ('=IF(ISNUMBER(C9),B1-A1,"–")', False),
        ("=B1-A1", False),
    ],
)
def test_a_formula_that_asks_for_a_number_is_tried_without_one(own: str, is_right: bool) -> None:
    """Where the cell is filled, whichever is asked for looks the same."""
    cells = {(1, 1): Cell(1.0), (1, 2): Cell(3.0), (2, 1): Cell(None, own)}
    doubt = Doubt(("S", (2, 1)), own, '=IF(ISNUMBER(A1),B1-A1,"–")')

    assert verdicts(Workbook((Sheet("S", cells),)), [doubt], Known({}, {})) == [is_right]
