"""Cells gathered into rectangles, as the calculation engine takes and gives them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeVar

from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import COLUMNS, ROWS, column_number
from sheetprop.workbooks.sheet import Address, Sheet

T = TypeVar("T")
MOST_ROWS = 4096
"""Rows of a block."""

LAST = pattern(r":\$?([A-Z]{1,3})\$?(\d{1,7})$")
"""The last cell of a range."""


def runs(cells: Mapping[Address, T]) -> Iterator[tuple[int, int, list[T]]]:
    """Cells side by side, as (row, first column, what they hold): the engine takes them at once."""
    for row, group in groupby(sorted(cells), itemgetter(0)):
        addresses = list(group)
        columns = [column for _, column in addresses]
        if columns[-1] - columns[0] == len(columns) - 1:  # the row has no gap, as most have none
            yield row, columns[0], [cells[at] for at in addresses]
            continue
        ends = [k for k, (a, b) in enumerate(pairwise(columns), 1) if b != a + 1]
        for start, end in pairwise([0, *ends, len(columns)]):
            yield row, columns[start], [cells[at] for at in addresses[start:end]]


def blocks(cells: Mapping[Address, T]) -> Iterator[tuple[int, int, list[list[T]]]]:
    """Rectangles of cells, as (first row, first column, what they hold row by row).

    The engine takes a whole one at once; given row by row, values take it quadratic time, and so
    do hundreds of thousands of them at once.
    """
    growing: dict[tuple[int, int], tuple[int, list[list[T]]]] = {}
    for row, column, run in runs(cells):
        first, lines = growing.get((column, len(run)), (row, []))
        if first + len(lines) != row or len(lines) == MOST_ROWS:
            yield first, column, lines
            first, lines = row, []
        lines.append(run)
        growing[column, len(run)] = first, lines
    for (column, _), (first, lines) in growing.items():
        yield first, column, lines


def filled_by_arrays(sheet: Sheet) -> set[Address]:
    """Return the cells that array formulas fill, but for the first of each."""
    filled: set[Address] = set()
    arrays = [(address, cell.array) for address, cell in sheet.cells.items() if cell.array]
    for address, array in arrays:
        last = LAST.search(array)
        if last:
            rows = range(address[0], min(int(last[2]), ROWS) + 1)
            columns = range(address[1], min(column_number(last[1]), COLUMNS) + 1)
            filled.update(filled_cells(sheet, rows, columns))
            filled.discard(address)
    return filled


def filled_cells(sheet: Sheet, rows: range, columns: range) -> Iterator[Address]:
    """Yield the cells of a rectangle that hold something, looking at as few as possible."""
    if len(rows) * len(columns) > len(sheet.cells):
        yield from (a for a in sheet.cells if a[0] in rows and a[1] in columns)
    else:
        yield from (a for row in rows for column in columns if (a := (row, column)) in sheet.cells)
