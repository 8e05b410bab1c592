"""The runs of the workbook: a line of numbers for each, and a sentence that says why."""

from __future__ import annotations

from sheetprop.lessons.explanation.page_parts import LINE_HEIGHT, put_text
from sheetprop.lessons.explanation.rates.rate_sentences import first_step, outcome
from sheetprop.lessons.explanation.rates.writer import COLUMNS, MOST_RUNS, NOTHING, Writer
from sheetprop.lessons.runs.compare_sheet import verdict_cell
from sheetprop.lessons.runs.rate_table import FIRST as RUN_FIRST
from sheetprop.lessons.runs.rate_table import RATE, RateRun, RateTable
from sheetprop.lessons.runs.summary import OUTPUTS, slope
from sheetprop.lessons.start.start_blocks import run_name
from sheetprop.maths.names import gradient_of
from sheetprop.notation.address import address, column_letters, fixed, on, quoted
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Cell

HEADS = ("rate", "move", "expected", "actual", "last", "left", "rises", "slope")
_RATE, _PROMISED, _CAME, _LEFT, _RISES = 1, 3, 4, 6, 7  # columns
_TWO_LINES = 2 * LINE_HEIGHT + 3


def put_runs(writer: Writer, row: int) -> int:
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


def _run(writer: Writer, run: RateRun, row: int) -> None:
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


def put_reasons(writer: Writer, first: int, row: int) -> int:
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
