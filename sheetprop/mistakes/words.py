"""Sentences with blanks: what was done wrong and why, filled with a student's own quantities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import flatten
from sheetprop.notation.text import name_text, to_text

Blank = Expr | str
"""What fills a blank: a quantity, a formula or a text."""

Blanks = Mapping[str, Blank]

Where = Callable[[Name], str | None]
"""Gives the cell that holds a quantity, None where it has none."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which a mistake is made, with blanks in braces.

    `says` tells what is wrong: of a formula it completes "the formula …", elsewhere it is a
    sentence. `why` tells a student what is wrong with it; there a quantity is named with its cell.
    `severity` is that of the mistake where it is left out.
    """

    name: str
    says: str
    why: str
    severity: str | None = None


def nowhere(name: Name) -> str | None:
    """Return no cell: what is said of a quantity wherever it stands."""
    del name
    return None


def filled(text: str, blanks: Blanks, where: Where = nowhere) -> str:
    """Return a sentence with its blanks filled; a quantity gets its cell where it is first named.

    Raises:
        KeyError: nothing fills one of the blanks.

    """
    return text.format_map(_Filling(blanks, where))


class _Filling(dict[str, str]):
    """The texts of blanks, made when the sentence comes to them."""

    def __init__(self, blanks: Blanks, where: Where) -> None:
        super().__init__()
        self.blanks = blanks
        self.where = where
        self.named: set[Name] = set()

    def __missing__(self, key: str) -> str:
        blank = self.blanks[key]
        if isinstance(blank, str):
            return blank
        if not isinstance(blank, Name):
            return to_text(flatten(blank))
        cell = None if blank in self.named else self.where(blank)
        self.named.add(blank)
        return name_text(blank.name, blank.shift) + (f" ({cell})" if cell else "")


def bracketed(tree: Expr) -> str:
    """Return a formula as mathematics, a sum in brackets, to stand among other words."""
    text = to_text(tree)
    return f"({text})" if " " in text else text
