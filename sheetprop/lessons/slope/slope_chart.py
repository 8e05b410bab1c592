"""The picture of the Slope sheet, and what it takes from the sheet Data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.slope.slope_table import swept
from sheetprop.lessons.start.chosen import short_text
from sheetprop.notation.address import column_range, fixed, on
from sheetprop.words import Words
from sheetprop.workbooks.page import DATA, SLOPE, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series
from sheetprop.workbooks.styles import ChartLook, Stroke

VIEWS = ("slope_whole", "slope_close")
"""The words for how much of the curve is shown."""

_HEAD, _FIRST = 3, 4  # rows
_WEIGHTS, _VIEWS, _NAMES, _POINTS = 22, 23, 25, 26  # columns
_SIZE = (860, 410)
_STROKES = (
    Stroke("#0072B2", "solid", 2.25),
    Stroke("#D55E00", "dash", 1.75),
    Stroke("#D55E00", "solid", 3.5),
    Stroke("#000000", width=0, marker="circle", size=9),
    Stroke("#009E73", width=0, marker="diamond", size=10),
)


@dataclass(frozen=True)
class Facts:
    """The cells of the Slope sheet that the picture shows."""

    weight: Address
    now: Address
    next: Address
    loss: Address
    promised: Address
    reached: Address
    slope: Address
    half: Address


def put_choices(data: Page, weights: Sequence[str], words: Words) -> tuple[str, str]:
    """Write the weights and the views that can be chosen on Data; return their ranges."""
    lists = ((_WEIGHTS, "slope_weight", weights), (_VIEWS, "slope_view", [words[v] for v in VIEWS]))
    data.put((_HEAD - 1, _WEIGHTS), words["data_slope"], "heading")
    for column, key, texts in lists:
        data.put((_HEAD, column), words[key], "head")
        for row, text in enumerate(texts, _FIRST):
            data.put((row, column), text, "formula")
    ranges = [column_range(DATA, c, _FIRST, _FIRST + len(texts) - 1) for c, _, texts in lists]
    return ranges[0], ranges[1]


def put_chart(
    data: Page, table: RateTable, facts: Facts, at: Address, words: Words
) -> tuple[Chart, ChartLook]:
    """Write names and points of the series on Data and return the picture that shows them."""
    for place, text in zip(_name_places(), _names(data, facts, words), strict=True):
        data.put(place, Cell(None, text), "text")
    points = [swept(table), *(_put_points(data, k, xy) for k, xy in enumerate(_points(facts)))]
    series = tuple(
        Series(y, x, on(DATA, place), name_is_reference=True)
        for (x, y), place in zip(points, _name_places(), strict=True)
    )
    look = ChartLook(
        at=at,
        size=_SIZE,
        x_title=words["slope_x"],
        y_title=words["axis_loss"],
        description=words["slope_description"],
        strokes=_STROKES,
    )
    return Chart("scatter", series), look


def _name_places() -> list[Address]:
    return [(_FIRST + k, _NAMES) for k in range(len(_STROKES))]


def _names(data: Page, facts: Facts, words: Words) -> list[str]:
    """Return the formulas of the names of the series."""
    weight = on(SLOPE, facts.weight)
    shown = []
    for row, at in enumerate((facts.loss, facts.reached), _FIRST + len(_STROKES)):
        data.put((row, _NAMES), Cell(None, short_text(on(SLOPE, at))), "formula")
        shown.append(fixed((row, _NAMES)))
    return [
        words.formula("slope_curve", weight=weight),
        words.formula("slope_tangent", weight=weight),
        words.formula("slope_walk"),
        words.formula("slope_here", loss=shown[0]),
        words.formula("slope_there", loss=shown[1]),
    ]


def _points(facts: Facts) -> list[tuple[list[str], list[str]]]:
    """Return formulas of the points of tangent, step, present and next value: all x, all y.

    The step goes along the tangent, as far as gradient descent does, and from there to the curve.
    """
    now, after, loss, promised, reached, slope, half = (
        on(SLOPE, at)
        for at in (
            facts.now,
            facts.next,
            facts.loss,
            facts.promised,
            facts.reached,
            facts.slope,
            facts.half,
        )
    )
    ends = [f"{sign}{half}*0.75" for sign in "-+"]
    tangent = [f"={now}{end}" for end in ends], [f"={loss}{end}*{slope}" for end in ends]
    walk = [f"={now}", f"={after}", f"={after}"], [f"={loss}", f"={promised}", f"={reached}"]
    return [tangent, walk, ([f"={now}"], [f"={loss}"]), ([f"={after}"], [f"={reached}"])]


def _put_points(data: Page, number: int, points: tuple[list[str], list[str]]) -> tuple[str, str]:
    """Write a series' points, its x and its y side by side; return their ranges."""
    ranges = []
    for line, formulas in enumerate(points):
        row = _FIRST + 2 * number + line
        for column, formula in enumerate(formulas, _POINTS):
            data.put((row, column), Cell(None, formula), "formula")
        last = fixed((row, _POINTS + len(formulas) - 1))
        ranges.append(f"{on(DATA, (row, _POINTS))}:{last}")
    return ranges[0], ranges[1]
