"""The picture of the network in the making: series of a chart, and the cells that they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheetprop.lessons.parts.drawing import Point
from sheetprop.lessons.start.data_columns import FIRST, TEXT, X, Y
from sheetprop.notation.address import column_range, fixed, on
from sheetprop.notation.excel_write import number
from sheetprop.workbooks.chart_look import Stroke
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Cell, Series


@dataclass
class Picture:
    """Series with their strokes, and the page whose cells they show.

    Every label is the name of a series, and that is a cell: labels from cells of their own are not
    read by all programs.
    """

    page: Page
    series: list[Series] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    row: int = FIRST  # the next free one for a point

    def draw_point(self, at: Point, text: str, how: Stroke) -> None:
        """Draw a point with a label that a formula gives."""
        cells = (TEXT, text), (X, f"={number(at[0])}"), (Y, f"={number(at[1])}")
        for column, formula in cells:
            self.page.put((self.row, column), Cell(None, formula), "formula")
        text_cell, x, y = (on(DATA, (self.row, column)) for column in (TEXT, X, Y))
        self.series.append(Series(y, x, text_cell, name_is_reference=True))
        self.strokes.append(how)
        self.row += 1

    def draw_line(self, row: int, first: int, how: Stroke) -> None:
        """Draw a line between two cells beside each other, the x first, the y three further on."""
        x, y = (_pair(row, column) for column in (first, first + 3))
        self.series.append(Series(y, x))
        self.strokes.append(how)

    def draw_points(self, xs: int, ys: int, rows: Sequence[int], how: Stroke) -> None:
        """Draw points without labels, from a column of x and one of y."""
        x, y = (column_range(DATA, column, rows[0], rows[-1]) for column in (xs, ys))
        self.series.append(Series(y, x))
        self.strokes.append(how)


def here(reference: str) -> str:
    """Return a reference to Data as it is written there."""
    return reference.rpartition("!")[2]


def _pair(row: int, column: int) -> str:
    return f"{on(DATA, (row, column))}:{fixed((row, column + 1))}"
