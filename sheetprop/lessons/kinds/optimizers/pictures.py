"""The pictures: how the loss falls, and the paths of all optimizers over the valley of the loss."""

from __future__ import annotations

from sheetprop.lessons.kinds.frame import PICTURE_HEIGHT
from sheetprop.lessons.kinds.optimizers.places import (
    LAST_B,
    LAST_LOSS,
    LAST_W,
    POINT_X,
    START,
    STEP,
    Places,
    setting,
)
from sheetprop.notation.address import column_range, fixed, on
from sheetprop.rows.optimizer_trees import LOSS, OPTIMIZERS
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import COLOURS, DASHES, ChartLook, Stroke
from sheetprop.workbooks.extent import ROW
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.page import OPTIMIZERS as MAIN
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series

_SIZE = (650, PICTURE_HEIGHT + 2 * ROW)

_LEVELS = (0.4, 0.15, 0.05, 0.01)
"""The drawn lines of equal loss: how much above the best, as parts of where the start is."""

_CORNERS, _FIRST = 48, 8  # points of a closed line; its first row on the sheet Data
_FACTS = {"xx": 3, "x": 4, "height": 5}  # rows on the sheet Data
_FACT = 3  # column


def put_charts(
    data: Page, places: Places, at: Address, beside: Address, words: Words
) -> list[tuple[Chart, ChartLook]]:
    """Write the lines of equal loss on Data; return the chart of the losses and that of paths."""
    data.put((1, 1), words["optimizers_data_about"], "title")
    _put_facts(data, places, words)
    contours = [_contour(data, *one, places) for one in enumerate(_LEVELS)]
    return [losses_chart(places, at, words), _paths(places, contours, beside, words)]


def _put_facts(data: Page, places: Places, words: Words) -> None:
    """Write what the shape of the valley follows from."""
    xs = f"{MAIN}!{places.points_of(POINT_X)}"
    start_loss = on(OPTIMIZERS[places.optimizers[0]], (START, _column(places, 0, LOSS)))
    best = on(MAIN, (places.best, LAST_LOSS))
    formulas = {
        "xx": f"=SUMSQ({xs})/COUNT({xs})",
        "x": f"=AVERAGE({xs})",
        "height": f"=IF(ISNUMBER({start_loss}),MAX({start_loss}-{best},0),0)",
    }
    for name, row in _FACTS.items():
        data.put((row, 1), words[f"optimizers_fact_{name}"], "legend")
        data.put((row, _FACT), Cell(None, formulas[name]), "number")


def _column(places: Places, number: int, name: str) -> int:
    return places.column(places.optimizers[number], name)


def _contour(data: Page, number: int, level: float, places: Places) -> Series:
    """Write a closed line of equal loss around the w and b of the line that fits best."""
    w, b = 2 + 2 * number, 3 + 2 * number
    xx, x, height = (fixed((row, _FACT)) for row in _FACTS.values())
    best_w, best_b = (on(MAIN, (places.best, column)) for column in (LAST_W, LAST_B))
    radius = f"SQRT(2*{level}*{height})"
    for row in range(_FIRST, _FIRST + _CORNERS + 1):
        data.put((row, 1), Cell(None, f"={row - _FIRST}*PI()/{_CORNERS // 2}"), "number")
        up = f"{radius}*SIN($A{row})/SQRT(1-{x}^2/{xx})"
        across = f"{radius}*COS($A{row})/SQRT({xx})-{x}/{xx}*{up}"
        data.put((row, w), Cell(None, f"={best_w}+{across}"), "number")
        data.put((row, b), Cell(None, f"={best_b}+{up}"), "number")
    x_values, y_values = (
        column_range(DATA, column, _FIRST, _FIRST + _CORNERS) for column in (w, b)
    )
    return Series(y_values, x_values, f"{level:g}")


def _strokes(places: Places) -> list[Stroke]:
    """Return how each optimizer's line is drawn, in both charts alike."""
    return [
        Stroke(COLOURS[k % len(COLOURS)], DASHES[k % len(DASHES)], 2.0)
        for k in range(len(places.optimizers))
    ]


def losses_chart(places: Places, at: Address, words: Words) -> tuple[Chart, ChartLook]:
    """Return the chart of the losses of all optimizers in each step."""
    series = []
    for optimizer in places.optimizers:
        sheet, column = OPTIMIZERS[optimizer], places.column(optimizer, LOSS)
        values = column_range(sheet, column, START, places.last)
        steps = column_range(sheet, STEP, START, places.last)
        series.append(Series(values, steps, sheet))
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title=words["optimizers_step"],
        y_title=LOSS,
        description=words["optimizers_losses_description"],
        last=places.found.steps,
        strokes=tuple(_strokes(places)),
        wide=True,
    )
    return Chart("scatter", tuple(series), logarithmic=True), look


def _paths(
    places: Places, contours: list[Series], at: Address, words: Words
) -> tuple[Chart, ChartLook]:
    series, strokes = list(contours), [Stroke("#B8C0C8", "solid", 1.0)] * len(contours)
    for optimizer in places.optimizers:
        sheet = OPTIMIZERS[optimizer]
        w, b = (
            column_range(sheet, places.column(optimizer, p), START, places.last) for p in ("w", "b")
        )
        series.append(Series(b, w, sheet))
    strokes += _strokes(places)
    ends = (
        (on(MAIN, setting("w0")), on(MAIN, setting("b0")), words["optimizers_start"]),
        *((*(on(MAIN, (places.best, c)) for c in (LAST_W, LAST_B)), words["optimizers_best"]),),
    )
    for (w, b, name), marker in zip(ends, ("square", "diamond"), strict=True):
        series.append(Series(b, w, name))
        strokes.append(Stroke("#000000", width=0, marker=marker, size=9))
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title="w",
        y_title="b",
        description=words["optimizers_paths_description"],
        strokes=tuple(strokes),
        in_legend=tuple(range(len(contours), len(series))),
        wide=True,
    )
    return Chart("scatter", tuple(series)), look
