"""The lesson jacobian: the chain rule by matrices, and the determinant as a change of area."""

from __future__ import annotations

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.jacobian.change import HEIGHT, put_change
from sheetprop.lessons.kinds.jacobian.content import REQUIRED, SECTIONS, Jacobian, describe, read
from sheetprop.lessons.kinds.jacobian.matrices import Writer, put_chain
from sheetprop.lessons.kinds.kind import BLANK, Kind
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
    page.put((1, 1), words["title"], "title")
    page.heights[1] = 30
    if words.get("introduction"):
        text = " ".join(words["introduction"].split())
        put_text(page, (2, 1), text, "long text", _WIDTHS, _LAST)
    how = "jacobian_how_blank" if variant == BLANK else "jacobian_how"
    put_text(page, (3, 1), words[how], "long quiet", _WIDTHS, _LAST)
    page.put((5, 1), words["jacobian_chain"], "heading")
    row = put_chain(Writer(page, words, variant, {}), 6, found) + 1
    page.put((row, 1), words["jacobian_change"], "heading")
    writer = Writer(page, words, variant, {})
    row, charts = put_change(writer, data, row + 1, found)
    page.put((row, 1), words["jacobian_square"], "chart title")
    page.put((row, 6), words["jacobian_images"], "chart title")
    _put_questions(page, row + HEIGHT + 2, words)
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


def _put_questions(page: Page, row: int, words: Words) -> None:
    page.put((row, 1), words["architecture_questions"], "heading")
    for name in _QUESTIONS:
        row += 1
        put_text(page, (row, 1), words[f"jacobian_question_{name}"], "long text", _WIDTHS, 5)
        put_text(page, (row, 6), "", "long answer", _WIDTHS, _LAST)
        page.heights[row] = max(page.heights[row], 32)


JACOBIANS = Kind("jacobian", SECTIONS, REQUIRED, read, describe, layout)
