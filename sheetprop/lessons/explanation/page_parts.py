"""What the pages of explanation have in common: title, ways to other pages, lines of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from sheetprop.lessons.parts.ways import put_ways
from sheetprop.words import Words
from sheetprop.workbooks.page import DERIVATION, GRADIENT_CHECK, LEARNING_RATES, Page
from sheetprop.workbooks.sheet import Address, Cell

LINE_HEIGHT = 13.5  # points
TITLE, WAYS, FIRST = 1, 2, 4  # rows
_TITLES = {
    DERIVATION: "derivation_title",
    GRADIENT_CHECK: "gradient_check_title",
    LEARNING_RATES: "rates_title",
}
_BOLD = 0.92  # of the letters that fit, fit when they are bold
_CHARACTERS = 1.2  # of usual text in a column as wide as one digit


def open_page(page: Page, here: str, words: Words, columns: Sequence[int]) -> None:
    """Write the title and, below it, the ways to other pages, one in each column."""
    page.put((TITLE, 1), words[_TITLES[here]], "title")
    page.heights |= {TITLE: 30, WAYS: 18, FIRST - 1: 20}
    put_ways(page, WAYS, columns, words, here)


def put_text(
    page: Page,
    at: Address,
    text: str | Cell,
    style: str,
    widths: Mapping[int, float],
    last: int | None = None,
) -> None:
    """Write a text over the columns up to `last`, in a row as high as its lines need."""
    row, column = at
    last = column if last is None else last
    page.put(at, text, style)
    if last > column:
        page.merged.append((at, (row, last)))
        for other in range(column + 1, last + 1):
            page.styles[row, other] = style
    width = sum(widths[c] for c in range(column, last + 1))
    make_room(page, row, text if isinstance(text, str) else str(text.value or ""), width)


def make_room(page: Page, row: int, text: str, width: float) -> None:
    """Make a row as high as a text needs in some width, if it is not yet."""
    height = lines_of(text, width) * LINE_HEIGHT + 2
    page.heights[row] = max(height, page.heights.get(row, 0))


def put_heads(page: Page, row: int, texts: Sequence[str], width: float) -> None:
    """Write the headers of a table, in a row as high as the longest of them needs."""
    for column, text in enumerate(texts, 1):
        page.put((row, column), text, "head")
    page.heights[row] = head_height(texts, [width] * len(texts))


def head_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return how high a row of bold headers in columns of some widths is, in points."""
    lines = max(lines_of(text, w * _BOLD) for text, w in zip(texts, widths, strict=True))
    return max(lines, 2) * LINE_HEIGHT + 3


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of some width, word by word."""
    room, lines, used = width * _CHARACTERS, 1, 0
    for word in text.split():
        length = _length(word)
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0
        used += length + (1 if used else 0)
    return lines


def _length(word: str) -> int:
    """Return how many characters a word is wide; marks above or below others take no room."""
    return sum(unicodedata.category(sign) != "Mn" for sign in word)
