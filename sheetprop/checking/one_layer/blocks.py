"""Iterations that are blocks of rows, a row for each sample: where they begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sheetprop.notation.relative import references_within
from sheetprop.tables.blocks import Stacked
from sheetprop.tables.table import DOWN
from sheetprop.workbooks.sheet import EMPTY, Address, Cell, Sheet
from sheetprop.workbooks.sweeps import last_row

MOST_ROWS = 40
"""Rows of a block; more belong to a list."""

MOST_FORMULAS = 50_000
"""Of more, nobody lays out blocks by hand."""

LEAST_BLOCKS = 2


def blocks_in(sheet: Sheet) -> Stacked | None:
    """Return the table whose iterations are blocks of rows, each line a cell of the first block.

    None where no columns take themselves from as many rows above, always as many apart.
    """
    found = _starts_and_heights(sheet)
    if not found:
        return None
    (start, height), _ = Counter(found).most_common(1)[0]
    end = last_row(sheet.cells)
    count = -(-(end - start + 1) // height)
    cells = tuple(sorted(_of_first(sheet.cells, start, height)))
    if count < LEAST_BLOCKS or height < LEAST_BLOCKS or not cells:
        return None
    lines = {f"c{line}": line for line in range(len(cells))}
    places = tuple(range(count))
    return Stacked(
        sheet.name, DOWN, 0, places, lines, {}, cells=cells, headers=cells, apart=(height, 0)
    )


def _starts_and_heights(sheet: Sheet) -> list[tuple[int, int]]:
    """Return the first row and the height of the blocks, as each updated column shows them."""
    columns: dict[int, list[int]] = {}
    if sum(cell.formula is not None for cell in sheet.cells.values()) > MOST_FORMULAS:
        return []
    for (row, column), cell in sheet.cells.items():
        if cell.formula is not None and _is_update(sheet, (row, column), cell.formula):
            columns.setdefault(column, []).append(row)
    return list(_told(sheet, columns))


def _is_update(sheet: Sheet, at: Address, formula: str) -> bool:
    """Whether a formula takes its own column from above, and something else besides."""
    taken = set(references_within(formula, sheet.name))
    rows = [row for row, column in taken if column == at[1]]
    return len(rows) == 1 and rows[0] < at[0] and len(taken) > 1


def _told(sheet: Sheet, columns: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int]]:
    for column, rows in columns.items():
        ordered = sorted(rows)
        first = _first_number(sheet, column, ordered[0])
        if first is None:
            continue
        gaps = Counter(b - a for a, b in pairwise(ordered)) or Counter([ordered[0] - first])
        height, times = gaps.most_common(1)[0]
        if 1 < height <= MOST_ROWS and 2 * times > len(ordered) - 1:
            yield first, height


def _first_number(sheet: Sheet, column: int, below: int) -> int | None:
    """Return the row of the number that a column's weights begin with, the nearest above."""
    rows = range(below - 1, max(0, below - MOST_ROWS - 1), -1)
    return next(
        (row for row in rows if sheet.cells.get((row, column), EMPTY).is_typed_number), None
    )


def _of_first(cells: Mapping[Address, Cell], start: int, height: int) -> Iterator[Address]:
    """Yield the cells of the first block, those that only later blocks have too."""
    for row, column in cells:
        if start <= row < start + 2 * height:
            offset = (row - start) % height
            if (start + offset, column) == (row, column) or (start + offset, column) not in cells:
                yield start + offset, column
