"""Formulas as sums of products of cells: the form in which convolutions show, however written."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Power, Product, Quotient, Sum
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.workbooks.sheet import Address

Place = tuple[str, Address]
Terms = Mapping[tuple[Place, ...], float]
"""The factor of each product of cells, which are in order."""

MOST_TERMS = 4096


def tree_of(formula: str) -> Expr | None:
    """Return the tree of a formula, None for one that has none."""
    try:
        return parse(formula)
    except FormulaError:
        return None


def terms_of(tree: Expr, sheet: str) -> Terms | None:
    """Return the products that a tree on a sheet adds up; None where it does anything else."""
    match tree:
        case CellReference(row, column, other):
            return {((other or sheet, (row, column)),): 1.0}
        case Number(value):
            return {(): value}
        case Negative(operand):
            return _times(terms_of(operand, sheet), {(): -1.0})
        case Sum(terms):
            return _added([terms_of(one, sheet) for one in terms])
        case Product(factors):
            found: Terms | None = {(): 1.0}
            for one in factors:
                found = _times(found, terms_of(one, sheet))
            return found
        case Quotient(numerator, denominator):
            below = constant(denominator)
            return _times(terms_of(numerator, sheet), {(): 1 / below}) if below else None
    return None


def constant(tree: Expr) -> float | None:
    """Return the number that a tree without cells comes to."""
    match tree:
        case Number(value):
            return value
        case Call("SQRT", (Number(value),)) if value > 0:
            return sqrt(value)
        case Power(Number(base), Number(exponent)) if base > 0:
            return float(base**exponent)
    return None


def _added(parts: list[Terms | None]) -> Terms | None:
    found: dict[tuple[Place, ...], float] = {}
    for part in parts:
        if part is None:
            return None
        for places, factor in part.items():
            found[places] = found.get(places, 0.0) + factor
    return found


def _times(one: Terms | None, other: Terms | None) -> Terms | None:
    if one is None or other is None or len(one) * len(other) > MOST_TERMS:
        return None
    found: dict[tuple[Place, ...], float] = {}
    for a, x in one.items():
        for b, y in other.items():
            places = tuple(sorted((*a, *b)))
            found[places] = found.get(places, 0.0) + x * y
    return found


def without_activation(tree: Expr) -> Expr:
    """Return what a ReLU, tanh or sigmoid around a tree is given; any other tree as it is."""
    match tree:
        case Call("TANH", (inner,)):
            return inner
        case Quotient(Number(1.0), Sum((Number(1.0), Call("EXP", (Negative(inner),))))):
            return inner
        case Quotient(Number(1.0), Sum((Call("EXP", (Negative(inner),)), Number(1.0)))):
            return inner
        case Call("MAX", (Number(0.0), inner)) | Call("MAX", (inner, Number(0.0))):
            return inner
        case Call("IF", (Call("GT" | "GE", (own, Number(0.0))), inner, Number(0.0))) if (
            own == inner
        ):
            return inner
    return tree
