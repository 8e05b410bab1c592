"""Rewriting trees: where quantities stand, and another name put in their place."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import (
    Expr,
    Name,
    Negative,
    Path,
    Sum,
    nodes,
    replace_at,
    substitute,
    walk,
)
from sheetprop.mistakes.base import Variant
from sheetprop.notation.text import name_text


def occurrences(tree: Expr) -> dict[Name, list[Path]]:
    """Return where each quantity stands in a tree."""
    found: dict[Name, list[Path]] = {}
    for path, node in walk(tree):
        if isinstance(node, Name):
            found.setdefault(node, []).append(path)
    return found


def cancels(tree: Expr) -> bool:
    """Whether a sum holds a term and its opposite: then a whole term is what is lost."""
    for node in nodes(tree):
        if type(node) is Sum:
            taken = {term.operand for term in node.terms if isinstance(term, Negative)}
            if taken & set(node.terms):
                return True
    return False


def computing(other: str) -> Variant:
    """Return the variant that has another quantity's whole formula, or refers to it."""
    return Variant(Name(other), f"computes {name_text(other)} instead", f"is {other}", 2)


def replacing(tree: Expr, old: Name, new: Expr) -> Iterator[tuple[Expr, int]]:
    """Yield the tree with one quantity replaced: everywhere, then at single places.

    The second of each pair is the cost: a name confused throughout is one slip.
    """
    everywhere = substitute(tree, lambda leaf: new if leaf == old else None)
    if not cancels(everywhere):
        yield everywhere, 1
    paths = occurrences(tree).get(old, [])
    single = (replace_at(tree, path, new) for path in paths if len(paths) > 1)
    yield from ((changed, 1) for changed in single if not cancels(changed))
