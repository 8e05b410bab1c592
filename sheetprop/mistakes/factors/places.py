"""Where one more factor, or one fewer, makes a formula another one."""

from __future__ import annotations

from sheetprop.maths.trees.expr import Expr, Product, Sum
from sheetprop.maths.trees.walk import Path, walk


def places_of_terms(tree: Expr) -> list[Path]:
    """Return the whole and each term of a sum."""
    places: list[Path] = [()]
    for path, node in walk(tree):
        if isinstance(node, Sum):
            places += [(*path, index) for index in range(len(node.terms))]
    return places


def places_of_products(tree: Expr) -> list[Path]:
    """Return the whole and each term of those sums that hold products."""
    places: list[Path] = [()]
    for path, node in walk(tree):
        if isinstance(node, Sum) and any(isinstance(term, Product) for term in node.terms):
            places += [(*path, index) for index in range(len(node.terms))]
    return places
