"""The picture of the network on Start: a chart that follows the chosen step.

Every label is the name of a series, and that is a cell of the sheet Data: labels from cells of
their own are not read by all programs. A connection is two lines, one for a positive and one for a
negative weight, of which the wrong one has no length; so no cell holds an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.drawing import LINES, RADIUS, WIDTH, Connection, Drawing, Point
from sheetprop.lessons.start.start_choice import LABELS, LABELS_AT
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.names import gradient_of
from sheetprop.maths.network import Network
from sheetprop.notation.address import column_letters, fixed, on
from sheetprop.notation.excel_write import number
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series
from sheetprop.workbooks.styles import ACCENT, FILLS, INK, PAPER, QUIET, ChartLook, Stroke

_TEXT, _X, _Y = 5, 6, 7  # columns of points with a label
_LINES = 9  # the first column of the lines
_TO_POSITIVE, _FROM, _TO_NEGATIVE = 0, 1, 2  # places of the ends of a connection's two lines
_HEAD, _FIRST = 3, 4  # rows
_TWO_LINES = 28  # points
_MODE_AT: Address = (LABELS_AT[0] + len(LABELS), LABELS_AT[1])

POSITIVE = Stroke(ACCENT, "solid", 2.0)
NEGATIVE = Stroke("#D55E00", "dash", 2.0)
_SIZE = int(RADIUS * 2 * 72 / 96)  # points
_INPUT = Stroke(QUIET, width=0, marker="circle", size=_SIZE, fill=FILLS["given"], label="center")
_NEURON = Stroke(
    ACCENT, width=0, marker="circle", size=_SIZE, fill=FILLS["forward"], label="center"
)
_NOTE = Stroke(INK, width=0, label="right")
_LABEL = Stroke(INK, width=0, label="center", label_fill=PAPER)


@dataclass
class _Picture:
    """Series with their strokes, and the page whose cells they show."""

    page: Page
    series: list[Series] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    row: int = _FIRST  # the next free one for a point

    def draw_point(self, at: Point, text: str, how: Stroke) -> None:
        """Draw a point with a label that a formula gives."""
        cells = (_TEXT, text), (_X, f"={number(at[0])}"), (_Y, f"={number(at[1])}")
        for column, formula in cells:
            self.page.put((self.row, column), Cell(None, formula), "formula")
        text_cell, x, y = (on(DATA, (self.row, column)) for column in (_TEXT, _X, _Y))
        self.series.append(Series(y, x, text_cell, name_is_reference=True))
        self.strokes.append(how)
        self.row += 1

    def draw_line(self, row: int, first: int, how: Stroke) -> None:
        """Draw a line between two cells beside each other, the x first, the y three further on."""
        x, y = (_pair(row, column) for column in (first, first + 3))
        self.series.append(Series(y, x))
        self.strokes.append(how)


def put_diagram(
    page: Page, network: Network, start: Start, chosen: Chosen, words: Words
) -> tuple[Chart, ChartLook] | None:
    """Write what the picture shows on the sheet Data; None for a network too large for one."""
    drawing = Drawing(network)
    _put_modes(page, start, words)
    if not drawing.is_possible:
        return None
    picture = _Picture(page)
    page.put((_HEAD - 1, _TEXT), words["data_diagram"], "heading")
    for column, key in ((_TEXT, "data_label"), (_X, "data_x"), (_Y, "data_y")):
        page.put((_HEAD, column), words[key], "head")
    for place in range(6):
        key = "data_x" if place < 3 else "data_y"
        page.put((_HEAD, _LINES + place), words[key], "head")
    _draw_connections(picture, drawing.connections, chosen)
    _draw_labels(picture, drawing, chosen)
    _draw_neurons(picture, drawing, chosen)
    _draw_legend(picture, words, _FIRST + len(drawing.connections))
    look = ChartLook(
        at=(start.title[0] + 1, start.title[1]),
        size=(WIDTH, drawing.height),
        x_title="",
        y_title="",
        description=words["diagram_description"],
        strokes=tuple(picture.strokes),
        in_pixels=True,
        in_legend=(),
    )
    return Chart("scatter", tuple(picture.series)), look


def _put_modes(page: Page, start: Start, words: Words) -> None:
    """Write what labels may tell, and which of it is chosen (from 1)."""
    row, column = LABELS_AT
    page.put((row - 1, column), words["start_labels"], "head")
    for line, key in enumerate(LABELS, row):
        page.put((line, column), words[key], "formula")
    offered = f"{fixed(LABELS_AT)}:{fixed((row + len(LABELS) - 1, column))}"
    mode = Cell(None, f"=IFERROR(MATCH({start.choice.cell('labels')},{offered},0),1)")
    page.put(_MODE_AT, mode, "formula")


def _here(reference: str) -> str:
    """Return a reference to Data as it is written there."""
    return reference.rpartition("!")[2]


def _draw_connections(picture: _Picture, connections: Sequence[Connection], chosen: Chosen) -> None:
    for row, connection in enumerate(connections, _FIRST):
        weight = _here(chosen.value[connection.weight])
        for axis in (0, 1):
            column = _LINES + 3 * axis
            own = f"{column_letters(column + _FROM)}{row}"
            far = number(connection.last[axis])
            for place, formula in (
                (_TO_POSITIVE, f"=IF({weight}<0,{own},{far})"),
                (_FROM, f"={number(connection.first[axis])}"),
                (_TO_NEGATIVE, f"=IF({weight}<0,{far},{own})"),
            ):
                picture.page.put((row, column + place), Cell(None, formula), "formula")
        picture.draw_line(row, _LINES, POSITIVE)
        picture.draw_line(row, _LINES + 1, NEGATIVE)


def _draw_labels(picture: _Picture, drawing: Drawing, chosen: Chosen) -> None:
    for connection in drawing.connections:
        if connection.label:
            text = _parameter(connection.weight, chosen, has_room=connection.room >= LINES)
            picture.draw_point(connection.label, text, _LABEL)
    below = drawing.band - 2 * RADIUS
    for layer in drawing.network.layers:
        for neuron in layer:
            if neuron.bias:
                x, y = drawing.neurons[neuron.output]
                at = x, y - RADIUS - min(below, LINES) / 2
                text = _parameter(neuron.bias, chosen, has_room=below >= LINES)
                picture.draw_point(at, text, _LABEL)


def _parameter(name: str, chosen: Chosen, *, has_room: bool) -> str:
    """Return the formula of a weight's or bias's label: value, gradient or both, as chosen.

    Without room for two lines, both is the value alone.
    """
    value = f'"{name} "&{_here(chosen.shown[name])}'
    gradient = gradient_of(name)
    if gradient not in chosen.shown:  # a bias that does not learn
        return f"={value}"
    slope = _here(chosen.shown[gradient])
    both = f'{value}&CHAR(10)&"∂ "&{slope}' if has_room else value
    return f'=CHOOSE({fixed(_MODE_AT)},{value},"{name_text(gradient)} "&{slope},{both})'


def _draw_neurons(picture: _Picture, drawing: Drawing, chosen: Chosen) -> None:
    network = drawing.network
    for name, at in drawing.neurons.items():
        picture.page.heights[picture.row] = _TWO_LINES
        text = f'="{name_text(name)}"&CHAR(10)&{_here(chosen.shown[name])}'
        picture.draw_point(at, text, _INPUT if name in network.inputs else _NEURON)
    own = network.passes[0]
    for neuron, target, error in zip(own.layers[-1], own.targets, own.errors, strict=True):
        x, y = drawing.neurons[neuron.output]
        picture.page.heights[picture.row] = _TWO_LINES
        picture.draw_point((x + RADIUS + 4, y), _outcome(target, error, chosen), _NOTE)


def _outcome(target: str, error: str, chosen: Chosen) -> str:
    """Return the formula that tells an output's target and error."""
    texts = (f'"{name_text(name)} "&{_here(chosen.shown[name])}' for name in (target, error))
    return "=" + "&CHAR(10)&".join(texts)


def _draw_legend(picture: _Picture, words: Words, row: int) -> None:
    """Draw a line of each kind with what it means, in the lower left corner."""
    x, y = 14.0, 12.0
    for key, how in (("diagram_positive", POSITIVE), ("diagram_negative", NEGATIVE)):
        ends = (x, x + 34), (y, y)
        for axis in (0, 1):
            for place in (0, 1):
                at = (row, _LINES + 3 * axis + place)
                formula = f"={number(ends[axis][place])}"
                picture.page.put(at, Cell(None, formula), "formula")
        picture.draw_line(row, _LINES, how)
        text = words[key].replace('"', '""')
        picture.draw_point((x + 36, y), f'="{text}"', _NOTE)
        x, row = x + 190, row + 1


def _pair(row: int, column: int) -> str:
    return f"{on(DATA, (row, column))}:{fixed((row, column + 1))}"
