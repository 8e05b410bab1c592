"""A tree in which numbers stand for quantities, without what these make superfluous."""

from __future__ import annotations

from sheetprop.maths.trees.evaluate import folded
from sheetprop.maths.trees.expr import (
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    product,
    total,
)

ZERO, ONE = Number(0.0), Number(1.0)


def _opened(term: Expr) -> list[Expr]:
    """Return the terms that a difference in brackets is: -(k - 1) is -k + 1."""
    if isinstance(term, Negative) and isinstance(term.operand, Sum):
        terms = term.operand.terms
        return [t.operand if isinstance(t, Negative) else Negative(t) for t in terms]
    return [term]


def _sum(terms: list[Expr]) -> Expr:
    """Return a sum without 0, with its numbers added up at the end where there are several."""
    terms = [term for term in terms if _plain(term) != ZERO] or [ZERO]
    if sum(isinstance(_plain(term), Number) for term in terms) < 2:
        return total(terms)
    known = [(1 if isinstance(t, Number) else -1, _plain(t)) for t in terms]
    number = sum(sign * plain.value for sign, plain in known if isinstance(plain, Number))
    left = [term for term in terms if not isinstance(_plain(term), Number)]
    if not left or number > 0:
        return total([*left, Number(float(number))])
    return total([*left, Negative(Number(-number))]) if number else total(left)


def _plain(term: Expr) -> Expr:
    return term.operand if isinstance(term, Negative) else term


def simplified(tree: Expr) -> Expr:
    """Return the same tree without factors and denominators 1, terms 0 and products with 0."""
    children = tuple(map(simplified, tree.children))
    tree = tree.with_children(children) if children else tree
    match tree:
        case Product(factors):
            kept = [factor for factor in factors if factor != ONE]
            return ZERO if ZERO in factors else product(kept) if kept else ONE
        case Quotient(numerator, denominator) if denominator == ONE or numerator == ZERO:
            return numerator
        case Sum(terms):
            return _sum([plain for term in terms for plain in _opened(term)])
        case Power(base, exponent) if exponent == ONE:
            return base
    return folded(tree)
