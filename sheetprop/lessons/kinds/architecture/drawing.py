"""The drawing of the receptive fields in the image, and the chart of parameters."""

from __future__ import annotations

from sheetprop.lessons.kinds.architecture.columns import COLUMNS, IMAGE, LAYER, NUMBER, last_row
from sheetprop.lessons.kinds.architecture.layers import NORM, Architecture
from sheetprop.lessons.kinds.frame import PICTURE_HEIGHT
from sheetprop.notation.address import column_range, fixed, on
from sheetprop.rows.architecture import FIELD, PARAMETERS, SIZE
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke, stroke
from sheetprop.workbooks.page import DATA, LAYERS, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series

FIRST, NAME, POINTS = 4, 1, 2  # row and columns on the sheet Data
_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
_SIZE, _BARS = (620, PICTURE_HEIGHT), (540, PICTURE_HEIGHT)
_PLOT = PICTURE_HEIGHT - 70  # what axis and title leave


def put_charts(
    data: Page, found: Architecture, at: Address, beside: Address, words: Words
) -> list[tuple[Chart, ChartLook]]:
    """Write the corners of the squares on Data and return both charts.

    A normalisation has no square: it sees what the layer before it sees.
    """
    data.put((1, 1), words["architecture_data"], "title")
    rows = [k for k, one in enumerate(found.layers, IMAGE + 1) if one.layer != NORM]
    series = tuple(_square(data, row, row == IMAGE, words) for row in (IMAGE, *rows))
    strokes = (Stroke("#000000", "solid", 3.0), *(_stroke(k) for k in range(len(rows))))
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title=words["architecture_pixels"],
        y_title=words["architecture_pixels"],
        description=words["architecture_drawing_description"],
        strokes=strokes,
        wide=True,
        square=_PLOT,
    )
    return [(Chart("scatter", series), look), _bars(found, beside, words)]


def _stroke(number: int) -> Stroke:
    return Stroke(*stroke(number), 1.75)


def _square(data: Page, row: int, is_image: bool, words: Words) -> Series:
    """Write a square around the middle of the image, as wide as a row's receptive field."""
    place = FIRST + 2 * (row - IMAGE)
    width = on(LAYERS, (row, COLUMNS[SIZE if is_image else FIELD]))
    number, layer = (on(LAYERS, (row, column)) for column in (NUMBER, LAYER))
    facts = {"number": number, "layer": layer, "pixels": width}
    name = words.formula("architecture_square", **facts)
    data.put((place, NAME), Cell(None, f"={layer}" if is_image else name), "text")
    for line in range(2):
        for column, corner in enumerate(_CORNERS, POINTS):
            sign = "-" if corner[line] < 0 else ""
            data.put((place + line, column), Cell(None, f"={sign}N({width})/2"), "formula")
    x, y = (
        f"{on(DATA, (place + line, POINTS))}:{fixed((place + line, POINTS + 4))}"
        for line in range(2)
    )
    return Series(y, x, on(DATA, (place, NAME)), name_is_reference=True)


def _bars(found: Architecture, at: Address, words: Words) -> tuple[Chart, ChartLook]:
    """Return the chart of the parameters of each layer."""
    first, last = IMAGE + 1, last_row(found)
    values = column_range(LAYERS, COLUMNS[PARAMETERS], first, last)
    names = column_range(LAYERS, NUMBER, first, last)
    chart = Chart("bar", (Series(values, names, words["architecture_parameters"]),))
    look = ChartLook(
        at=at,
        size=_BARS,
        x_title=words["architecture_layer"],
        y_title=words["architecture_parameters"],
        description=words["architecture_bars_description"],
    )
    return chart, look
