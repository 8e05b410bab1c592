"""How reports are to look where they are shown, and the pieces that they are made of."""

from __future__ import annotations

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
