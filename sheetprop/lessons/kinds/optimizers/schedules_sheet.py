"""The sheet Schedules: the factor of the learning rate in each step, by each schedule."""

from __future__ import annotations

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.fading import looks_worked
from sheetprop.lessons.kinds.kind import BLANK
from sheetprop.lessons.kinds.optimizers.places import CHOSEN, HEAD, START, STEP, Places, setting
from sheetprop.lessons.kinds.optimizers.run_sheet import formula
from sheetprop.lessons.kinds.optimizers.schedules import SCHEDULES
from sheetprop.lessons.kinds.optimizers.symbols import shown
from sheetprop.notation.address import column_range, fixed, on
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import OPTIMIZERS as MAIN
from sheetprop.workbooks.page import SCHEDULES as HERE
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Chart, Series, Sheet

_WIDTHS = {STEP: 7.0} | dict.fromkeys(range(2, CHOSEN + 1), 14.0)
_LAST, _CHART = 14, CHOSEN + 2  # columns
_RULES = 4  # row


def schedule_key(name: str) -> str:
    """Return the key of a schedule's name among the words."""
    return f"optimizers_schedule_{name.replace(' ', '_')}"


def choices() -> str:
    """Return the range of the names of all schedules."""
    return f"{on(HERE, (HEAD, 2))}:{fixed((HEAD, CHOSEN - 1))}"


def schedules_sheet(places: Places, words: Words, variant: str) -> Sheet:
    """Return the sheet; in a blank one all but the chosen factor stays empty."""
    page = Page()
    page.put((1, 1), words["optimizers_schedules"], "title")
    page.heights[1] = 30
    widths = _WIDTHS | dict.fromkeys(range(CHOSEN + 1, _LAST + 1), 9.0)
    put_text(page, (2, 1), words["optimizers_schedules_about"], "long text", widths, _LAST)
    heads = [words["optimizers_step"], *(words[schedule_key(name)] for name in SCHEDULES)]
    for column, text in enumerate([*heads, words["optimizers_chosen"]], STEP):
        page.put((HEAD, column), text, "head setting" if column > STEP else "head")
    page.heights[HEAD] = 30
    for row, (name, tree) in enumerate(SCHEDULES.items(), _RULES):
        page.put((row, 1), f"{words[schedule_key(name)]} = {shown(tree)}", "text")
    for row in range(START + 1, places.last + 1):
        _put_row(page, row, places.constants(), variant)
    chart, look = _chart(places, words)
    look_of_sheet = Look(
        styles=page.styles,
        widths=_WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=(look,),
        freeze=(START, 2),
        heads=(HEAD, HEAD),
        tab="#009E73",
        plain_formulas=True,
    )
    return Sheet(HERE, page.cells, (chart,), look=look_of_sheet)


def _put_row(page: Page, row: int, constants: dict[str, str], variant: str) -> None:
    page.put((row, STEP), Cell(row - START), "iteration")
    for column, tree in enumerate(SCHEDULES.values(), 2):
        if variant == BLANK:
            page.put((row, column), Cell(), "answer")
        else:
            style = "column setting" if looks_worked(variant) else "answer"
            text = formula(tree, row, {"step": STEP}, constants)
            page.put((row, column), Cell(None, text), style)
    one = on(MAIN, setting("schedule"))
    row_of = f"{fixed((row, 2))}:{fixed((row, CHOSEN - 1))}"
    page.put((row, CHOSEN), Cell(None, f"=INDEX({row_of},{one})"), "column setting")


def _chart(places: Places, words: Words) -> tuple[Chart, ChartLook]:
    """Return the curves of all schedules."""
    first, last = START + 1, places.last
    steps = column_range(HERE, STEP, first, last)
    series = tuple(
        Series(column_range(HERE, column, first, last), steps, on(HERE, (HEAD, column)), True)
        for column in range(2, CHOSEN)
    )
    look = ChartLook(
        at=(HEAD + 1, _CHART),  # over the head, which every page repeats, it would be repeated, too
        size=(600, 400),
        x_title=words["optimizers_step"],
        y_title=words["optimizers_factor"],
        last=places.found.steps,
        description=words["optimizers_schedules_description"],
    )
    return Chart("scatter", series), look
