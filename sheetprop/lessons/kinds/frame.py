"""What the sheets of lessons of other kinds have in common: how they open, and their questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.kind import BLANK, FADED
from sheetprop.words import Words
from sheetprop.workbooks.extent import ROW
from sheetprop.workbooks.page import Page

TITLES, PICTURES, _PICTURE_ROWS = 5, 6, 14
PICTURE_HEIGHT = _PICTURE_ROWS * ROW - 8  # pixels
BELOW = PICTURES + _PICTURE_ROWS
"""The rows of the titles of pictures and of pictures, and the first row below them. They come
first, so that their point is seen at first sight; on a screen as most have it tables begin below.
"""


def put_opening(
    page: Page, words: Words, prefix: str, variant: str, widths: Mapping[int, float], last: int
) -> None:
    """Write the title, what the lesson is about, and what to do with the sheet."""
    page.put((1, 1), words["title"], "title")
    page.heights[1] = 30
    if words.get("introduction"):
        text = " ".join(words["introduction"].split())
        put_text(page, (2, 1), text, "long text", widths, last)
    how = f"{prefix}how_blank" if variant in (BLANK, FADED) else f"{prefix}how"
    put_text(page, (3, 1), words[how], "long quiet", widths, last)


def put_questions(
    page: Page,
    words: Words,
    keys: Iterable[str],
    row: int,
    widths: Mapping[int, float],
    ends: tuple[int, int],
) -> None:
    """Write questions, each with room for an answer beside it; `ends` are their last columns."""
    question, answer = ends
    page.put((row, 1), words["architecture_questions"], "heading")
    for key in keys:
        row += 1
        put_text(page, (row, 1), words[key], "long text", widths, question)
        put_text(page, (row, question + 1), "", "long answer", widths, answer)
        page.heights[row] = max(page.heights[row], 32)
