"""The charts of a rate sheet, above its table: E_total, the weights, and how steep E_total is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle

from sheetprop.lessons.parts.spans import spans
from sheetprop.lessons.runs.rate_table import (
    CAPTIONS,
    CHART_ROWS,
    CHARTS,
    HEAD,
    SIDE,
    RateRun,
    RateTable,
)
from sheetprop.maths.names import gradient_of
from sheetprop.notation.address import on
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import (
    COLOURS,
    DISTINCT,
    LEGEND_BELOW,
    ChartLook,
    Stroke,
    axis_end,
)
from sheetprop.workbooks.extent import ROW
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Chart, Series

CHART_WIDTH, _LEAST_WIDTH = 285, 205  # pixels, where there is room and where there is little
_SEEN = 1248
"""Pixels in which all charts are seen at once on a screen 1600 pixels wide."""

_GAP = 8
_LEGEND_LINES, _LEGEND_WIDTH = 12, 80  # of a column of names: how many, and its pixels
_NESTED = (("dash", 5.0), ("long_dash", 3.5), ("square_dot", 2.25), ("solid", 1.25))


def put_charts(
    page: Page, table: RateTable, run: RateRun, widths: Mapping[int, float], words: Words
) -> list[tuple[Chart, ChartLook]]:
    """Write the charts' titles, and return the charts side by side.

    Points are stored for none: spreadsheet programs draw them from their cells, and the curves of
    E_total are stored on Compare.
    """
    shown = list(_shown(table, words))
    places, has_legends = _places(widths, [len(names) for *_, names in shown])
    found = []
    for (key, title, names), (column, pixels) in zip(shown, places, strict=True):
        page.put((CAPTIONS, column), title, "chart title")
        look = ChartLook(
            at=(CHARTS, column),
            size=(pixels - _GAP, CHART_ROWS * ROW),
            x_title=words[_x_title(len(names), has_legend=has_legends)],
            y_title=words[f"axis_{key}"],
            description=words(f"rate_{key}_description", names=", ".join(map(name_text, names))),
            values=(),
            last=axis_end(table.iterations),
            strokes=nested(len(names)) if key == "gradients" else (),
            in_legend=None if has_legends or len(names) <= LEGEND_BELOW else (),
        )
        found.append((Chart("scatter", _series(table, run, names)), look))
    return found


def _places(
    widths: Mapping[int, float], lines: Sequence[int]
) -> tuple[list[tuple[int, int]], bool]:
    """Return first column and pixels of each chart, and whether long legends stand beside plots.

    All charts are to be seen at once. Where that leaves too little to the plots, there are no such
    legends: of so many lines they repeat colours, and the table has every number.
    """
    for has_legends in (True, False):
        for plot in range(CHART_WIDTH, _LEAST_WIDTH - 1, -5):
            needed = [_width(of, plot, has_legend=has_legends) for of in lines]
            places = spans(widths, SIDE, needed)
            if sum(pixels for _, pixels in places) <= _SEEN:
                return places, has_legends
    return places, False


def _x_title(lines: int, *, has_legend: bool) -> str:
    """Return the key of a title: beside a long legend there is room for one word only."""
    return "rate_iteration" if has_legend and lines > LEGEND_BELOW else "axis_iteration"


def _width(lines: int, plot: int, *, has_legend: bool) -> int:
    """Return the pixels a chart needs: a legend below takes the usual width, one beside more."""
    if lines <= LEGEND_BELOW:
        return plot if lines == 1 else CHART_WIDTH
    return plot + has_legend * -(-lines // _LEGEND_LINES) * _LEGEND_WIDTH


def _shown(table: RateTable, words: Words) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield what each chart is about, its title and the quantities it shows.

    Gradients into the output layer and those behind it have a chart each: they are of different
    size.
    """
    network = table.network
    parameters = network.parameters
    yield "loss", words["rate_loss_title"], ["E_total"]
    yield "weights", _counted("rate_weights_title", parameters, words), parameters[:DISTINCT]
    last = {name for neuron in network.layers[-1] for name in (*neuron.weights, neuron.bias)}
    groups = (
        ("rate_output_gradients_title", [name for name in parameters if name in last]),
        ("rate_hidden_gradients_title", [name for name in parameters if name not in last]),
    )
    for key, names in groups:
        if names:
            gradients = [gradient_of(name) for name in names[:DISTINCT]]
            yield "gradients", _counted(key, names, words), gradients


def _counted(key: str, names: Sequence[str], words: Words) -> str:
    """Return a title, which says so where not all lines are shown."""
    if len(names) <= DISTINCT:
        return words[key]
    note = words("rate_first_weights", shown=DISTINCT, all=len(names))
    return f"{words[key]} ({note})"


def nested(lines: int) -> tuple[Stroke, ...]:
    """Return strokes of lines that may lie on one another: wide ones with gaps, and thin ones.

    Programs do not agree which of two lines is drawn last; whichever it is, both are seen.
    """
    if lines > len(COLOURS):
        return ()
    how = cycle(_NESTED)
    return tuple(Stroke(COLOURS[number], *next(how)) for number in range(lines))


def _series(table: RateTable, run: RateRun, names: Sequence[str]) -> tuple[Series, ...]:
    return tuple(
        Series(
            values=table.range_on(run.sheet, name),
            categories=table.range_on(run.sheet, None),
            name=on(run.sheet, (HEAD, table.column[name])),
            name_is_reference=True,
        )
        for name in names
    )
