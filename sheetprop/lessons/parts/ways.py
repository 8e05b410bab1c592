"""The ways from sheet to sheet: a row of links on every page, to all others and back to Start."""

from __future__ import annotations

from collections.abc import Iterable

from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.notation.address import quoted
from sheetprop.words import Words
from sheetprop.workbooks.page import (
    COMPARE,
    DERIVATION,
    GRADIENT_CHECK,
    LEARNING_RATES,
    PREDICT,
    SLOPE,
    START,
    Page,
)

PAGES = (START, DERIVATION, GRADIENT_CHECK, LEARNING_RATES, SLOPE, COMPARE, PREDICT)
"""The sheets that every sheet leads to, in the order of their tabs."""


def put_ways(page: Page, row: int, columns: Iterable[int], words: Words, here: str = "") -> None:
    """Write a link to each other page, one in each column; the first leads back to Start."""
    others = [name for name in PAGES if name != here]
    for column, name in zip(columns, others, strict=False):
        text = sheet_text(words, name)
        shown = f"← {text}" if name == START else f"{text} →"
        page.put((row, column), shown, "link", f"{quoted(name)}!A1")
