"""The lines of connections in the picture: how wide and which colour, by formulas.

A chart's line cannot change its width, so that every connection is several lines, of which all but
one have no length. They begin at the same cell; none of them holds an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.lessons.parts.drawing import Connection, Drawing, Point
from sheetprop.lessons.parts.reach import along, is_among, reaching
from sheetprop.lessons.picture.picture import Picture, here
from sheetprop.lessons.picture.shown import GRADIENTS, NOTHING, Shown, put_fact
from sheetprop.lessons.start.chosen import Chosen, short_text
from sheetprop.lessons.start.data_columns import FIRST, HEAD, LINES
from sheetprop.maths.names import gradient_of
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import number, to_excel
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import Stroke
from sheetprop.workbooks.sheet import Cell
from sheetprop.workbooks.styles import ACCENT, LINE

VALUE, CLASS, PATH, NEW, NEW_TEXT, ENDS = range(LINES, LINES + 6)
_TRIPLE = 6  # columns: x and y of one end, the beginning, and the other end

NEGATIVE_COLOUR = "#D55E00"
WIDTHS = (0.75, 1.75, 3.25, 5.25)
_PARTS = ("0.1", "0.3", "0.6")
"""From these parts of the largest one on, a line is wider."""

HALO = Stroke("#FFC83D", "solid", 14.0, transparency=55)
"""Seen through, since programs do not agree which of two lines lies on top."""

_BARE = Stroke(LINE, "solid", 0.75)
MOST_SERIES = 255
"""That Excel draws in one chart."""


@dataclass(frozen=True)
class Lines:
    """How many widths there is room for, among so many other series of the picture."""

    connections: int
    others: int

    @property
    def widths(self) -> Sequence[float]:
        """Return the widths, the thinnest first."""
        of_each = (MOST_SERIES - self.others) // max(self.connections, 1) - 2
        count = max(1, min(len(WIDTHS), of_each // 2))
        return {1: (2.0,), 2: (1.25, 4.0), 3: (0.75, 2.0, 4.5)}.get(count, WIDTHS)

    @property
    def parts(self) -> Sequence[str]:
        """Return the parts of the largest one from which on the wider ones are drawn."""
        return _PARTS[len(_PARTS) - (len(self.widths) - 1) :]


def put_lines(
    picture: Picture,
    drawing: Drawing,
    chosen: Chosen,
    shown: Shown,
    path: str,
    lines: Lines,
    words: Words,
) -> None:
    """Write the ends of all lines, and draw them; `path` is the cell of the weight to follow."""
    connections, network = drawing.connections, drawing.network
    page = picture.page
    heads = ("data_value", "data_class", "data_path", "data_new", "data_shown")
    for column, key in zip(range(VALUE, ENDS), heads, strict=True):
        page.put((HEAD, column), words[key], "head")
    values = f"{fixed((FIRST, VALUE))}:{fixed((FIRST + len(connections) - 1, VALUE))}"
    largest = f"=IF(COUNT({values})=0,0,MAX(MAX({values}),-MIN({values})))"
    put_fact(page, "largest line", largest, words)
    reach = reaching(network)
    for row, connection in enumerate(connections, FIRST):
        weight = connection.weight
        _put_values(picture, network, chosen, shown, lines, row, weight)
        on_path = f"=IF({is_among(path, along(network, reach, weight))},1,0)"
        page.put((row, PATH), Cell(None, on_path), "formula")
        _put_ends(picture, row, connection, lines)
    _draw(picture, len(connections), lines)


def _put_values(
    picture: Picture,
    network: Network,
    chosen: Chosen,
    shown: Shown,
    lines: Lines,
    row: int,
    weight: str,
) -> None:
    """Write what a line shows, how wide that is, and what the weight becomes."""
    page = picture.page
    own, slope = (here(chosen.value[name]) for name in (weight, gradient_of(weight)))
    value = f"=IF({shown.lines}={GRADIENTS},{slope},{own})"
    page.put((row, VALUE), Cell(None, value), "formula")
    cell, size = address(row, VALUE), f"ABS({address(row, VALUE)})"
    wide = str(len(lines.widths))
    for place, part in reversed(list(enumerate(lines.parts, 1))):
        wide = f"IF({size}<{part}*{shown.largest_line},{place},{wide})"
    signed = f"IF({cell}<0,-1,1)*{wide}"
    is_there = f"AND({shown.lines}>{NOTHING},ISNUMBER({cell}))"
    page.put((row, CLASS), Cell(None, f"=IF({is_there},{signed},0)"), "formula")
    page.put((row, NEW), Cell(None, _after(network, chosen, weight)), "formula")
    page.put((row, NEW_TEXT), Cell(None, short_text(address(row, NEW))), "formula")


def _after(network: Network, chosen: Chosen, weight: str) -> str:
    """Return the formula of a weight after the step, from the quantities of this step."""
    tree = network.quantities[weight].tree
    assert tree is not None

    def cell(leaf: Expr) -> str:
        return here(chosen.value[leaf.name if isinstance(leaf, Name) else str(leaf)])

    return f'=IFERROR({to_excel(tree, cell)[1:]},"–")'


def _put_ends(picture: Picture, row: int, connection: Connection, lines: Lines) -> None:
    path, own = address(row, PATH), address(row, CLASS)
    conditions = (f"{own}=0", f"{path}=1")
    _put_triple(picture, row, 0, connection.first, connection.last, *conditions)
    for place in range(1, len(lines.widths) + 1):
        conditions = (f"{own}={place}", f"{own}=-{place}")
        _put_triple(picture, row, place, connection.first, connection.last, *conditions)


def _put_triple(
    picture: Picture, row: int, number_: int, first: Point, last: Point, one: str, other: str
) -> None:
    """Write the ends of two lines that begin at the same point, each long on its condition."""
    for axis in (0, 1):
        column = ENDS + _TRIPLE * number_ + 3 * axis
        start = address(row, column + 1)
        far = number(last[axis])
        for place, condition in ((0, one), (2, other)):
            text = f"=IF({condition},{far},{start})"
            picture.page.put((row, column + place), Cell(None, text), "formula")
        picture.page.put((row, column + 1), Cell(None, f"={number(first[axis])}"), "formula")


def _draw(picture: Picture, connections: int, lines: Lines) -> None:
    """Draw the path, what shows nothing, and the lines of all widths."""
    rows = range(FIRST, FIRST + connections)
    for row in rows:
        picture.draw_line(row, ENDS + 1, HALO)
    for row in rows:
        picture.draw_line(row, ENDS, _BARE)
    for place, width in enumerate(lines.widths, 1):
        column = ENDS + _TRIPLE * place
        for row in rows:
            picture.draw_line(row, column, Stroke(ACCENT, "solid", width))
            picture.draw_line(row, column + 1, Stroke(NEGATIVE_COLOUR, "dash", width))
