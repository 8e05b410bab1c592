"""Rewriting trees: where quantities stand, and another name put in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sheetprop.maths.quantity import LEARNING_RATE, Lesson
from sheetprop.maths.trees.expr import Expr, Name, Negative, Product, Sum
from sheetprop.maths.trees.walk import Path, names, nodes, replace_at, substitute, walk

KEPT_SHIFTS = (0, -1)
"""Iterations that right formulas refer to: this one, and in updates the one before."""


@lru_cache(maxsize=256)
def occurrences(tree: Expr) -> Mapping[Name, Sequence[Path]]:
    """Return where each quantity stands in a tree; of few trees many variants are made."""
    found: dict[Name, list[Path]] = {}
    for path, node in walk(tree):
        if isinstance(node, Name):
            found.setdefault(node, []).append(path)
    return found


def node_at(tree: Expr, path: Path) -> Expr:
    """Return the node that a path leads to."""
    for index in path:
        tree = tree.children[index]
    return tree


def cancels(tree: Expr) -> bool:
    """Whether a sum holds a term and its opposite: then a whole term is what is lost."""
    for node in nodes(tree):
        if type(node) is Sum:
            for term in node.terms:
                if type(term) is Negative and term.operand in node.terms:
                    return True
    return False


def replacing(tree: Expr, old: Name, new: Expr) -> Iterator[Expr]:
    """Yield the tree with one quantity replaced: everywhere, at single places, in its slope.

    A name confused throughout is one slip, and so is that of a neuron's slope a·(1 - a) while the
    same activation stays in the error a - t.
    """
    paths = occurrences(tree).get(old, ())
    everywhere = tree
    for path in paths:
        everywhere = replace_at(everywhere, path, new)
    if not cancels(everywhere):
        yield everywhere
    if len(paths) < 2:
        return
    single = (replace_at(tree, path, new) for path in paths)
    yield from (changed for changed in single if not cancels(changed))
    if len(paths) > 2:
        yield from _in_slopes(tree, old, new)


def _in_slopes(tree: Expr, old: Name, new: Expr) -> Iterator[Expr]:
    """Yield the tree with a quantity replaced in the two factors of a slope: a and 1 - a."""
    for path, node in walk(tree):
        if isinstance(node, Product) and old in node.factors:
            bare = node.factors.index(old)
            for index, factor in enumerate(node.factors):
                if isinstance(factor, Sum) and names(factor) == {old}:
                    changed = substitute(factor, lambda leaf: new if leaf == old else None)
                    factors = list(node.factors)
                    factors[bare], factors[index] = new, changed
                    yield replace_at(tree, path, Product(tuple(factors)))


def renamed(tree: Expr, lesson: Lesson) -> Iterator[tuple[Name, Name]]:
    """Yield each quantity of a wrong tree with each that may belong in its place."""
    meant = [name for name, quantity in lesson.quantities.items() if quantity.kind != "gradient"]
    for taken in occurrences(tree):
        if taken.name != LEARNING_RATE:
            shift = taken.shift if taken.shift in KEPT_SHIFTS else 0
            yield from ((taken, Name(n, shift)) for n in meant if Name(n, shift) != taken)


def kind_of(name: Name, lesson: Lesson) -> str | None:
    """Return a quantity's kind, None for one that the lesson lacks."""
    quantity = lesson.quantities.get(name.name)
    return quantity.kind if quantity else None
