"""Functions of trees, under the names that a formula gives them."""

from __future__ import annotations

from sheetprop.maths.trees.expr import Call, Expr, as_expr

PI = Call("PI", ())
NO_VALUE = Call("NA", ())
"""Stands where there is nothing to compare: what takes it is not judged."""


def exp(x: Expr) -> Expr:
    """Return e to the power of x."""
    return Call("EXP", (x,))


def ln(x: Expr) -> Expr:
    """Return the natural logarithm of x."""
    return Call("LN", (x,))


def tanh(x: Expr) -> Expr:
    """Return the hyperbolic tangent of x."""
    return Call("TANH", (x,))


def sin(x: Expr) -> Expr:
    """Return the sine of x, an angle in radians."""
    return Call("SIN", (x,))


def cos(x: Expr) -> Expr:
    """Return the cosine of x, an angle in radians."""
    return Call("COS", (x,))


def sqrt(x: Expr) -> Expr:
    """Return the square root of x."""
    return Call("SQRT", (x,))


def size(x: Expr) -> Expr:
    """Return x without its sign."""
    return Call("ABS", (x,))


def largest(*values: Expr | float) -> Expr:
    """Return the largest of some numbers."""
    return Call("MAX", tuple(map(as_expr, values)))


def smallest(*values: Expr | float) -> Expr:
    """Return the smallest of some numbers."""
    return Call("MIN", tuple(map(as_expr, values)))


def above(left: Expr, right: Expr | float) -> Expr:
    """Return whether one number is larger than another."""
    return Call("GT", (left, as_expr(right)))


def below(left: Expr, right: Expr | float) -> Expr:
    """Return whether one number is smaller than another."""
    return Call("LT", (left, as_expr(right)))


def at_least(left: Expr, right: Expr | float) -> Expr:
    """Return whether one number is not smaller than another."""
    return Call("GE", (left, as_expr(right)))


def at_most(left: Expr, right: Expr | float) -> Expr:
    """Return whether one number is not larger than another."""
    return Call("LE", (left, as_expr(right)))


def equal(left: Expr, right: Expr | float) -> Expr:
    """Return whether two numbers are the same."""
    return Call("EQ", (left, as_expr(right)))


def within(left: Expr, right: Expr | float, allowed: Expr) -> Expr:
    """Return whether two numbers are no further apart than allowed."""
    return at_most(size(left - right), allowed)


def both(*conditions: Expr) -> Expr:
    """Return whether all conditions hold."""
    return Call("AND", conditions)


def choice(condition: Expr, yes: Expr | float, no: Expr | float) -> Expr:
    """Return one of two values, as a condition says."""
    return Call("IF", (condition, as_expr(yes), as_expr(no)))
