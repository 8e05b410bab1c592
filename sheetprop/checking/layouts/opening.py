"""What a sheet tells of itself in its first texts: numbers in sentences that are known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sheetprop.checking.layouts.aligned import is_text
from sheetprop.words import FIELD
from sheetprop.workbooks.sheet import Sheet

_OPENING = 6  # texts of a sheet among which its title and sizes are
_NUMBER, _SHAPE = r"(\d{1,3})", r"(\d{1,3}) × (\d{1,3}) × (\d{1,3})"
_SHAPES = ("before", "after")


def opening(sheet: Sheet) -> list[str]:
    """Return the first texts of a sheet, row by row."""
    places = sorted(at for at, cell in sheet.cells.items() if is_text(cell))[:_OPENING]
    return [str(sheet.cells[at].value) for at in places]


def numbers_in(pattern: str, texts: Sequence[str]) -> list[int]:
    """Return the numbers in the first of some texts that is a pattern with numbers in its braces.

    What it says of shapes are three numbers; nothing is returned where no text is the pattern.
    """
    parts = [
        (_SHAPE if piece in _SHAPES else _NUMBER) if k % 2 else re.escape(piece)
        for k, piece in enumerate(FIELD.split(pattern))
    ]
    found = (re.fullmatch("".join(parts), text) for text in texts)
    match = next((one for one in found if one), None)
    return [int(number) for number in match.groups()] if match else []
