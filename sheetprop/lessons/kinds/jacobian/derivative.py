"""The partial derivative of a tree by one of its names, without terms of 0 and factors of 1.

Elsewhere derivatives are declared; here any expression of a template may stand, so each is worked
out by the rules, and a test holds every one of them against a complex step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
    product,
    total,
)
from sheetprop.maths.trees.functions import at_least

ZERO, ONE = Number(0), Number(1)

_SLOPES: Mapping[str, Callable[[Expr], Expr]] = {
    "EXP": lambda x: Call("EXP", (x,)),
    "LN": lambda x: ONE / x,
    "SQRT": lambda x: 1 / (2 * Call("SQRT", (x,))),
    "TANH": lambda x: 1 - Call("TANH", (x,)) ** 2,
    "SIN": lambda x: Call("COS", (x,)),
    "COS": lambda x: Negative(Call("SIN", (x,))),
}
FUNCTIONS = tuple(name.lower() for name in _SLOPES)
"""The functions that have a derivative here."""


def derivative(tree: Expr, name: str) -> Expr:
    """Return the partial derivative of a tree by a name.

    Raises:
        KeyError: the tree has a function that is not in `FUNCTIONS`.
        TypeError: it has a power whose exponent is no number.

    """
    match tree:
        case Name():
            return ONE if tree.name == name else ZERO
        case Number():
            return ZERO
        case Negative(operand):
            return _negative(derivative(operand, name))
        case Sum(terms):
            return _sum([derivative(term, name) for term in terms])
        case Product(factors):
            return _sum(
                [
                    _product([derivative(factor, name), *factors[:k], *factors[k + 1 :]])
                    for k, factor in enumerate(factors)
                ]
            )
        case Quotient(above, below):
            return _of_quotient(tree, above, below, name)
        case Power(base, Negative(Number(exponent))):
            return derivative(base ** Number(-exponent), name)
        case Power(base, Number(exponent)):
            rest = base if exponent == 2 else base ** Number(exponent - 1)
            return _product([Number(exponent), rest, derivative(base, name)])
        case Call("MAX" | "MIN" as function, (left, right)):
            is_left = at_least(*((left, right) if function == "MAX" else (right, left)))
            return Call("IF", (is_left, derivative(left, name), derivative(right, name)))
        case Call("IF", (condition, yes, no)):
            return Call("IF", (condition, derivative(yes, name), derivative(no, name)))
        case Call(function, (argument,)):
            inner = derivative(argument, name)
            return ZERO if inner == ZERO else _product([_SLOPES[function](argument), inner])
    raise TypeError(f"no derivative of {tree!r}")


def _of_quotient(tree: Expr, above: Expr, below: Expr, name: str) -> Expr:
    """Return that of u/v: u′/v - u/v · v′/v, without the part that is 0."""
    first, second = derivative(above, name), derivative(below, name)
    parts = []
    if first != ZERO:
        parts.append(first / below)
    if second != ZERO:
        parts.append(_negative(_product([tree, second]) / below))
    return _sum(parts) if parts else ZERO


def _negative(tree: Expr) -> Expr:
    if tree == ZERO:
        return ZERO
    return tree.operand if isinstance(tree, Negative) else Negative(tree)


def _sum(terms: list[Expr]) -> Expr:
    kept = [term for term in terms if term != ZERO]
    return total(kept) if kept else ZERO


def _product(factors: list[Expr]) -> Expr:
    """Return a product without ones, with the numbers in front and the sign outside."""
    if ZERO in factors:
        return ZERO
    signs = sum(isinstance(factor, Negative) for factor in factors)
    plain = [factor.operand if isinstance(factor, Negative) else factor for factor in factors]
    kept = [factor for factor in plain if factor != ONE]
    kept.sort(key=lambda factor: not isinstance(factor, Number))
    made = product(kept) if kept else ONE
    return Negative(made) if signs % 2 else made
