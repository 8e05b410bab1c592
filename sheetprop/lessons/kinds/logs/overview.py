"""The overview: what every run comes to, by live formulas, beside what it was to reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.frame import (
    BELOW,
    PICTURE_HEIGHT,
    PICTURES,
    TITLES,
    put_opening,
    put_questions,
)
from sheetprop.lessons.kinds.kind import BLANK, FADED, WORKED
from sheetprop.lessons.kinds.logs.content import (
    TEST_ACCURACY,
    TRAIN_ACCURACY,
    Iteration,
    TrainingLogs,
)
from sheetprop.lessons.kinds.logs.places import PREFIX, table_of
from sheetprop.lessons.kinds.logs.run_sheet import OVERVIEW_TARGET, name_of
from sheetprop.notation.address import address, fixed, on
from sheetprop.rows.training_log import EPOCH
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook, Stroke, axis_end, stroke
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import OVERVIEW, Page
from sheetprop.workbooks.sheet import Cell, Chart, Series, Sheet

BUDGET_CELL, HEAD = (BELOW + 1, 2), BELOW + 3
WIDTHS = {1: 30.0} | dict.fromkeys(range(2, 10), 14.0)
LAST = 9
COLUMNS = ("best", "best_epoch", "last", "gap", "lowest", "above", "parameters", "left")
"""What the table has of every run, from the second column on."""

NAMES = {
    "best": "log_best_test",
    "best_epoch": "log_epoch_of_best",
    "last": "log_last_test",
    "gap": "log_last_gap",
    "lowest": "log_lowest",
    "above": "log_all_above",
    "parameters": "log_parameters",
    "left": "log_left",
}
_SIZE = (900, PICTURE_HEIGHT)


def overview(found: TrainingLogs, words: Words, variant: str) -> Sheet:
    """Return the overview of all runs."""
    page = Page()
    put_opening(page, words, PREFIX, variant, WIDTHS, LAST)
    page.put((OVERVIEW_TARGET[0], 1), words["log_target"], "name")
    page.put(OVERVIEW_TARGET, Cell(found.target), "input")
    if found.most_parameters is not None:
        page.put((BUDGET_CELL[0], 1), words["log_budget"], "name")
        page.put(BUDGET_CELL, Cell(found.most_parameters), "input")
    _put_heads(page, found, words)
    for number, one in enumerate(found.iterations, 1):
        _put_run(page, found, one, number, words, variant)
    row = HEAD + len(found.iterations) + 2
    row = _put_texts(page, found, row, words, variant)
    page.put((TITLES, 1), words["log_chart_all"], "chart title")
    chart, look = _chart(found, words)
    keys = [f"log_question_{name}" for name in ("best", "gap", "above", "next")]
    put_questions(page, words, keys, row, WIDTHS, (4, LAST))
    sheet_look = Look(
        styles=page.styles,
        widths=WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=(look,),
        tab="#0072B2",
        plain_formulas=True,
    )
    return Sheet(OVERVIEW, page.cells, (chart,), look=sheet_look)


def _put_heads(page: Page, found: TrainingLogs, words: Words) -> None:
    page.put((HEAD, 1), words["log_run_name"], "head long")
    for column, name in enumerate(_columns(found), 2):
        text = words[NAMES[name]]
        page.put((HEAD, column), text.format(last=found.last), "head long")
    page.heights[HEAD] = 48


def _columns(found: TrainingLogs) -> Sequence[str]:
    return COLUMNS if found.most_parameters is not None else COLUMNS[:-1]


def _put_run(
    page: Page, found: TrainingLogs, one: Iteration, number: int, words: Words, variant: str
) -> None:
    row = HEAD + number
    title = f"{name_of(number, words)}: {one.said('name', words)}"
    page.put((row, 1), title, "legend")
    formulas = _formulas(found, one, number, row, words)
    for column, name in enumerate(_columns(found), 2):
        at = row, column
        if name == "parameters":
            page.put(at, Cell(one.parameters if one.parameters is not None else "–"), "input")
        elif variant in (BLANK, FADED):
            page.styles[at] = "answer"
            page.cells[at] = Cell()
        else:
            style = "short number" if variant == WORKED else "answer"
            page.put(at, Cell(None, formulas[name]), _style(name, style))


def _style(name: str, usual: str) -> str:
    counts = name in ("best_epoch", "left", "above")
    return usual if not counts else "formula" if usual == "short number" else "answer count"


def _formulas(
    found: TrainingLogs, one: Iteration, number: int, row: int, words: Words
) -> Mapping[str, str]:
    """Return what every number of a run is, taken from its own sheet."""
    table, sheet = table_of(one, words), name_of(number, words)
    test, epoch = table.range_on(sheet, TEST_ACCURACY), table.range_on(sheet, EPOCH)
    column = table.column(TEST_ACCURACY)
    first = max(table.first, table.last - found.last + 1)
    last_ones = f"{on(sheet, (first, column))}:{fixed((table.last, column))}"
    end, train = (
        on(sheet, (table.last, table.column(name))) for name in (TEST_ACCURACY, TRAIN_ACCURACY)
    )
    best, lowest, budget = address(row, 2), address(row, 6), address(row, 8)
    yes, no = words.quoted("log_yes"), words.quoted("log_no")
    return {
        "best": f"=MAX({test})",
        "best_epoch": f"=INDEX({epoch},MATCH({best},{test},0))",
        "last": f"={end}",
        "gap": f"={train}-{end}",
        "lowest": f"=MIN({last_ones})",
        "above": f"=IF({lowest}>{fixed(OVERVIEW_TARGET)},{yes},{no})",
        "left": f'=IF(ISNUMBER({budget}),{fixed(BUDGET_CELL)}-{budget},"–")',
    }


def _put_texts(page: Page, found: TrainingLogs, row: int, words: Words, variant: str) -> int:
    """Write target, result and analysis of every run; return the row below."""
    for number, one in enumerate(found.iterations, 1):
        title = f"{name_of(number, words)}: {one.said('name', words)}"
        page.put((row, 1), title, "heading")
        for what in ("target", "result", "analysis"):
            row += 1
            page.put((row, 1), words[f"log_said_{what}"], "maths name")
            if what == "result":
                told = Cell() if variant in (BLANK, FADED) else _result(HEAD + number, words)
                style = "long answer" if variant in (BLANK, FADED) else "long text"
                put_text(page, (row, 2), told, style, WIDTHS, LAST)
                page.heights[row] = 18
            else:
                put_text(page, (row, 2), one.said(what, words), "long text", WIDTHS, LAST)
        row += 2
    return row


def _result(row: int, words: Words) -> Cell:
    """Return the sentence that says what a run came to, from the numbers of its row."""
    cells = {name: address(row, column) for column, name in enumerate(COLUMNS, 2)}
    facts = {name: f"ROUND({cells[name]},2)" for name in ("best", "last", "gap", "lowest")}
    return Cell(None, words.formula("log_result", **facts, epoch=cells["best_epoch"]))


def _chart(found: TrainingLogs, words: Words) -> tuple[Chart, ChartLook]:
    """Return the curves of the held-out accuracy of all runs."""
    series = []
    for number, one in enumerate(found.iterations, 1):
        table, sheet = table_of(one, words), name_of(number, words)
        values, epochs = (table.range_on(sheet, name) for name in (TEST_ACCURACY, EPOCH))
        series.append(Series(values, epochs, f"{number} {one.said('name', words)}"))
    longest = max(len(one.run.epochs) for one in found.iterations)
    look = ChartLook(
        at=(PICTURES, 1),
        size=_SIZE,
        x_title=words["log_epoch"],
        y_title=words["log_test_accuracy"],
        description=words["log_description_all"],
        last=axis_end(longest + 1),
        ends=(None, 100),
        strokes=tuple(Stroke(*stroke(k), 2.0) for k in range(len(series))),
        wide=True,
    )
    return Chart("scatter", tuple(series)), look
