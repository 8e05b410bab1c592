"""What becomes of the chosen step under two other rates."""

from __future__ import annotations

from sheetprop.lessons.explanation.rates.trial_run import STEPS, TrialRun
from sheetprop.lessons.explanation.rates.writer import NOTHING, Writer
from sheetprop.lessons.runs.verdict import Course, verdict_formula
from sheetprop.maths.chain_factors import cancels_slope
from sheetprop.maths.trees.expr import Expr, Name, Number, product
from sheetprop.notation.address import address, on
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.look import Validation
from sheetprop.workbooks.page import LEARNING_RATES, Page
from sheetprop.workbooks.sheet import Address, Cell

MOST_NEURONS, MOST_WEIGHTS = 24, 200
"""Of a network whose runs with other rates are shown."""

TRIALS = ((10.0, 30.0, 50.0), (1000.0, 3000.0, 500.0))
"""The rates that may be tried: of each few the first that is none of the workbook's own."""

Further = tuple[tuple[str, str], ...]
"""The short runs: the cell of each rate, and that of the word for what became of it."""


def put_trials(writer: Writer, data: Page, row: int) -> tuple[Further, int]:
    """Write what becomes of the chosen step under two other rates, and return the row below."""
    network, words, page = writer.table.network, writer.words, writer.page
    row = writer.heading(row, "rates_trials")
    neurons = sum(len(layer) for layer in network.layers)
    if neurons > MOST_NEURONS or len(network.parameters) > MOST_WEIGHTS:
        return (), writer.text(row, "rates_trials_too_large", "long quiet")
    row = writer.text(row, writer.key("rates_trials_about"), "long quiet")
    page.put((row, 1), "η =", "label")
    own = {run.rate for run in writer.runs}
    for number, offered in enumerate(TRIALS):
        rate = next((one for one in offered if one not in own), offered[0])
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
        _trial(writer, run, (first, 2 + 3 * number), address(row, 2 + 3 * number))
    for step in range(STEPS + 1):
        writer.number((first + step, 1), f"={writer.chosen.step}+{step}", "maths count")
    writer.scientific.append(((first, 2), (first + STEPS, 7)))
    below = first + STEPS + 1
    page.put((below, 1), words["rates_head_then"], "maths name")
    places = [((row, 2 + 3 * number), (below, 2 + 3 * number)) for number in range(len(TRIALS))]
    further = tuple((on(LEARNING_RATES, rate), on(LEARNING_RATES, word)) for rate, word in places)
    return further, writer.text(below + 1, writer.key("rates_trials_note"), "long quiet")


def _trial(writer: Writer, run: TrialRun, corner: Address, rate: str) -> None:
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
    word = verdict_formula(Course(column, row, row + STEPS), slope, slope, rate, writer.words)
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
