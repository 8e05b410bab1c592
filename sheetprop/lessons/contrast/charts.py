"""The charts of two runs: both curves of E_total, and on a logarithmic axis what lies between."""

from __future__ import annotations

from sheetprop.lessons.contrast.two_runs import APART, ITERATION, LOSS, SIDES, TwoRuns
from sheetprop.lessons.runs.rate_charts import nested
from sheetprop.notation.address import on
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, axis_end
from sheetprop.workbooks.page import MISTAKE
from sheetprop.workbooks.sheet import Address, Chart, Series

SIZE = (490, 280)
_STROKES = nested(len(SIDES))


def put_charts(
    runs: TwoRuns, places: tuple[Address, Address], words: Words
) -> tuple[tuple[Chart, ChartLook], ...]:
    """Return the two charts; titles stand in cells above them."""
    curves = tuple(
        Series(
            runs.losses(LOSS[side]),
            runs.losses(ITERATION),
            on(MISTAKE, (runs.head, LOSS[side])),
            name_is_reference=True,
        )
        for side in SIDES
    )
    # From the first update on: where both runs are the same there is no logarithm.
    apart = Series(
        runs.losses(APART, 1),
        runs.losses(ITERATION, 1),
        on(MISTAKE, (runs.head, APART)),
        name_is_reference=True,
    )
    looks = [
        ChartLook(
            at=at,
            size=SIZE,
            x_title=words["axis_iteration"],
            y_title=words[f"axis_{key}"],
            description=words[f"mistake_chart_{key}"],
            last=axis_end(runs.rows),
            strokes=strokes,
        )
        for key, at, strokes in zip(("loss", "apart"), places, (_STROKES, ()), strict=True)
    ]
    charts = (Chart("scatter", curves), Chart("scatter", (apart,), logarithmic=True))
    return tuple(zip(charts, looks, strict=True))
