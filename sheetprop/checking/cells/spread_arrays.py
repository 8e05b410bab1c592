"""Array formulas over several cells, as a formula of its own in each: entries of their matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from sheetprop.checking.ledger.areas import mentioned
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

MOST = 64
"""So many cells an array of a lesson of cells may fill."""


def with_arrays_spread(workbook: Workbook) -> Workbook:
    """Return the workbook in which each cell of an array says which entry it shows."""
    spread = {sheet.name: dict(_entries(sheet)) for sheet in workbook.sheets}
    if not any(spread.values()):
        return workbook
    sheets = (
        replace(sheet, cells={**sheet.cells, **spread[sheet.name]}) for sheet in workbook.sheets
    )
    return replace(workbook, sheets=tuple(sheets))


def _entries(sheet: Sheet) -> Iterator[tuple[Address, Cell]]:
    for (row, column), cell in sheet.cells.items():
        if cell.array is None or cell.formula is None:
            continue
        inner = cell.formula.removeprefix("=")
        for area in mentioned(cell.array, sheet.name)[:1]:
            (down, right), whole = area.last, (area.last[0] - row + 1) * (area.last[1] - column + 1)
            for i, j in product(range(down - row + 1), range(right - column + 1)):
                if 1 < whole <= MOST:
                    at = row + i, column + j
                    value = sheet.cells.get(at, Cell()).value
                    yield at, Cell(value, f"=INDEX({inner},{i + 1},{j + 1})")
