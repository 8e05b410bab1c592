"""The Learning rates sheet: what small, large and absurd rates do, shown on the workbook's runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sheetprop.lessons.explanation.page_parts import (
    FIRST,
    LINE_HEIGHT,
    open_page,
    put_heads,
    put_text,
)
from sheetprop.lessons.explanation.rate_sentences import first_step, outcome
from sheetprop.lessons.explanation.trial_run import STEPS, TrialRun
from sheetprop.lessons.runs.compare_sheet import verdict_cell
from sheetprop.lessons.runs.rate_table import FIRST as RUN_FIRST
from sheetprop.lessons.runs.rate_table import RATE, RateRun, RateTable
from sheetprop.lessons.runs.summary import OUTPUTS, slope
from sheetprop.lessons.runs.verdict import Course, verdict_formula
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_blocks import run_name
from sheetprop.maths.chain_factors import cancels_slope
from sheetprop.maths.names import gradient_of
from sheetprop.maths.trees.expr import Expr, Name, Number, product
from sheetprop.notation.address import address, column_letters, fixed, on, quoted
from sheetprop.notation.excel_write import to_excel
from sheetprop.words import Words
from sheetprop.workbooks.look import Look, Validation
from sheetprop.workbooks.page import LEARNING_RATES, Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

MOST_RUNS = 12
"""Runs in the table; more can be seen on Compare."""

MOST_NEURONS, MOST_WEIGHTS = 24, 200
"""Of a network whose runs with other rates are shown."""

TRIALS = (10.0, 1000.0)
COLUMNS, WIDTH = range(1, 10), 14.0
HEADS = ("rate", "move", "expected", "actual", "last", "left", "rises", "slope")
_RATE, _PROMISED, _CAME, _LEFT, _RISES = 1, 3, 4, 6, 7  # columns
NOTHING = "–"  # stands for an error value
_TWO_LINES = 2 * LINE_HEIGHT + 3

Further = tuple[tuple[str, str], ...]
"""The short runs: the cell of each rate, and that of the word for what became of it."""


@dataclass
class _Writer:
    table: RateTable
    runs: Sequence[RateRun]
    chosen: Chosen
    words: Words
    page: Page = field(default_factory=Page)
    rules: list[Validation] = field(default_factory=list)
    scientific: list[tuple[Address, Address]] = field(default_factory=list)

    @property
    def widths(self) -> dict[int, float]:
        return dict.fromkeys(COLUMNS, WIDTH)

    def text(self, row: int, key: str, style: str = "long text", **facts: object) -> int:
        put_text(self.page, (row, 1), self.words(key, **facts), style, self.widths, COLUMNS[-1])
        return row + 1

    def heading(self, row: int, key: str) -> int:
        self.page.put((row, 1), self.words[key], "heading")
        self.page.heights[row] = 20
        return row + 1

    def heads(self, row: int, texts: Sequence[str]) -> int:
        put_heads(self.page, row, texts, WIDTH)
        return row + 1

    def number(self, at: Address, formula: str, style: str = "maths value") -> None:
        self.page.put(at, Cell(None, formula), style)


def learning_rates_sheet(
    table: RateTable, runs: Sequence[RateRun], chosen: Chosen, data: Page, words: Words
) -> tuple[Sheet, Further]:
    """Return the sheet about the learning rate, and what Compare tells of its short runs.

    Runs with other rates are put on `data`.
    """
    writer = _Writer(table, runs, chosen, words)
    open_page(writer.page, LEARNING_RATES, words, (1, 3, 5, 7, 9))
    row = writer.text(FIRST - 1, "rates_about") + 1
    first, row = row + 2, _own_runs(writer, row) + 1
    row = _what_they_did(writer, first, row) + 1
    further, row = _trials(writer, data, row)
    _questions(writer, row + 1)
    look = Look(
        styles=writer.page.styles,
        links=writer.page.links,
        widths=writer.widths,
        merged=tuple(writer.page.merged),
        heights=writer.page.heights,
        validations=tuple(writer.rules),
        scientific=tuple(writer.scientific),
        tab="#56B4E9",
        plain_formulas=True,
    )
    return Sheet(LEARNING_RATES, writer.page.cells, look=look), further


def _own_runs(writer: _Writer, row: int) -> int:
    """Write a line for each run of the workbook, and return the first row below."""
    words = writer.words
    row = writer.heading(row, "rates_runs")
    row = writer.heads(row, [words[f"rates_head_{key}"] for key in HEADS])
    shown = writer.runs[:MOST_RUNS]
    for number, run in enumerate(shown):
        _run(writer, run, row + number)
    last = row + len(shown) - 1
    writer.scientific += [((row, 2), (last, 5)), ((row, 8), (last, 8))]
    if len(writer.runs) > MOST_RUNS:
        last += 1
        writer.text(last, "rates_more", "long quiet", shown=MOST_RUNS)
    return writer.text(last + 1, "rates_runs_note", "long quiet")


def _run(writer: _Writer, run: RateRun, row: int) -> None:
    table, page = writer.table, writer.page
    link = f"{quoted(run.sheet)}!A1"
    page.put((row, 1), Cell(None, f"={on(run.sheet, RATE)}"), "rate")
    gradients = _gradients(table, run)
    rate = address(row, 1)
    first, second, last = (
        on(run.sheet, (at, table.column["E_total"]))
        for at in (RUN_FIRST, min(RUN_FIRST + 1, table.last), table.last)
    )
    formulas = (
        f"{rate}*MAX(MAX({gradients}),-MIN({gradients}))",
        f"-{rate}*SUMSQ({gradients})",
        f"{second}-{first}",
        last,
        f"{last}/{first}",
        _rises(table, run, first),
    )
    for column, formula in enumerate(formulas, 2):
        style = {6: "maths percent", 7: "maths count"}.get(column, "maths value")
        writer.number((row, column), f'=IFERROR({formula},"{NOTHING}")', style)
    page.put((row, 8), slope(table, run, OUTPUTS), "maths value")
    page.put((row, 9), f"{run.sheet} →", "link", link)


def _gradients(table: RateTable, run: RateRun) -> str:
    """Return the range of all gradients in the first row of a run."""
    columns = [table.column[gradient_of(name)] for name in table.network.parameters]
    first, last = ((RUN_FIRST, column) for column in (min(columns), max(columns)))
    return f"{on(run.sheet, first)}:{fixed(last)}"


def _rises(table: RateTable, run: RateRun, first: str) -> str:
    """Return how often E_total rises, by more than rounding does."""
    if table.iterations == 1:
        return "0"
    letters, sheet = column_letters(table.column["E_total"]), quoted(run.sheet)

    def rows(start: int, end: int) -> str:
        return f"{sheet}!${letters}${start}:${letters}${end}"

    later, earlier = rows(RUN_FIRST + 1, table.last), rows(RUN_FIRST, table.last - 1)
    return f"SUMPRODUCT(--({later}>{earlier}+{first}*1E-9))"


def _what_they_did(writer: _Writer, first: int, row: int) -> int:
    """Write a sentence for each run, from what it promised and what came; return the row below."""
    row = writer.heading(row, "rates_why")
    updates = str(writer.table.iterations - 1)
    for number in range(len(writer.runs[:MOST_RUNS])):
        at = first + number
        facts = {
            "left": _percent(address(at, _LEFT)),
            "rises": address(at, _RISES),
            "updates": updates,
        }
        step = first_step(address(at, _PROMISED), address(at, _CAME), writer.words)
        then = outcome(verdict_cell(number), facts, writer.words)
        name = words_for_run(number, address(at, _RATE), writer.words)
        said = f'={name}&": "&{step}&" "&{then}'
        put_text(writer.page, (row, 1), Cell(None, said), "long text", writer.widths, COLUMNS[-1])
        writer.page.heights[row] = _TWO_LINES
        row += 1
    return row


def _percent(share: str) -> str:
    """Return the part of a formula that tells a share of E_total; beyond all sense, only that."""
    return f'IF({share}>10000,">1000000",ROUND(100*{share},2))'


def words_for_run(number: int, rate: str, words: Words) -> str:
    """Return the part of a formula that names a run, counted from 0, with its rate."""
    return f'"{run_name(number + 1, words)}, η = "&{rate}'


def _trials(writer: _Writer, data: Page, row: int) -> tuple[Further, int]:
    """Write what becomes of the chosen step under two other rates, and return the row below."""
    network, words, page = writer.table.network, writer.words, writer.page
    row = writer.heading(row, "rates_trials")
    neurons = sum(len(layer) for layer in network.layers)
    if neurons > MOST_NEURONS or len(network.parameters) > MOST_WEIGHTS:
        return (), writer.text(row, "rates_trials_too_large", "long quiet")
    row = writer.text(row, "rates_trials_about", "long quiet")
    page.put((row, 1), "η =", "label")
    for number, rate in enumerate(TRIALS):
        at = (row, 2 + 3 * number)
        page.put(at, Cell(rate), "input")
        rule = Validation(at, at, 0.0, "η", words["rates_rule"])
        writer.rules.append(rule)
    heads = [words[f"rates_head_{key}"] for key in ("error", "sum", "passes")]
    first = writer.heads(row + 1, [words["rates_head_step"], *heads, *heads])
    column = max(column for _, column in data.cells) + 2
    for number in range(len(TRIALS)):
        run = TrialRun(network, writer.chosen, column + number * STEPS)
        run.put(data, on(LEARNING_RATES, (row, 2 + 3 * number)))
        _trial(writer, run, (first, 2 + 3 * number))
    for step in range(STEPS + 1):
        writer.number((first + step, 1), f"={writer.chosen.step}+{step}", "maths count")
    writer.scientific.append(((first, 2), (first + STEPS, 7)))
    below = first + STEPS + 1
    page.put((below, 1), words["rates_head_then"], "maths name")
    places = [((row, 2 + 3 * number), (below, 2 + 3 * number)) for number in range(len(TRIALS))]
    further = tuple((on(LEARNING_RATES, rate), on(LEARNING_RATES, word)) for rate, word in places)
    return further, writer.text(below + 1, "rates_trials_note", "long quiet")


def _trial(writer: _Writer, run: TrialRun, corner: Address) -> None:
    """Write E_total, the largest sum and the largest slope of an output after each step."""
    row, column = corner
    neurons = [n for one in run.network.passes for layer in one.layers for n in layer]
    for step in range(STEPS + 1):
        sums = ",".join(f"ABS({run.cell(n.label, step)})" for n in neurons)
        formulas = (run.cell("E_total", step), f"MAX({sums})", _largest_slope(run, step))
        for place, formula in enumerate(formulas):
            text = f'=IFERROR({formula},"{NOTHING}")'
            writer.number((row + step, column + place), text)
    slope = address(row + STEPS, column + 2)
    word = verdict_formula(Course(column, row, row + STEPS), slope, slope, writer.words)
    writer.page.put((row + STEPS + 1, column), Cell(None, word), "result")


def _largest_slope(run: TrialRun, step: int) -> str:
    if cancels_slope(run.network):
        return f'"{NOTHING}"'

    def cell(leaf: Expr) -> str:
        return run.cell(leaf.name if isinstance(leaf, Name) else str(leaf), step)

    outputs = [neuron for one in run.network.passes for neuron in one.layers[-1]]
    slopes = [product(neuron.slope() or [Number(1.0)]) for neuron in outputs]
    texts = dict.fromkeys(to_excel(tree, cell)[1:] for tree in slopes)
    return f"MAX({','.join(texts)})"


QUESTIONS = ("best", "double", "halves", "rise", "stuck", "own")
_CHECKED = "best"


def _questions(writer: _Writer, row: int) -> None:
    """Write the questions, each with a cell for the answer below it."""
    page, words = writer.page, writer.words
    row = writer.heading(row, "rates_questions")
    row = writer.text(row, "rates_questions_about", "long quiet")
    for number, key in enumerate(QUESTIONS, 1):
        text = f"{number}. {words[f'rates_question_{key}']}"
        put_text(page, (row, 1), text, "long text", writer.widths, COLUMNS[-1])
        row += 1
        page.merged.append(((row, 1), (row, COLUMNS[-1] - 1)))
        for column in COLUMNS[:-1]:
            page.styles[row, column] = "long answer"
        page.heights[row] = 20
        if key == _CHECKED:
            page.put((row, COLUMNS[-1]), Cell(None, _best(writer, (row, 1))), "mark")
        row += 2


def _best(writer: _Writer, answer: Address) -> str:
    """Return the formula that says whether an answer is the rate with the least last E_total."""
    shown = writer.runs[:MOST_RUNS]
    first = next(row for (row, column), c in sorted(writer.page.cells.items()) if column == 8)
    first += 1
    rates, errors = (
        f"{fixed((first, column))}:{fixed((first + len(shown) - 1, column))}" for column in (1, 5)
    )
    cell = address(*answer)
    right = f"ABS({cell}-INDEX({rates},MATCH(MIN({errors}),{errors},0)))<=1E-9*ABS({cell})"
    said = f'IF({right},"✓","{writer.words["rates_not_yet"]}")'
    return f'=IFERROR(IF(ISNUMBER({cell}),{said},"?"),"?")'
