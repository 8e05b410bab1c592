"""How reports are to look where they are shown, and the pieces that they are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

NARROWEST, WIDEST, USUAL = 40, 120, 100


@dataclass(frozen=True, slots=True)
class Look:
    """How reports are shown.

    `width` counts columns; a terminal breaks what is longer, and may show colours; `encoding` is
    what can be written. The report is one of `count`, some of which have marks if `has_marks`.
    """

    width: int = USUAL
    is_terminal: bool = False
    has_colours: bool = False
    encoding: str = "utf-8"
    count: int = 1
    has_marks: bool = False


class Piece(NamedTuple):
    """What is written about one report: its text, and an entry for what tells of all of them."""

    text: str
    entry: tuple[str, ...] = ()


Phrases = list[tuple[str, str]]
"""Pieces of one line: (text, style), the style in words such as ``bold red``, or empty."""

WORD = re.compile(r"\s*\S+|\s+")


def columns_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    widths = (
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
    return sum(widths)


def fitted(line: Phrases, look: Look, margin: str) -> Iterator[Phrases]:
    """Yield a line broken between words where the terminal would break it anywhere.

    What is not the first line begins with `margin`. A file or another program gets the line whole.
    """
    if not look.is_terminal:
        yield line
        return
    done: Phrases = []
    used = 0
    for text, style in line:
        for word in WORD.findall(text):
            width = columns_of(word)
            if used + width > look.width and used > len(margin):
                yield done
                done, used = [(margin, ""), (word.lstrip(), style)], len(margin) - 1
            else:
                done.append((word, style))
            used += width
    yield done
