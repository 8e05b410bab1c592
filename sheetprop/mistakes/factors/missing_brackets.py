"""SP202: without its brackets only the last term of a sum is multiplied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from sheetprop.errors import FormulaError
from sheetprop.maths.expr import Expr, Name, flatten, substitute, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.notation.address import address
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.text import to_text

MOST_PAIRS = 3
"""So many pairs may be lost at once; people forget one kind of bracket, not all."""


def _variants(subject: Subject) -> Iterator[Variant]:
    """Write the formula, take brackets out, and read what is left as a spreadsheet does."""
    leaves = sorted({n for _, n in walk(subject.tree) if isinstance(n, Name)}, key=repr)
    column = {leaf: number for number, leaf in enumerate(leaves, 1)}
    text = to_excel(subject.tree, lambda leaf: address(1, column[leaf]))  # type: ignore[index]
    pairs = list(_pairs(text))
    for size in range(1, min(MOST_PAIRS, len(pairs)) + 1):
        for chosen in combinations(pairs, size):
            tree = _without(text, chosen, leaves)
            if tree is not None:
                kinds = " ".join(_kind(text[first + 1 : last]) for first, last in chosen)
                yield Variant(tree, _phrase, kinds, size)


def _phrase(tree: Expr) -> str:
    return f"lacks brackets: it computes {to_text(flatten(tree))}"


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield (opening, closing) of every pair of brackets that is not a function's."""
    stack: list[int] = []
    for place, letter in enumerate(text):
        if letter == "(":
            stack.append(place)
        elif letter == ")":
            opening = stack.pop()
            if not text[opening - 1].isalpha():
                yield opening, place


def _without(text: str, pairs: tuple[tuple[int, int], ...], leaves: list[Name]) -> Expr | None:
    gone = {place for pair in pairs for place in pair}
    left = "".join(letter for place, letter in enumerate(text) if place not in gone)
    try:
        tree = parse(left)
    except FormulaError:
        return None
    return substitute(tree, lambda x: leaves[x.column - 1] if isinstance(x, CellReference) else x)


def _kind(inside: str) -> str:
    """Return what stood in the brackets, alike in every column: ``x-y``."""
    return re.sub(r"[A-Z]+1", "x", inside)


MISSING_BRACKETS = Mistake(
    code="SP202",
    name="missing-brackets",
    summary="only the last term of a sum is multiplied",
    explanation=(
        "A spreadsheet multiplies and divides before it adds. Both paths that meet at a hidden "
        "neuron must stand in brackets before the sum is multiplied by its slope and its input; "
        "likewise 1/(1+EXP(-h)) is not 1/1+EXP(-h)."
    ),
    wrong="a_h1 = 1/1+EXP(-h1)",
    right="a_h1 = 1/(1+EXP(-h1))",
    variants=_variants,
)
