"""The picture of the network on Start: a chart that follows the chosen step and phase."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.lessons.parts.drawing import LINES as TWO_LINES
from sheetprop.lessons.parts.drawing import RADIUS, Connection, Drawing, Point
from sheetprop.lessons.picture.drawn_lines import HALO, NEGATIVE_COLOUR, NEW_TEXT, Lines, put_lines
from sheetprop.lessons.picture.drawn_neurons import SERIES, put_neurons
from sheetprop.lessons.picture.picture import Picture, here
from sheetprop.lessons.picture.shown import BLANK, Shown, put_shown
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.data_columns import FIRST, HEAD, LINES, TEXT, X, Y
from sheetprop.lessons.start.start_choice import NO_PATH, put_lists
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.names import gradient_of
from sheetprop.notation.address import address
from sheetprop.notation.excel_write import number
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Cell, Chart
from sheetprop.workbooks.styles import ACCENT, INK, PAPER

_LABEL = Stroke(INK, width=0, label="center", label_fill=PAPER)
_NOTE = Stroke(INK, width=0, label="right")
_POSITIVE = Stroke(ACCENT, "solid", 2.0)
_NEGATIVE = Stroke(NEGATIVE_COLOUR, "dash", 2.0)
_LEGEND: Point = (14.0, 16.0)
_ENTRIES, _LEGEND_STEP, _SAMPLE = 4, 220.0, 34.0


def put_diagram(
    page: Page, table: RateTable, start: Start, chosen: Chosen, words: Words
) -> tuple[tuple[Chart, ChartLook] | None, str]:
    """Write what the picture shows on the sheet Data; None for a network too large for one.

    The second is the formula of what is to be said of the labels.
    """
    drawing = Drawing(table.network, start.picture_width)
    put_lists(page, table, words)
    shown = put_shown(page, table, start.choice, words)
    if not drawing.is_possible:
        return None, f"={words.quoted('start_not_drawn')}"
    picture = Picture(page)
    for column, key in ((TEXT, "data_label"), (X, "data_x"), (Y, "data_y")):
        page.put((HEAD, column), words[key], "head")
    connections = drawing.connections
    others = len(connections) + 2 * len(drawing.neurons) + SERIES + 7
    path = start.choice.cell("path")
    put_lines(picture, drawing, chosen, shown, path, Lines(len(connections), others), words)
    _draw_labels(picture, drawing, chosen, shown)
    put_neurons(picture, drawing, chosen, shown, words)
    step = min(_LEGEND_STEP, drawing.width / _ENTRIES)
    _draw_legend(picture, shown, path, words, FIRST + len(connections), step)
    look = ChartLook(
        at=(start.title[0] + 1, start.title[1]),
        size=(drawing.width, drawing.height),
        x_title="",
        y_title="",
        description=words["diagram_description"],
        strokes=tuple(picture.strokes),
        in_pixels=True,
        in_legend=(),
    )
    return (Chart("scatter", tuple(picture.series)), look), _said_of_labels(drawing, shown, words)


def _said_of_labels(drawing: Drawing, shown: Shown, words: Words) -> str:
    """Return the formula that says what labels are of, and where they have no room for both."""
    usual = words.quoted("start_labels_means")
    if not any(connection.label for connection in drawing.connections):
        return f"={words.quoted('start_labels_none')}"
    if not all(connection.label for connection in drawing.connections):
        return f"={words.quoted('start_labels_some')}"
    if all(connection.room >= TWO_LINES for connection in drawing.connections):
        return f"={usual}"
    labels = f"{DATA}!{shown.labels}"
    return f"=IF({labels}=3,{words.quoted('start_labels_close')},{usual})"


def _draw_labels(picture: Picture, drawing: Drawing, chosen: Chosen, shown: Shown) -> None:
    for row, connection in enumerate(drawing.connections, FIRST):
        if connection.label:
            text = _of_connection(connection, chosen, shown, address(row, NEW_TEXT))
            picture.draw_point(connection.label, f"={text}", _LABEL)
    below = drawing.band - 2 * RADIUS
    for layer in drawing.network.layers:
        for neuron in layer:
            if neuron.bias:
                x, y = drawing.neurons[neuron.output]
                at = x, y - RADIUS - min(below, TWO_LINES) / 2
                texts = _modes(neuron.bias, chosen, shown, has_room=below >= TWO_LINES)
                picture.draw_point(at, f"={shown.by_phase(texts)}", _LABEL)


def _of_connection(connection: Connection, chosen: Chosen, shown: Shown, after: str) -> str:
    """Return what a connection's label tells in each phase."""
    weight, has_room = connection.weight, connection.room >= TWO_LINES
    texts = dict(_modes(weight, chosen, shown, has_room=has_room))
    arrow = "CHAR(10)" + '&"→ "' if has_room else '"→"'
    texts["update"] = f"{texts['forward']}&{arrow}&{after}"
    return shown.by_phase(texts)


def _modes(name: str, chosen: Chosen, shown: Shown, *, has_room: bool) -> Mapping[str, str]:
    """Return what a weight's or bias's label tells by the phase: value, gradient or both.

    Without room for two lines, both is the value alone.
    """
    value = f'"{name} "&{here(chosen.shown[name])}'
    gradient = gradient_of(name)
    if gradient not in chosen.shown:  # a bias that does not learn
        return {"all": value, "forward": value, "backward": value, "update": value}
    slope = here(chosen.shown[gradient])
    # Programs would break the line themselves, and after a minus.
    alone = f'"{name_text(gradient)}{"" if has_room else " "}"&{"CHAR(10)&" * has_room}{slope}'
    both = f'{value}&CHAR(10)&"∂ "&{slope}' if has_room else value
    chosen_one = f"CHOOSE({shown.labels},{value},{alone},{both})"
    return {"all": chosen_one, "forward": value, "backward": alone, "update": value}


def _draw_legend(
    picture: Picture, shown: Shown, path: str, words: Words, row: int, step: float
) -> None:
    """Draw a line of each kind with what it means, and say what is wide and dark, at the foot."""
    is_drawn, is_followed = f"{shown.lines}>0", f'{path}<>"{NO_PATH}"'
    followed = words.formula("diagram_path", weight=path).removeprefix("=")
    entries = (
        (_POSITIVE, is_drawn, _by_lines("positive", shown, words)),
        (_NEGATIVE, is_drawn, _by_lines("negative", shown, words)),
        (HALO, is_followed, f"IF({is_followed},{followed},{BLANK})"),
    )
    for place, (how, is_there, text) in enumerate(entries):
        at = (_LEGEND[0] + place * step, _LEGEND[1])
        _draw_sample(picture, row + place, at, how, is_there)
        picture.draw_point((at[0] + _SAMPLE + 2, at[1]), f"={text}", _NOTE)
    said = _LEGEND[0] + len(entries) * step, _LEGEND[1]
    picture.draw_point(said, f"={words.quoted('diagram_larger')}", _NOTE)


def _by_lines(sign: str, shown: Shown, words: Words) -> str:
    """Return the part of a formula that says what lines of a sign show."""
    texts = [words.quoted(f"diagram_{sign}_{what}") for what in ("weight", "gradient")]
    return f"CHOOSE({shown.lines}+1,{BLANK},{','.join(texts)})"


def _draw_sample(picture: Picture, row: int, at: Point, how: Stroke, is_there: str) -> None:
    """Draw a short line, where there is something that it explains."""
    (x, y), column = at, LINES + 5
    first, last = number(x), number(x + _SAMPLE)
    cells = (first, f"IF({is_there},{last},{first})"), (number(y), number(y))
    for axis, ends in enumerate(cells):
        for place, end in enumerate(ends):
            cell = Cell(None, f"={end}")
            picture.page.put((row, column + 3 * axis + place), cell, "formula")
    picture.draw_line(row, column, how)
