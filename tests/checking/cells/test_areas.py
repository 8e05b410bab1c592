"""Of what a formula mentions, only the cells that count are looked at."""

from __future__ import annotations

from sheetprop.checking.ledger.outside import Area
from sheetprop.workbooks.sheet import Cell, Sheet

SHEET = Sheet("S", {(row, 2): Cell(1.0) for row in range(1, 9)})


def test_a_range_over_the_whole_sheet() -> None:
    """Of seventeen thousand million cells those are taken that there are."""
    assert list(Area("S", (1, 1), (1_048_576, 16_384)).filled(SHEET)) == list(SHEET.cells)
    assert list(Area("S", (3, 1), (4, 16_384)).filled(SHEET)) == [(3, 2), (4, 2)]


def test_a_small_range() -> None:
    """Cells are taken column by column, empty or not."""
    assert list(Area("S", (1, 2), (2, 3)).filled(SHEET)) == [(1, 2), (2, 2), (1, 3), (2, 3)]
