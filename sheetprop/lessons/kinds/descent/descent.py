"""The lesson descent: optimizers beside each other on the classic network, step by step."""

from __future__ import annotations

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.descent.content import REQUIRED, SECTIONS, Descent, describe, read
from sheetprop.lessons.kinds.descent.places import DATA, NetworkPlaces
from sheetprop.lessons.kinds.fading import FADING
from sheetprop.lessons.kinds.frame import PICTURES, TITLES, put_opening, put_questions
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.lessons.kinds.optimizers.main_sheet import WIDTHS, put_settings, validations
from sheetprop.lessons.kinds.optimizers.pictures import losses_chart
from sheetprop.lessons.kinds.optimizers.places import (
    BASE,
    POINT,
    POINT_X,
    RESULT,
    TOP,
    Places,
)
from sheetprop.lessons.kinds.optimizers.run_sheet import run_sheet
from sheetprop.lessons.kinds.optimizers.schedules_sheet import schedules_sheet
from sheetprop.lessons.kinds.optimizers.symbols import symbol
from sheetprop.notation.address import on
from sheetprop.rows.optimizer_trees import LOSS, OPTIMIZERS
from sheetprop.words import Words
from sheetprop.workbooks.look import Look, Paper
from sheetprop.workbooks.page import OPTIMIZERS as MAIN
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

_LAST, BESIDE = 13, BASE + 1  # columns: of texts, of the losses
_QUESTIONS = ("start", "rate", "correction", "saturated")


def layout(found: Descent, words: Words, variant: str) -> Workbook:
    """Return the workbook: the comparison, a sheet for each run, and the schedules."""
    places = NetworkPlaces(found.found)
    runs = [run_sheet(places, optimizer, words, variant) for optimizer in places.optimizers]
    sheets = (
        _main_sheet(places, found, words, variant),
        *runs,
        schedules_sheet(places, words, variant),
    )
    return Workbook(calculated(sheets))


def _main_sheet(places: NetworkPlaces, found: Descent, words: Words, variant: str) -> Sheet:
    page = Page()
    put_opening(page, words, "descent_", variant, WIDTHS, _LAST)
    put_settings(page, places, words)
    _put_results(page, places, words)
    _put_data(page, places, found, words)
    page.put((TITLES, 1), words["optimizers_losses"], "chart title")
    chart, look = losses_chart(places, (PICTURES, 1), words)
    keys = [f"descent_question_{name}" for name in _QUESTIONS]
    put_questions(page, words, keys, places.below, WIDTHS, (BASE, _LAST))
    numbers = (places.result(places.optimizers[0]), BESIDE)
    look_of_sheet = Look(
        styles=page.styles,
        widths=WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        links=page.links,
        charts=(look,),
        validations=tuple(validations(places, words)),
        scientific=((numbers, (places.best, BESIDE)),),
        tab="#D55E00",
        paper=Paper(rows=(places.below - 1,)),
        plain_formulas=True,
    )
    return Sheet(MAIN, page.cells, (chart,), look=look_of_sheet)


def _put_results(page: Page, places: Places, words: Words) -> None:
    """Write each optimizer's learning rate, and its loss behind the last step."""
    page.put((TOP - 2, RESULT), words["optimizers_results"], "heading")
    heads = {RESULT: words["optimizers_optimizer"], BASE: symbol("eta"), BESIDE: LOSS}
    for column, text in heads.items():
        page.put((TOP - 1, column), text, "head")
    page.heights[TOP - 1] = 30
    for optimizer in places.optimizers:
        row, sheet = places.result(optimizer), OPTIMIZERS[optimizer]
        page.put((row, RESULT), sheet, "summary link", f"'{sheet}'!A1")
        page.put((row, BASE), Cell(places.found.rates[optimizer]), "input")
        last = on(sheet, (places.last, places.column(optimizer, LOSS)))
        page.put((row, BESIDE), Cell(None, f'=IF(ISNUMBER({last}),{last},"")'), "number")


def _put_data(page: Page, places: Places, found: Descent, words: Words) -> None:
    """Write inputs, targets and first weights, which may be changed."""
    page.put((places.points - 1, POINT), words["descent_data"], "heading")
    values = (*found.inputs, *found.targets, *found.found.start)
    for place, (name, value) in enumerate(zip(DATA, values, strict=True), 1):
        page.put((places.points + place, POINT), name, "name")
        page.put((places.points + place, POINT_X), Cell(value), "input")


DESCENT = Kind("descent", SECTIONS, REQUIRED, read, describe, layout, FADING)
