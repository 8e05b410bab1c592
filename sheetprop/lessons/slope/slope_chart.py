"""The picture of the Slope sheet, and what it takes from the sheet Data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.slope.slope_table import CLOSE, WHOLE, swept
from sheetprop.lessons.start.chosen import short_text
from sheetprop.lessons.start.data_columns import FIRST as _FIRST
from sheetprop.lessons.start.data_columns import HEAD
from sheetprop.lessons.start.data_columns import SLOPE as SLOPE_COLUMN
from sheetprop.notation.address import fixed, on
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke
from sheetprop.workbooks.page import DATA, SLOPE, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series

VIEWS = (("slope_whole", WHOLE), ("slope_close", CLOSE))
"""The words for how much of the curve is shown, and where its points stand."""

_NAMES, _POINTS = SLOPE_COLUMN, SLOPE_COLUMN + 1  # columns
_SIZE = (468, 400)
_DIGITS = 7  # of E_total: a step of one weight often changes none of the first four
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
    halves: tuple[Address, Address]


def put_charts(
    data: Page, table: RateTable, facts: Facts, places: Sequence[Address], words: Words
) -> list[tuple[Chart, ChartLook]]:
    """Write names and points of the series on Data and return the pictures that show them.

    One shows the whole curve, the other what is around the step.
    """
    data.put((HEAD - 1, _NAMES), words["data_slope"], "heading")
    for place, text in zip(_name_places(), _names(data, facts, words), strict=True):
        data.put(place, Cell(None, text), "text")
    shared = [_put_points(data, k, xy) for k, xy in enumerate(_points(facts))]
    found = []
    for number, (half, (_, sweep), at) in enumerate(
        zip(facts.halves, VIEWS, places, strict=True), len(shared)
    ):
        tangent = _put_points(data, number, _tangent(facts, half))
        points = [swept(table, sweep), tangent, *shared]
        series = tuple(
            Series(y, x, on(DATA, place), name_is_reference=True)
            for (x, y), place in zip(points, _name_places(), strict=True)
        )
        found.append((Chart("scatter", series), _look(at, words)))
    return found


def _look(at: Address, words: Words) -> ChartLook:
    return ChartLook(
        at=at,
        size=_SIZE,
        x_title=words["slope_x"],
        y_title=words["axis_loss"],
        description=words["slope_description"],
        strokes=_STROKES,
    )


def _name_places() -> list[Address]:
    return [(_FIRST + k, _NAMES) for k in range(len(_STROKES))]


def _names(data: Page, facts: Facts, words: Words) -> list[str]:
    """Return the formulas of the names of the series."""
    weight = on(SLOPE, facts.weight)
    shown = []
    for row, at in enumerate((facts.loss, facts.reached), _FIRST + len(_STROKES)):
        data.put((row, _NAMES), Cell(None, short_text(on(SLOPE, at), _DIGITS)), "formula")
        shown.append(fixed((row, _NAMES)))
    return [
        words.formula("slope_curve", weight=weight),
        words.formula("slope_tangent", weight=weight),
        words.formula("slope_walk"),
        words.formula("slope_here", loss=shown[0]),
        words.formula("slope_there", loss=shown[1]),
    ]


def _points(facts: Facts) -> list[tuple[list[str], list[str]]]:
    """Return formulas of the points of step, present and next value: all x, all y.

    The step goes along the tangent, as far as gradient descent does, and from there to the curve.
    """
    places = (facts.now, facts.next, facts.loss, facts.promised, facts.reached)
    now, after, loss, promised, reached = (on(SLOPE, at) for at in places)
    walk = [f"={now}", f"={after}", f"={after}"], [f"={loss}", f"={promised}", f"={reached}"]
    return [walk, ([f"={now}"], [f"={loss}"]), ([f"={after}"], [f"={reached}"])]


def _tangent(facts: Facts, half: Address) -> tuple[list[str], list[str]]:
    """Return formulas of the ends of the tangent, a part of a sweep's half to each side."""
    now, loss, slope = (on(SLOPE, at) for at in (facts.now, facts.loss, facts.slope))
    ends = [f"{sign}{on(SLOPE, half)}*0.75" for sign in "-+"]
    return [f"={now}{end}" for end in ends], [f"={loss}{end}*{slope}" for end in ends]


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
