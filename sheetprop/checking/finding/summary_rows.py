"""Rows below or between iterations that sum them up: the mean, the least, the total of a column."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sheetprop.notation.relative import references
from sheetprop.workbooks.filled_cells import FilledCells
from sheetprop.workbooks.sheet import Address, Sheet

LAST = 3
"""So many rows at the end may sum up what is above, without a gap before them."""

LEAST = 2
"""So many columns summed up make such a row; a single one may be an odd formula."""


def without_summaries(sheet: Sheet, places: Sequence[int], lines: Collection[int]) -> list[int]:
    """Return the rows of iterations without those that sum up others."""
    odd = _rows_with_ranges(sheet)
    return [
        place
        for index, place in enumerate(places)
        if not (_may_be_one(places, index, odd) and _sums_up(sheet, place, lines))
    ]


def _rows_with_ranges(sheet: Sheet) -> set[int]:
    """Return the rows of formulas that take a range, and are not those of the rows around them."""
    cells = sheet.cells
    loose = cells.loose if isinstance(cells, FilledCells) else cells
    return {row for (row, _), cell in loose.items() if cell.formula and ":" in cell.formula}


def _may_be_one(places: Sequence[int], index: int, odd: Collection[int]) -> bool:
    """Whether a row is odd, near the end, or beside a gap: looking at all of them takes long."""
    is_last = index >= len(places) - LAST
    is_odd = places[index] in odd
    return index > 0 and (is_last or is_odd or places[index + 1] - places[index - 1] > 2)


def _sums_up(sheet: Sheet, place: int, lines: Collection[int]) -> bool:
    """Whether most formulas of a row take a range of their own column."""
    formulas = [
        ((place, line), cell.formula)
        for line in lines
        if (cell := sheet.cells.get((place, line))) is not None and cell.formula
    ]
    summing = sum(_takes_own_column(at, formula) for at, formula in formulas)
    return summing >= LEAST and 2 * summing > len(formulas)


def _takes_own_column(at: Address, formula: str) -> bool:
    if ":" not in formula:
        return False
    taken = references(formula)
    return bool(taken) and all(column == at[1] and row != at[0] for row, column in taken)
