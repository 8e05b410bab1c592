"""The sides of a formula written out as text, as trees in quantity names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_gradient
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr
from sheetprop.mistakes.texts.meaning import FREE
from sheetprop.notation.text_parse import AS_WRITTEN, Style, parse_text
from sheetprop.tables.headers import quantity_named

OTHER_STYLES = (Style(tight=True),)

_E_TOTAL = frozenset({"e", "et", "etot", "etotal"})
_RATE = frozenset({"η", "eta", "lr"})


class Side(NamedTuple):
    """One side of a statement: its text, and its tree as most people mean it."""

    text: str
    tree: Expr

    def readings(self) -> Iterator[Expr]:
        """Yield its trees, read in one way or another."""
        yield self.tree
        yield from trees_of(self.text, OTHER_STYLES)


@lru_cache(maxsize=4096)
def symbol_named(word: str) -> str | None:
    """Return the quantity, the learning rate or the free letter that a word in a text names."""
    if word in FREE:
        return word
    if word.lower() in _RATE:
        return LEARNING_RATE
    if len(word) == 2 and word[0] == "0":  # a zero for the letter: 01 is o1
        word = f"o{word[1]}"
    name = quantity_named(word)
    if name is None or is_gradient(name) or name == "iteration":
        return None
    plain = word.lower().replace("_", "")
    return name if name != "E_total" or plain in _E_TOTAL else None


@lru_cache(maxsize=4096)
def read_side(text: str) -> Side | None:
    """Return one side of a statement, or None where it cannot be read."""
    tree = next(trees_of(text, (AS_WRITTEN,)), None)
    return None if tree is None else Side(text, tree)


def trees_of(text: str, styles: Iterable[Style]) -> Iterator[Expr]:
    """Yield the trees of a text, one for each style in which it can be read."""
    for style in styles:
        try:
            yield parse_text(text, symbol_named, style)
        except FormulaError:
            return
