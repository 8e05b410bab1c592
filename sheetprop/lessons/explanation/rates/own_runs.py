"""The runs of the workbook: a line of numbers for each, and a sentence that says why."""

from __future__ import annotations

import re

from sheetprop.lessons.explanation.page_parts import LINE_HEIGHT, put_text
from sheetprop.lessons.explanation.rates.first_update import FirstUpdate
from sheetprop.lessons.explanation.rates.rate_sentences import first_step, outcome
from sheetprop.lessons.explanation.rates.writer import COLUMNS, MOST_RUNS, NOTHING, Writer
from sheetprop.lessons.runs.compare_sheet import verdict_cell
from sheetprop.lessons.runs.rate_table import FIRST as RUN_FIRST
from sheetprop.lessons.runs.rate_table import RATE, RateRun
from sheetprop.lessons.runs.summary import OUTPUTS, slope
from sheetprop.lessons.runs.verdict import UNTOLD, Course
from sheetprop.lessons.start.start_blocks import run_name
from sheetprop.notation.address import address, on, quoted
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell

HEADS = ("rate", "move", "expected", "actual", "last", "left", "rises", "slope")
_RATE, _PROMISED, _CAME, _LEFT, _RISES = 1, 3, 4, 6, 7  # columns
_TWO_LINES = 2 * LINE_HEIGHT + 3


def put_runs(writer: Writer, data: Page, row: int) -> int:
    """Write a line for each run of the workbook, and return the first row below.

    What has to be calculated once more for that is put on `data`.
    """
    words = writer.words
    row = writer.heading(row, "rates_runs")
    row = writer.heads(row, [words[writer.key(f"rates_head_{key}")] for key in HEADS])
    shown = writer.runs[:MOST_RUNS]
    free = max(column for _, column in data.cells) + 2
    for number, run in enumerate(shown):
        _run(writer, run, row + number, data, free + number)
    last = row + len(shown) - 1
    writer.scientific += [((row, 2), (last, 5)), ((row, 8), (last, 8))]
    if len(writer.runs) > MOST_RUNS:
        last += 1
        writer.text(last, "rates_more", "long quiet", shown=MOST_RUNS)
    row = writer.text(last + 1, writer.key("rates_runs_note"), "long quiet")
    if writer.table.turns > 1:
        row = writer.text(row, "rates_note_in_turn", "long quiet")
    return writer.text(row, "rates_note_cancels", "long quiet") if writer.cancels else row


def _run(writer: Writer, run: RateRun, row: int, data: Page, free: int) -> None:
    table, page = writer.table, writer.page
    link = f"{quoted(run.sheet)}!A1"
    page.put((row, 1), Cell(None, f"={on(run.sheet, RATE)}"), "rate")
    update = FirstUpdate(table, run, address(row, 1))
    course = Course(table.column["E_total"], RUN_FIRST, table.last, table.turns)
    sheet = quoted(run.sheet)
    first, last = (_on(text, sheet) for text in (course.opening, course.ending))
    formulas = (
        update.move,
        update.promised,
        update.came(data, free),
        last,
        f"{last}/{first}",
        _on(course.rises, sheet),
    )
    for column, formula in enumerate(formulas, 2):
        style = {6: "maths percent", 7: "maths count"}.get(column, "maths value")
        writer.number((row, column), f'=IFERROR({formula},"{NOTHING}")', style)
    page.put((row, 8), slope(table, run, OUTPUTS), "maths value")
    page.put((row, 9), f"{run.sheet} →", "link", link)


_CELLS = re.compile(r"(?<![A-Z])([A-Z]{1,3})(\$\d{1,7})(?::([A-Z]{1,3})(\$\d{1,7}))?(?![\d(])")


def _on(formula: str, sheet: str) -> str:
    """Return a formula whose cells stand on another sheet; without signs, for a smaller file."""

    def there(found: re.Match[str]) -> str:
        column, row, end, last = found.groups()
        area = f"{column}{row}:{end}{last}" if end else f"{column}{row}"
        return f"{sheet}!{area.replace('$', '')}"

    return _CELLS.sub(there, formula)


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
        step = first_step(address(at, _PROMISED), address(at, _CAME), writer.words) + '&" "&'
        then = outcome(verdict_cell(number), facts, writer.words, writer.key)
        rule = writer.words.quoted("rates_rule")
        told = step + then if writer.table.iterations > 1 else then
        none = writer.words.quoted("rates_no_start")
        told = f'IF({verdict_cell(number)}="{UNTOLD}",{none},{told})'
        name = words_for_run(number, address(at, _RATE), writer.words)
        said = f'={name}&": "&IF(N({address(at, _RATE)})>0,{told},{rule})'
        put_text(writer.page, (row, 1), Cell(None, said), "long text", writer.widths, COLUMNS[-1])
        writer.page.heights[row] = _TWO_LINES
        row += 1
    return row


def _percent(share: str) -> str:
    """Return the part of a formula that tells a share of E_total; beyond all sense, only that."""
    small = f'IF(AND({share}>0,{share}<0.00005),"<"&0.01,ROUND(100*{share},2))'
    return f'IF({share}>10000,">1000000",{small})'


def words_for_run(number: int, rate: str, words: Words) -> str:
    """Return the part of a formula that names a run, counted from 0, with its rate."""
    return f'"{run_name(number + 1, words)}, η = "&{rate}'
