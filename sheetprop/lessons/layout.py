"""A lesson becomes a workbook: Start, one sheet for each learning rate, Compare.

Start holds the only typed numbers. All else are formulas with their values: the trees of
`sheetprop.maths.network`, written by `sheetprop.notation.excel_write` and evaluated by
`sheetprop.calculating.run_values`.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Mapping, Sequence

from sheetprop.calculating.calculated import calculated
from sheetprop.calculating.run_values import rows
from sheetprop.caller import argument
from sheetprop.errors import LayoutError, SpecError
from sheetprop.lessons.contrast.contrast_sheet import contrast_sheet
from sheetprop.lessons.contrast.slip import Slip
from sheetprop.lessons.explanation.pages import explanation
from sheetprop.lessons.explanation.rates.trials import Further
from sheetprop.lessons.kinds.network_kinds import network_kind
from sheetprop.lessons.picture.diagram import put_diagram
from sheetprop.lessons.picture.shown import PHASE
from sheetprop.lessons.predict.predict_sheet import predict_sheet
from sheetprop.lessons.runs.compare_sheet import compare_sheet
from sheetprop.lessons.runs.rate_sheet import CHART_COLUMNS, rate_sheets
from sheetprop.lessons.runs.rate_table import FIRST, RateRun, RateTable, longest_formula
from sheetprop.lessons.runs.summary import ALL_LAYERS, slope_formula
from sheetprop.lessons.slope.slope_sheet import slope_sheet
from sheetprop.lessons.start.chosen import put_chosen
from sheetprop.lessons.start.data_columns import ANSWERS, FACTS, LISTS
from sheetprop.lessons.start.loss_chart import loss_chart
from sheetprop.lessons.start.start_completed import RUNS, completed
from sheetprop.lessons.start.start_sheet import Start, start_sheet
from sheetprop.maths.network import Network
from sheetprop.spec import Architecture, Spec
from sheetprop.words import words_of
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import DATA, DERIVATION, Page
from sheetprop.workbooks.sheet import EMPTY_NAMES, Sheet, Workbook

MOST_ROWS, MOST_COLUMNS, LONGEST_FORMULA = 1_048_576, 16_384, 8_192
"""What a worksheet of Excel holds."""

MOST_RATES = 250
"""Sheets of one workbook; with more, spreadsheet programs get slow and nobody finds a sheet."""

UNEXPLAINED = frozenset({"smallest", "blank", "faded", "find-the-bug"})
"""Variants of the workbook without the pages that would give their answers away."""


def layout(
    spec: Spec,
    learning_rates: Sequence[float] | None = None,
    iterations: int | None = None,
    *,
    variant: str = "worked",
    unshown: Collection[str] = (),
    slip: Slip | None = None,
    more: Sequence[str] = (),
    has_values: bool = True,
) -> Workbook:
    """Return the workbook of a lesson.

    `learning_rates` and `iterations` take the place of the lesson's; a rate given twice gets one
    sheet. A sheet has `iterations` rows, the first of which is the start, before any update.
    A `variant` of it has no sheet that would give its answers away (`UNEXPLAINED`), and the
    formulas of `unshown` quantities are not told on Start. With a `slip`, a sheet runs the lesson
    right and with that mistake. Start also leads to `more` sheets, which are to be added. What is
    calculated anew later needs no values here (`has_values`).

    Raises:
        SpecError: a rate is not a finite number above 0, or a number of the lesson is not finite.
        LayoutError: the workbook would not fit into a spreadsheet.

    """
    rates = _rates(spec, learning_rates)
    table = RateTable(Network(spec.architecture), _iterations(spec, iterations), spec.turns)
    _check_size(spec.architecture)
    _check_numbers(spec)
    names = [f"η={str(rate).removesuffix('.0')}" for rate in rates]
    words = words_of(spec) if len(rates) > 1 else words_of(spec).of_one()
    start = start_sheet(spec, table, rates, names, words, unshown)
    runs = _runs(spec, table, start, names, rates)
    _check_formulas(table, start, runs[0])
    data = Page()
    chosen = put_chosen(data, table, start, runs, words)
    picture, labels = put_diagram(data, table, start, chosen, words)
    pages: list[Sheet] = []
    further: Further = ()
    defined: Mapping[str, str] = EMPTY_NAMES
    if variant not in UNEXPLAINED:
        slope = slope_sheet(table, data, start, chosen, words)
        explained = explanation(table, start, runs, chosen, data, words)
        further, defined = explained.further, explained.names
        pages = [*explained.pages, slope]
        if kind := network_kind(spec.lesson):
            pages.insert(0, kind.page(table, runs, chosen, words))
        pages.insert(0, predict_sheet(table, runs, start, chosen, data, words))
    if slip is not None:
        pages.append(contrast_sheet(table, slip, start, chosen, words))
    contents = [*pages, compare_sheet(table, runs, words, further)]
    charts = [picture] if picture else []
    charts.append(loss_chart(table, runs, start, chosen, words))
    shown = [*more, *(sheet.name for sheet in contents), RUNS, DATA]
    sheets = (
        completed(start, chosen, charts, shown, labels, PHASE, words, is_drawn=picture is not None),
        *contents,
        *rate_sheets(table, start.given, runs, words, start.turns, start.choice.cell("path")),
        Sheet(DATA, data.cells, look=_data_look(data)),
    )
    if has_values:
        sheets = calculated(sheets, defined, within=(DERIVATION,))
    return Workbook(sheets, defined)


def _runs(
    spec: Spec, table: RateTable, start: Start, names: Sequence[str], rates: Sequence[float]
) -> list[RateRun]:
    """Return the run of each rate, with the numbers of all its rows."""
    given = spec.start()
    turns = [
        {name: spec.start(turn)[name] for name in table.network.data} for turn in range(spec.turns)
    ]
    return [
        RateRun(name, reference, rate, rows(table.network, given, rate, table.iterations, turns))
        for name, reference, rate in zip(names, start.rates, rates, strict=True)
    ]


def _data_look(page: Page) -> Look:
    """Return the look of the sheet Data; of its tables the chosen step alone is printed."""
    last = max(row for row, column in page.cells if column == 1)
    return Look(
        page.styles,
        widths={
            1: 14.0,
            2: 14.0,
            3: 14.0,
            5: 26.0,
            20: 40.0,
            23: 20.0,
            25: 40.0,
            LISTS: 12.0,
            ANSWERS: 18.0,
            FACTS: 18.0,
        },
        heights=page.heights,
        freeze=(4, 2),
        printed=(last, 3),
        plain_formulas=True,
    )


def _rates(spec: Spec, learning_rates: Sequence[float] | None) -> list[float]:
    given = spec.learning_rates if learning_rates is None else learning_rates
    source, key = spec.name, "learning_rates"
    if learning_rates is not None:
        source, key = argument("learning_rates"), ""
    for rate in given:
        # Spreadsheets know no denormal numbers: a rate below the least normal one is 0 there.
        if not (math.isfinite(rate) and rate >= sys.float_info.min):
            raise SpecError(source, key, f"a learning rate must be a number above 0, not {rate}")
    found = list(dict.fromkeys(map(float, given)))
    if not found:
        raise SpecError(source, key, "there must be at least one learning rate")
    if len(found) > MOST_RATES:
        problem = f"{len(found)} learning rates are too many for one workbook: at most {MOST_RATES}"
        raise LayoutError(problem, wanted=len(found), limit=MOST_RATES)
    return found


def _iterations(spec: Spec, iterations: int | None) -> int:
    wanted = spec.iterations if iterations is None else iterations
    most = MOST_ROWS - FIRST + 1
    if wanted < 1:
        problem = f"there must be at least 1 iteration (the start), not {wanted}"
        raise LayoutError(problem, wanted=wanted, limit=1)
    if wanted > most:
        problem = f"{wanted} iterations do not fit into a worksheet, which has room for {most}"
        raise LayoutError(problem, wanted=wanted, limit=most)
    return wanted


def _check_size(shape: Architecture) -> None:
    """Refuse a network too wide for a worksheet, before its trees are built."""
    neurons, outputs = sum(shape.layers[1:]), shape.layers[-1]
    hidden = neurons - outputs if len(shape.layers) > 3 else 0
    of_sample = shape.layers[0] + 2 * outputs + 2 * neurons + hidden
    given = shape.weight_count + shape.bias_count + shape.momentum + shape.weight_decay
    learned = shape.weight_count + (shape.bias_count if shape.train_biases else 0)
    learned += learned if shape.momentum else 0
    wanted = max(1 + shape.samples * of_sample + given + 1 + learned, 2 + CHART_COLUMNS)
    if wanted > MOST_COLUMNS:
        problem = (
            f"a network with {shape.weight_count} weights needs {wanted} columns, "
            f"and a worksheet has {MOST_COLUMNS}; choose smaller layers"
        )
        raise LayoutError(problem, wanted=wanted, limit=MOST_COLUMNS)


def _check_numbers(spec: Spec) -> None:
    for name, value in spec.start().items():
        if not math.isfinite(value):
            raise SpecError(spec.name, name, f"must be a finite number, not {value}")


def _check_formulas(table: RateTable, start: Start, run: RateRun) -> None:
    slopes = slope_formula(table, run, ALL_LAYERS)
    longest = max(longest_formula(table, start.given), len(slopes))
    if longest > LONGEST_FORMULA:
        problem = (
            f"a formula would have {longest} characters, and a cell holds {LONGEST_FORMULA}; "
            "choose smaller layers"
        )
        raise LayoutError(problem, wanted=longest, limit=LONGEST_FORMULA)
