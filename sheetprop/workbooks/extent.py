"""How far a sheet reaches: the cells it uses, and those its charts lie over."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.workbooks.long_tables import corner_cells
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Address, Cell

ROW, COLUMN = 20, 64
"""Pixels of a row and a column that nothing is said about."""


def last_cell(cells: Mapping[Address, Cell], look: Look) -> Address:
    """Return the last row and the last column of all cells, styles, charts and drawn lines."""
    corners = [last for _, last in look.merged]
    corners += [chart_end(look, chart.at, chart.size) for chart in look.charts]
    # A line around cells is drawn on their edge: half of it lies over the next column.
    around = (wire.first[1] for wire in look.wires if wire.last is None)
    corners += [(row, column + 1) for row, column in around]
    places = [*corner_cells(cells), *look.styles, *corners, (1, 1)]
    return max(row for row, _ in places), max(column for _, column in places)


def chart_end(look: Look, at: Address, size: tuple[int, int]) -> Address:
    """Return the last cell under a chart of a size in pixels."""
    heights = {row: round(points * 96 / 72) for row, points in look.heights.items()}
    widths = {column: column_pixels(width) for column, width in look.widths.items()}
    return _reached(at[0], size[1], heights, ROW), _reached(at[1], size[0], widths, COLUMN)


def column_pixels(characters: float) -> int:
    """Return the width of a column of so many characters."""
    return round(characters * 7) + 5


def edges(look: Look, first: Address, last: Address) -> tuple[int, int, int, int]:
    """Return the pixels from the sheet's corner to the left, top, right, bottom edge of cells."""
    tops = [round(look.heights.get(row, ROW * 0.75) * 96 / 72) for row in range(1, last[0] + 1)]
    widths = [
        column_pixels(look.widths[column]) if column in look.widths else COLUMN
        for column in range(1, last[1] + 1)
    ]
    left, top = sum(widths[: first[1] - 1]), sum(tops[: first[0] - 1])
    return left, top, sum(widths), sum(tops)


def _reached(first: int, pixels: int, known: Mapping[int, int], usual: int) -> int:
    """Return the row or column in which something that begins with the `first` one ends."""
    place = first
    while pixels > (own := known.get(place, usual)):
        pixels -= own
        place += 1
    return place
