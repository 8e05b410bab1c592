"""The parts of a formula that somebody may put into a cell of their own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sheetprop.maths.trees.expr import Expr, Negative, Number, Product, Sum, product
from sheetprop.maths.trees.walk import flatten, nodes

MOST_FACTORS = 8
"""Of a product with more factors no parts are taken together."""


def parts_of(tree: Expr) -> Iterator[Expr]:
    """Yield what a helper cell may hold for a formula: any part of it, with either sign."""
    seen = set()
    for node in nodes(flatten(tree)):
        for part in (node, *_together(node)):
            if part not in seen and not isinstance(part, Number):
                seen.add(part)
                yield from (part, Negative(part))


def _together(node: Expr) -> Iterator[Expr]:
    """Yield some factors of a product, or terms of a sum, taken together."""
    parts = node.factors if isinstance(node, Product) else ()
    parts = node.terms if isinstance(node, Sum) else parts
    for count in range(2, len(parts) if len(parts) <= MOST_FACTORS else 0):
        for some in combinations(parts, count):
            yield product(list(some)) if isinstance(node, Product) else Sum(some)
