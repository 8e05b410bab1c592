"""The Compare sheet: what became of each learning rate, and E_total of all of them side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sheetprop.calculating.run_values import general_text
from sheetprop.lessons.parts.ways import put_ways
from sheetprop.lessons.runs import summary
from sheetprop.lessons.runs.rate_table import FIRST as RUN_FIRST
from sheetprop.lessons.runs.rate_table import RATE, RateRun, RateTable
from sheetprop.lessons.runs.verdict import UNTOLD, VERDICTS
from sheetprop.notation.address import address, column_letters, column_range, fixed, on
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import DISTINCT, ChartLook, axis_end
from sheetprop.workbooks.long_tables import LongTable, TableCells
from sheetprop.workbooks.look import Look, Paper
from sheetprop.workbooks.page import COMPARE, Page
from sheetprop.workbooks.sheet import Address, Cell, Chart, Series, Sheet

HEAD, FIRST = 5, 6
_ITERATION = 11  # column of the table of E_total
_WIDTH = 15.0
_GAP = 14.0  # the charts, at columns 1 and 6, end in the column before the table of E_total
_CHART_SIZES = {False: (530, 300), True: (530, 640)}  # by whether it has many lines
_MANY = 10
_HEADING = 20.0  # points, in which letters with marks above them are whole
_NOTE_LENGTH = 140  # characters of a line

_HEADS = ("sheet", "rate", "first", "last", "least", "halved", "outputs", "flattest", "run")
"""Of the columns, by the end of their keys."""


def compare_sheet(
    table: RateTable,
    runs: Sequence[RateRun],
    words: Words,
    further: Sequence[tuple[str, str]] = (),
) -> Sheet:
    """Return the Compare sheet of all runs.

    `further` are two runs with other rates: the cells of the rate, and of what became of it.
    """
    page = Page()
    page.put((1, 1), words["compare_title"], "title")
    put_ways(page, 2, (1, 2, 3, 4, 5, 6), words, COMPARE)
    page.put((4, 1), words["compare_summary"], "heading")
    for column, key in enumerate(_HEADS, 1):
        page.put((HEAD, column), words[in_turn(f"compare_head_{key}", table)], "head")
    for number, run in enumerate(runs):
        _summary(page, table, run, number, words)
    below = FIRST + len(runs) + 1
    if further:
        _put_further(page, below, further, words)
        below += 2
    charts = _charts(page, table, runs, below, words)
    last = _notes(page, below + 2 + _chart_size(len(runs))[1] // 20, len(runs), table, words)
    cells = TableCells(page.cells, [_errors(page, table, runs, words)])
    page.put((2, 7), words["compare_to_charts"], "link", f"{COMPARE}!A{below}")
    losses = f"{COMPARE}!{column_letters(_ITERATION)}{HEAD}"
    page.put((2, 8), words["compare_to_losses"], "link", losses)
    look = _look(table, page, len(runs), tuple(look for _, look in charts))
    # Each rate's sheet has its E_total on paper; beside the summary half of each page is empty.
    look = replace(look, printed=(last, _ITERATION - 1), paper=Paper(whole=True))
    return Sheet(COMPARE, cells, tuple(chart for chart, _ in charts), look=look)


_IN_TURN = frozenset(
    f"compare_{key}"
    for key in ("head_first", "head_last", "begins", "diverges", "overshoots", "hardly", "learns")
)
"""Words that are others where examples come in turn: a round is compared with a round."""


def in_turn(key: str, table: RateTable) -> str:
    """Return the key of the words that hold for how examples come."""
    return f"{key}_in_turn" if table.turns > 1 and key in _IN_TURN else key


def _put_further(page: Page, row: int, further: Sequence[tuple[str, str]], words: Words) -> None:
    """Say what rates far from those of the workbook would do, so that one that fails is seen."""
    (first, what), (second, other) = further
    said = words.formula("compare_further", first=first, what=what, second=second, other=other)
    is_untold = f'IFERROR(OR({what}="{UNTOLD}",{other}="{UNTOLD}"),TRUE)'
    none = words.quoted("compare_further_none")
    said = f"=IF({is_untold},{none},{said.removeprefix('=')})"
    page.put((row, 1), Cell(None, said), "text")
    page.put((row, len(_HEADS)), words["compare_to_short_runs"], "link", first.replace("$", ""))


def rate_name(number: int) -> str:
    """Return the cell with the name of a run's line, counted from 0, as other sheets write it."""
    return on(COMPARE, (HEAD, _ITERATION + 1 + number))


def verdict_cell(number: int) -> str:
    """Return the cell with the word for a run, counted from 0, as other sheets write it."""
    return on(COMPARE, (FIRST + number, len(_HEADS)))


def losses_at(runs: int, step: int) -> tuple[str, str, str]:
    """Return the ranges of all rates and of their E_total in an iteration, and where it stands."""
    rates = column_range(COMPARE, 2, FIRST, FIRST + runs - 1)
    row = FIRST + step
    losses = f"{on(COMPARE, (row, _ITERATION + 1))}:{fixed((row, _ITERATION + runs))}"
    return rates, losses, f"{COMPARE}!{address(row, _ITERATION)}"


def _errors(page: Page, table: RateTable, runs: Sequence[RateRun], words: Words) -> LongTable:
    """Return E_total of every iteration, a column for each rate, and write the headers."""
    page.put((4, _ITERATION), words["compare_losses"], "heading")
    page.put((HEAD, _ITERATION), words["rate_iteration"], "head")
    formulas = [f"='{runs[0].sheet}'!$A{RUN_FIRST}"]
    columns: list[Iterable[float | str]] = [map(float, range(table.iterations))]
    for place, run in enumerate(runs):
        column = _ITERATION + 1 + place
        rate = fixed((FIRST + place, 2))
        head = Cell(f"η = {general_text(run.rate)}", f'="η = "&{rate}')
        page.put((HEAD, column), head, "head")
        losses = f"'{run.sheet}'!${column_letters(table.column['E_total'])}{RUN_FIRST}"
        formulas.append(f'=IFERROR({losses},"{summary.NOTHING}")')
        columns.append(summary.shown_errors(table, run))
    return LongTable((FIRST, _ITERATION), formulas, list(zip(*columns, strict=True)))


def _summary(page: Page, table: RateTable, run: RateRun, number: int, words: Words) -> None:
    """Write one rate's line: formulas over its column of E_total, with their values."""
    row = FIRST + number
    shown = summary.shown_errors(table, run)
    errors = summary.Errors(_ITERATION + 1 + number, _ITERATION, FIRST, shown, table.turns)
    outputs = summary.slope(table, run, summary.OUTPUTS)
    flattest = summary.slope(table, run, summary.ALL_LAYERS)
    slopes = ((address(row, 7), outputs.value), (address(row, 8), flattest.value))
    page.put((row, 1), run.sheet, "summary link", f"'{run.sheet}'!A1")
    page.put((row, 2), Cell(run.rate, f"={on(run.sheet, RATE)}"), "summary")
    page.put((row, 3), summary.opening(errors), "summary error")
    page.put((row, 4), summary.ending(errors), "summary error")
    page.put((row, 5), summary.least(errors), "summary error")
    page.put((row, 6), summary.halved(errors, words), "summary")
    page.put((row, 7), outputs, "summary error")
    page.put((row, 8), flattest, "summary error")
    page.put((row, 9), summary.word(errors, *slopes, address(row, 2), words), "summary result")


def _notes(page: Page, row: int, rates: int, table: RateTable, words: Words) -> int:
    """Write what the words mean, and return the last row."""
    if rates > DISTINCT:
        page.put((row, 1), words("compare_first_rates", shown=DISTINCT, all=rates), "text")
        row += 2
    page.put((row, 1), words["compare_meaning"], "heading")
    page.heights[row] = _HEADING
    for key in VERDICTS:
        note = f"{words[f'verdict_{key}']}: {words[in_turn(f'compare_{key}', table)]}"
        for line in textwrap.wrap(note, _NOTE_LENGTH):
            row += 1
            page.put((row, 1), line, "quiet")
    return row


def _charts(
    page: Page, table: RateTable, runs: Sequence[RateRun], row: int, words: Words
) -> list[tuple[Chart, ChartLook]]:
    """Return the chart with a linear and the one with a logarithmic axis, below the summary."""
    low, high = min(run.rate for run in runs), max(run.rate for run in runs)
    rates = fixed((FIRST, 2)) + ":" + fixed((FIRST + len(runs) - 1, 2))
    rate = fixed((FIRST, 2))
    charts = []
    for column, scale in ((1, "linear"), (6, "logarithmic")):
        key = f"compare_{scale}_title{'_of_one' if len(runs) == 1 else ''}"
        title = words(
            key, rate=general_text(low), lowest=general_text(low), highest=general_text(high)
        )
        formula = words.formula(key, rate=rate, lowest=f"MIN({rates})", highest=f"MAX({rates})")
        page.put((row, column), Cell(title, formula), "chart title")
        charts.append(_chart(table, runs[:DISTINCT], (row, column), scale, words))
    return charts


def _chart_size(lines: int) -> tuple[int, int]:
    return _CHART_SIZES[lines > _MANY]


def _chart(
    table: RateTable, runs: Sequence[RateRun], title: Address, scale: str, words: Words
) -> tuple[Chart, ChartLook]:
    # The series come from the rate sheets: an error value leaves a gap there, a dash would be 0.
    series = tuple(
        Series(
            values=table.range_on(run.sheet, "E_total"),
            categories=column_range(COMPARE, _ITERATION, FIRST, FIRST + table.iterations - 1),
            name=on(COMPARE, (HEAD, _ITERATION + 1 + number)),
            name_is_reference=True,
        )
        for number, run in enumerate(runs)
    )
    place = table.place("E_total")
    look = ChartLook(
        at=(title[0] + 1, title[1]),
        size=_chart_size(len(runs)),
        x_title=words["axis_iteration"],
        y_title=words["axis_loss"],
        description=words[f"compare_{scale}_description"],
        # Stored once: a preview draws the first, spreadsheet programs both from their cells.
        values=tuple(run.points(place) for run in runs) if scale == "linear" else (),
        categories=tuple(map(float, range(table.iterations))),
        last=axis_end(table.iterations),
        wide=True,
    )
    return Chart("scatter", series, logarithmic=scale == "logarithmic"), look


def _look(table: RateTable, page: Page, rates: int, charts: tuple[ChartLook, ...]) -> Look:
    errors = range(_ITERATION + 1, _ITERATION + 1 + rates)
    needed = {column: 2.0 + len(str(page.cells[HEAD, column].value)) for column in errors}
    return Look(
        styles=page.styles,
        columns={_ITERATION: "iteration", **dict.fromkeys(errors, "column error")},
        widths={
            **dict.fromkeys(range(1, 1 + len(_HEADS)), _WIDTH),
            1: max(_WIDTH, *needed.values()),
            _ITERATION - 1: _GAP,
            _ITERATION: 10.0,
            **{column: max(12.0, width) for column, width in needed.items()},
        },
        heights={1: 30, HEAD - 1: _HEADING, HEAD: 34, **page.heights},
        links=page.links,
        charts=charts,
        freeze=(FIRST, 1),
        heads=(HEAD, HEAD),
        scientific=(
            ((FIRST, 3), (FIRST + rates - 1, 8)),
            ((FIRST, errors[0]), (FIRST + table.iterations - 1, errors[-1])),
        ),
        tab="#009E73",
        plain_formulas=True,
    )
