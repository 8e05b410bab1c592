"""The lesson jacobian: the chain rule by matrices, and the determinant as a change of area."""

from __future__ import annotations

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.fading import FADING
from sheetprop.lessons.kinds.frame import put_opening, put_questions
from sheetprop.lessons.kinds.jacobian.change import HEIGHT, put_change
from sheetprop.lessons.kinds.jacobian.content import REQUIRED, SECTIONS, Jacobian, describe, read
from sheetprop.lessons.kinds.jacobian.matrices import Writer, put_chain
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.words import Words
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import DATA, JACOBIAN, Page
from sheetprop.workbooks.sheet import Sheet, Workbook

_LAST = 10  # column of texts
_QUESTIONS = ("order", "shape", "zero", "small")
_WIDTHS = {1: 22.0} | dict.fromkeys(range(2, 24), 12.5)


def layout(found: Jacobian, words: Words, variant: str) -> Workbook:
    """Return the workbook: the sheet Jacobian, and Data with the points of its pictures."""
    page, data = Page(), Page()
    put_opening(page, words, "jacobian_", variant, _WIDTHS, _LAST)
    page.put((5, 1), words["jacobian_chain"], "heading")
    row = put_chain(Writer(page, words, variant, {}), 6, found) + 1
    page.put((row, 1), words["jacobian_change"], "heading")
    writer = Writer(page, words, variant, {})
    row, charts = put_change(writer, data, row + 1, found)
    page.put((row, 1), words["jacobian_square"], "chart title")
    page.put((row, 6), words["jacobian_images"], "chart title")
    keys = [f"jacobian_question_{name}" for name in _QUESTIONS]
    put_questions(page, words, keys, row + HEIGHT + 2, _WIDTHS, (5, _LAST))
    look = Look(
        styles=page.styles,
        widths=_WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=tuple(look for _, look in charts),
        tab="#56B4E9",
        plain_formulas=True,
    )
    sheet = Sheet(JACOBIAN, page.cells, tuple(chart for chart, _ in charts), look=look)
    hidden = Look(data.styles, heights=data.heights, plain_formulas=True)
    return Workbook(calculated((sheet, Sheet(DATA, data.cells, look=hidden))))


JACOBIANS = Kind("jacobian", SECTIONS, REQUIRED, read, describe, layout, FADING)
