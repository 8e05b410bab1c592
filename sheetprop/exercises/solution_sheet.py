"""The solution of find-the-bug: the right workbook, its mistakes marked and told on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sheetprop.exercises.bugged import formula, range_of
from sheetprop.exercises.planted.bugs import Bug
from sheetprop.exercises.workbook import RUN
from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.lessons.runs.rate_table import FIRST, RateTable
from sheetprop.notation.address import column_range
from sheetprop.notation.text import name_text
from sheetprop.words import Words
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import START, Page
from sheetprop.workbooks.sheet import Sheet, Workbook

SOLUTION_SHEET = "Solution"
_HEAD = 5
_HEADS = ("place", "quantity", "mistake", "wrong", "right", "why")
_WIDTHS = (16.0, 10.0, 19.0, 36.0, 36.0, 66.0)
_LINE = 14.0  # points


def explained(right: Workbook, table: RateTable, bugs: Sequence[Bug], words: Words) -> Workbook:
    """Return the right workbook with the cells marked that were wrong, and a list of them."""
    sheets = [_marked(s, table, bugs) if s.name.startswith(RUN) else s for s in right.sheets]
    run = next(sheet.name for sheet in sheets if sheet.name.startswith(RUN))
    listed = _list(run, table, bugs, words)
    return Workbook((sheets[0], listed, *sheets[1:]), right.names)


def _marked(sheet: Sheet, table: RateTable, bugs: Sequence[Bug]) -> Sheet:
    look = sheet.look
    assert isinstance(look, Look)
    places = [(FIRST + step, table.column[bug.quantity]) for bug in bugs for step in bug.steps]
    styles = {**look.styles, **dict.fromkeys(places, "answer")}
    return replace(sheet, look=replace(look, styles=styles))


def _list(run: str, table: RateTable, bugs: Sequence[Bug], words: Words) -> Sheet:
    page = Page()
    page.put((1, 1), words["exercise_solution_title"], "title")
    page.put((2, 1), f"← {sheet_text(words, START)}", "link", f"{START}!A1")
    page.put((3, 1), words("exercise_solution_note", sheet=run), "text")
    for column, key in enumerate(_HEADS, 1):
        page.put((_HEAD, column), words[f"exercise_head_{key}"], "head")
    ordered = sorted(bugs, key=lambda bug: table.column[bug.quantity])
    for row, bug in enumerate(ordered, _HEAD + 1):
        _put_bug(page, row, run, table, bug)
    widths = dict(enumerate(_WIDTHS, 1))
    heights = {1: 30.0, _HEAD: 22.0, **page.heights}
    look = Look(styles=page.styles, widths=widths, heights=heights, links=page.links)
    return Sheet(SOLUTION_SHEET, page.cells, look=look)


def _put_bug(page: Page, row: int, run: str, table: RateTable, bug: Bug) -> None:
    column, first = table.column[bug.quantity], bug.steps[0]
    where = column_range(run, column, FIRST + first, FIRST + bug.steps[-1])
    tree = table.network.quantities[bug.quantity].tree
    assert tree is not None
    texts = (
        bug.mistake.name,
        formula(table, bug.variant.tree, first),
        formula(table, tree, first),
        f"{name_text(bug.quantity)} {bug.variant.phrase}. {bug.variant.why}",
    )
    page.put((row, 1), range_of(table, bug), "list link", where)
    page.put((row, 2), name_text(bug.quantity), "list")
    for place, text in enumerate(texts, 3):
        page.put((row, place), text, "list")
    lines = max(1 + int(len(text) / width) for text, width in zip(texts, _WIDTHS[2:], strict=True))
    page.heights[row] = _LINE * lines
