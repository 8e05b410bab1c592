"""The pictures: the shares as bars, and how each of them changes with the temperature."""

from __future__ import annotations

from sheetprop.lessons.kinds.frame import PICTURE_HEIGHT
from sheetprop.lessons.kinds.temperature.places import (
    COLUMNS,
    NUMBER,
    TARGET,
    TEMPERATURE,
    VALUE,
    Places,
)
from sheetprop.lessons.kinds.temperature.quantities import SHARE
from sheetprop.notation.address import address, column_range, on
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke, stroke
from sheetprop.workbooks.page import DATA, SOFTMAX, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series

_SIZE = (600, PICTURE_HEIGHT)

_FIRST, _POINTS = 4, 41  # row on Data, temperatures from 0.1 to 10
_LOG, _AT = 1, 2  # columns


def put_charts(
    data: Page, places: Places, at: Address, beside: Address, words: Words
) -> list[tuple[Chart, ChartLook]]:
    """Write the curves on Data; return the bars and the curves."""
    return [_bars(places, at, words), _curves(data, places, beside, words)]


def _bars(places: Places, at: Address, words: Words) -> tuple[Chart, ChartLook]:
    first, last = places.row(1), places.row(places.count)
    names = column_range(SOFTMAX, NUMBER, first, last)
    shares, targets = (
        column_range(SOFTMAX, column, first, last) for column in (COLUMNS[SHARE], TARGET)
    )
    series = (
        Series(shares, names, words["temperature_shares"]),
        Series(targets, names, words["temperature_targets"]),
    )
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title=words["temperature_number"],
        y_title=words["temperature_share"],
        description=words["temperature_bars_description"],
        wide=True,
    )
    return Chart("bar", series), look


def _curves(data: Page, places: Places, at: Address, words: Words) -> tuple[Chart, ChartLook]:
    """Write each value's share at many temperatures, and draw them with the chosen one."""
    data.put((1, 1), words["temperature_data"], "title")
    data.put((_FIRST - 1, _LOG), "lg T", "head")
    data.put((_FIRST - 1, _AT), "T", "head")
    for line in range(_POINTS):
        _put_line(data, places, _FIRST + line, line)
    last = _FIRST + _POINTS - 1
    logs = column_range(DATA, _LOG, _FIRST, last)
    series, strokes = [], []
    for k in range(1, places.count + 1):
        data.put((_FIRST - 1, _AT + k), f"a{k}", "head")
        series.append(Series(column_range(DATA, _AT + k, _FIRST, last), logs, f"a{k}"))
        strokes.append(Stroke(*stroke(k - 1)))
    column = _AT + places.count + 2
    for line, height in enumerate((0, 1)):
        chosen = f"=LOG10({on(SOFTMAX, TEMPERATURE)})"
        data.put((_FIRST + line, column), Cell(None, chosen), "number")
        data.put((_FIRST + line, column + 1), Cell(height), "number")
    xs, ys = (column_range(DATA, column + k, _FIRST, _FIRST + 1) for k in (0, 1))
    series.append(Series(ys, xs, words["temperature_chosen"]))
    strokes.append(Stroke("#000000", "dash", 1.25))
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title=words["temperature_axis"],
        y_title=words["temperature_share"],
        description=words["temperature_curves_description"],
        strokes=tuple(strokes),
        wide=True,
    )
    return Chart("scatter", tuple(series)), look


def _put_line(data: Page, places: Places, row: int, line: int) -> None:
    """Write the shares at one temperature, by the stable form."""
    data.put((row, _LOG), Cell(round(line / 20 - 1, 2)), "number")
    data.put((row, _AT), Cell(None, f"=10^{address(row, _LOG)}"), "number")
    numbers = range(1, places.count + 1)
    cells = [on(SOFTMAX, (places.row(k), VALUE)) for k in numbers]
    for k, own in zip(numbers, cells, strict=True):
        powers = "+".join(f"EXP(({cell}-{own})/$B{row})" for cell in cells)
        # What is too large is an error, and its share 0.
        data.put((row, _AT + k), Cell(None, f"=IFERROR(1/({powers}),0)"), "number")
