"""Trees written as Excel formulas, with as few brackets as Excel's precedence allows.

Excel's minus sign binds tighter than its power: ``=-2^2`` is 4. A base or a factor with a sign is
therefore always bracketed.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

COMPARE, ADD, MULTIPLY, POWER, ATOM = range(5)
COMPARISONS = {"GT": ">", "LT": "<", "GE": ">=", "LE": "<=", "EQ": "=", "NE": "<>"}

Reference = Callable[[Expr], str]


def to_excel(expr: Expr, reference: Reference) -> str:
    """Return the formula of a tree with its ``=``; `reference` gives the address of each leaf.

    A leaf is a `Name` or whatever else stands for a cell in the tree.
    """
    return "=" + _write(expr, reference)[0]


def number(value: float) -> str:
    """Return a constant as Excel writes it: all digits, no ``.0`` on whole numbers, ``1E-07``.

    What is larger than any number in a cell is the error that Excel has for it.
    """
    if not isfinite(value):
        return "#NUM!"
    is_short = value == int(value) and abs(value) < 1e15
    return str(int(value)) if is_short else repr(float(value)).upper()


def _write(expr: Expr, reference: Reference) -> tuple[str, int]:
    """Return the text and how tightly its outermost operator binds."""
    match expr:
        case Number(value):
            return (number(value), ATOM) if value >= 0 else (f"-{number(-value)}", ADD)
        case Name():
            return reference(expr), ATOM
        case Negative(operand):
            return "-" + _bracketed(operand, reference, ATOM), ADD
        case Sum(terms):
            return _sum(terms, reference), ADD
        case Product(factors):
            first = _bracketed(factors[0], reference, MULTIPLY)
            rest = [_bracketed(factor, reference, MULTIPLY + 1) for factor in factors[1:]]
            return "*".join([first, *rest]), MULTIPLY
        case Quotient(numerator, denominator):
            above = _bracketed(numerator, reference, MULTIPLY)
            return f"{above}/{_bracketed(denominator, reference, MULTIPLY + 1)}", MULTIPLY
        case Power(base, exponent):
            below = _bracketed(base, reference, ATOM)
            return f"{below}^{_bracketed(exponent, reference, ATOM)}", POWER
        case Call(function, arguments):
            return _call(function, arguments, reference)
    return reference(expr), ATOM


def _bracketed(expr: Expr, reference: Reference, least: int) -> str:
    text, binding = _write(expr, reference)
    return text if binding >= least else f"({text})"


def _sum(terms: tuple[Expr, ...], reference: Reference) -> str:
    text = _bracketed(terms[0], reference, ADD)
    for term in terms[1:]:
        sign, part = ("-", term.operand) if isinstance(term, Negative) else ("+", term)
        text += sign + _bracketed(part, reference, MULTIPLY)
    return text


def _call(function: str, arguments: tuple[Expr, ...], reference: Reference) -> tuple[str, int]:
    texts = [_write(argument, reference)[0] for argument in arguments]
    if function in COMPARISONS:
        return COMPARISONS[function].join(texts), COMPARE
    return f"{function}({','.join(texts)})", ATOM
