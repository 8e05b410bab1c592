"""The loss curves of all runs on Start, with the chosen step marked on its own."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.runs.compare_sheet import rate_name
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.start.arrangement import LOSSES_HEIGHT
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import DISTINCT, ChartLook, Stroke, axis_end, stroke
from sheetprop.workbooks.sheet import Chart, Series
from sheetprop.workbooks.styles import INK

_WIDEST, _LEAST, _RIGHT = 440, 300, 1340
"""Pixels; a screen 1600 wide shows so many where a program has a bar beside them."""
_MARKER = Stroke(INK, width=0, marker="circle", size=9)


def loss_chart(
    table: RateTable, runs: Sequence[RateRun], start: Start, chosen: Chosen, words: Words
) -> tuple[Chart, ChartLook]:
    """Return the chart; spreadsheet programs draw its points from the cells."""
    shown = runs[:DISTINCT]
    series = [
        Series(
            table.range_on(run.sheet, "E_total"),
            table.range_on(run.sheet, None),
            rate_name(number),
            name_is_reference=True,
        )
        for number, run in enumerate(shown)
    ]
    marker = Series(chosen.value["E_total"], chosen.step)
    row, column = start.beside
    width = max(_LEAST, min(_WIDEST, _RIGHT - start.left_of_beside))
    look = ChartLook(
        at=(row + 1, column),
        size=(width, LOSSES_HEIGHT),
        x_title=words["axis_iteration"],
        y_title=words["axis_loss"],
        description=words["start_losses_description"],
        values=(),
        last=axis_end(table.iterations),
        strokes=(*(Stroke(*stroke(number)) for number in range(len(shown))), _MARKER),
        wide=True,
        in_legend=tuple(range(len(shown))) if len(shown) <= _MOST_NAMED else (),
    )
    return Chart("scatter", (*series, marker)), look


_MOST_NAMED = 8
