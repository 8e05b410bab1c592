"""The sheet Optimizers: data and settings to be changed, what each comes to, and the pictures."""

from __future__ import annotations

from sheetprop.lessons.kinds.frame import TITLES, put_opening, put_questions
from sheetprop.lessons.kinds.optimizers.places import (
    BASE,
    FAR,
    LAST_B,
    LAST_LOSS,
    LAST_W,
    NAME,
    POINT,
    POINT_X,
    POINT_Y,
    RESULT,
    SETTINGS,
    START,
    SYMBOL,
    TOP,
    VALUE,
    Places,
    setting,
)
from sheetprop.lessons.kinds.optimizers.schedules import SCHEDULES
from sheetprop.lessons.kinds.optimizers.schedules_sheet import choices
from sheetprop.lessons.kinds.optimizers.symbols import symbol
from sheetprop.notation.address import address, column_range, on
from sheetprop.rows.optimizer_trees import LOSS, OPTIMIZERS
from sheetprop.words import Words
from sheetprop.workbooks.chart_look import ChartLook
from sheetprop.workbooks.look import Look, Paper, Validation
from sheetprop.workbooks.page import OPTIMIZERS as MAIN
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Chart, Sheet

WIDTHS = {NAME: 40.0, SYMBOL: 6.0, VALUE: 13.0, 4: 3.0, RESULT: 20.0} | dict.fromkeys(
    range(BASE, 14), 12.5
)
BESIDE = 7
"""Column of the second chart."""

_LAST = 13  # column
_QUESTIONS = ("ravine", "overshoot", "correction", "decay", "schedule")


def main_sheet(
    places: Places, charts: list[tuple[Chart, ChartLook]], words: Words, variant: str
) -> Sheet:
    """Return the first sheet, with the pictures."""
    page = Page()
    put_opening(page, words, "optimizers_", variant, WIDTHS, _LAST)
    put_settings(page, places, words)
    _put_results(page, places, words)
    _put_points(page, places, words)
    page.put((TITLES, 1), words["optimizers_losses"], "chart title")
    page.put((TITLES, BESIDE), words["optimizers_paths"], "chart title")
    keys = [f"optimizers_question_{name}" for name in _QUESTIONS]
    put_questions(page, words, keys, places.below, WIDTHS, (BASE, _LAST))
    numbers = (places.result(places.optimizers[0]), LAST_W), (places.best, LAST_LOSS)
    look = Look(
        styles=page.styles,
        widths=WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        links=page.links,
        charts=tuple(look for _, look in charts),
        validations=tuple(validations(places, words)),
        scientific=(numbers,),
        tab="#D55E00",
        paper=Paper(rows=(places.below - 1,)),
        plain_formulas=True,
    )
    return Sheet(MAIN, page.cells, tuple(chart for chart, _ in charts), look=look)


def put_settings(page: Page, places: Places, words: Words) -> None:
    """Write the settings that the workbook has, which may be changed."""
    found, own = places.found, places.constants()
    names = [name for name in SETTINGS if name in own]
    page.put((setting(names[0])[0] - 2, NAME), words["optimizers_settings"], "heading")
    values: dict[str, float | str] = {
        **found.settings,
        **dict(zip(places.starts, found.start, strict=True)),
        "schedule": 1 + list(SCHEDULES).index(found.schedule),
        "steps": found.steps,
    }
    for name in names:
        row, _ = setting(name)
        text = words[f"optimizers_setting_{name}"]
        page.put((row, NAME), _chosen(row, words) if name == "schedule" else text, "name")
        page.put((row, SYMBOL), "1…4" if name == "schedule" else symbol(name), "legend")
        style = "formula" if name == "steps" else "input"  # there are as many rows as steps
        page.put((row, VALUE), Cell(values[name]), style)


def _chosen(row: int, words: Words) -> Cell:
    """Return what names the schedule that a number chooses."""
    name = f"INDEX({choices()},{address(row, VALUE)})"
    told = words.formula("optimizers_setting_schedule", name=f'IFERROR({name},"–")')
    return Cell(None, told)


def _put_results(page: Page, places: Places, words: Words) -> None:
    page.put((TOP - 2, RESULT), words["optimizers_results"], "heading")
    heads = {
        RESULT: words["optimizers_optimizer"],
        BASE: symbol("eta"),
        LAST_W: "w",
        LAST_B: "b",
        LAST_LOSS: LOSS,
        FAR: words["optimizers_far"],
    }
    for column, text in heads.items():
        page.put((TOP - 1, column), text, "head")
    page.heights[TOP - 1] = 30
    for optimizer in places.optimizers:
        row, sheet = places.result(optimizer), OPTIMIZERS[optimizer]
        link = f"'{sheet}'!A1"
        page.put((row, RESULT), sheet, "summary link", link)
        page.put((row, BASE), Cell(places.found.rates[optimizer]), "input")
        for column, name in ((LAST_W, "w"), (LAST_B, "b"), (LAST_LOSS, LOSS)):
            last = on(sheet, (places.last, places.column(optimizer, name)))
            page.put((row, column), Cell(None, _if_there(last)), "number")
        page.put((row, FAR), Cell(None, _far(places, optimizer)), "formula")
    _put_best(page, places, words)


def _if_there(cell: str) -> str:
    return f'=IF(ISNUMBER({cell}),{cell},"")'


def _far(places: Places, optimizer: str) -> str:
    """Return the formula that counts the steps whose loss is not yet near the best."""
    sheet, column = OPTIMIZERS[optimizer], places.column(optimizer, LOSS)
    losses = column_range(sheet, column, START, places.last)
    best = address(places.best, LAST_LOSS)
    first = on(sheet, (START, column))
    far = f"SUMPRODUCT(({losses}-{best}>0.01*({first}-{best}))*1)"
    return f'=IF(COUNT({losses})=ROWS({losses}),{far},"")'


def _put_best(page: Page, places: Places, words: Words) -> None:
    """Write the line that fits best, known without any steps."""
    row, x, y = places.best, places.points_of(POINT_X), places.points_of(POINT_Y)
    page.put((row, RESULT), words["optimizers_best"], "name")
    w, b = address(row, LAST_W), address(row, LAST_B)
    formulas = {
        LAST_W: f"=SLOPE({y},{x})",
        LAST_B: f"=INTERCEPT({y},{x})",
        LAST_LOSS: f"=SUMPRODUCT(({w}*{x}+{b}-{y})^2)/(2*COUNT({x}))",
    }
    for column, text in formulas.items():
        page.put((row, column), Cell(None, text), "number result")


def _put_points(page: Page, places: Places, words: Words) -> None:
    page.put((places.points - 1, POINT), words["optimizers_points"], "heading")
    for column, text in ((POINT, words["optimizers_point"]), (POINT_X, "x"), (POINT_Y, "y")):
        page.put((places.points, column), text, "head")
    pairs = zip(places.found.x, places.found.y, strict=True)
    for number, (x, y) in enumerate(pairs, 1):
        row = places.points + number
        page.put((row, POINT), Cell(number), "iteration")
        page.put((row, POINT_X), Cell(x), "input")
        page.put((row, POINT_Y), Cell(y), "input")


def validations(places: Places, words: Words) -> list[Validation]:
    """Return the rules for what may be typed: numbers, and one of the schedules."""
    title, message = words["optimizers_valid_title"], words["optimizers_valid_message"]
    above = words["optimizers_valid_above"]
    chosen = setting("schedule")
    rows = [places.result(optimizer) for optimizer in places.optimizers]
    return [
        Validation(setting("w0"), setting("b0"), None, title, message),
        Validation(setting("mu"), setting("final"), None, title, message),
        Validation((rows[0], BASE), (rows[-1], BASE), 0, title, above),
        Validation(chosen, chosen, 0, title, words["architecture_valid_message"]),
    ]
