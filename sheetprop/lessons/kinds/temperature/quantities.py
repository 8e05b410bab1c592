"""Softmax, cross-entropy and their gradients: every quantity one tree, by the number of its value.

The stable form takes the largest value off before the exponential, and the logarithm of a share
from the sum of exponentials, so that nothing is too large and no share of 0 is looked up. ``c`` is
added to every value and changes no share; ``T`` is the temperature.
"""

from __future__ import annotations

from collections.abc import Callable

from sheetprop.maths.trees.expr import Call, Expr, Name, Negative, total
from sheetprop.maths.trees.functions import choice, equal, exp, ln

SCALED, PLAIN, LOWERED, POWER, SHARE = "u", "p", "d", "e", "a"
LOSS_TERM, UPSTREAM, FULL, SHORT = "l", "dL/da", "g", "dL/dz"
LARGEST, SUM, ALL, LOSS, ALL_TARGETS = "M", "S", "A", "L", "t"

_T = Name("T")


def _of(name: str, k: int) -> Name:
    return Name(f"{name}{k}")


def slope(i: int, j: int) -> str:
    """Return the name of the slope of share i by value j."""
    return f"da{i}/dz{j}"


def of_value(count: int) -> dict[str, Callable[[int], Expr]]:
    """Return the trees of what each value has, by the number of the value."""
    numbers = range(1, count + 1)
    plain = total([exp(_of(SCALED, k)) for k in numbers])
    return {
        SCALED: lambda k: (_of("z", k) + Name("c")) / _T,
        PLAIN: lambda k: exp(_of(SCALED, k)) / plain,
        LOWERED: lambda k: _of(SCALED, k) - Name(LARGEST),
        POWER: lambda k: exp(_of(LOWERED, k)),
        SHARE: lambda k: _of(POWER, k) / Name(SUM),
        LOSS_TERM: lambda k: Negative(_of("t", k) * (_of(LOWERED, k) - ln(Name(SUM)))),
        UPSTREAM: lambda k: choice(equal(_of("t", k), 0), 0, Negative(_of("t", k) / _of(SHARE, k))),
        FULL: lambda j: total([_of(UPSTREAM, i) * Name(slope(i, j)) for i in numbers]),
        SHORT: lambda k: (_of(SHARE, k) - _of("t", k)) / _T,
    }


def of_slope(i: int, j: int) -> Expr:
    """Return the tree of the slope of share i by value j."""
    if i == j:
        return _of(SHARE, i) * (1 - _of(SHARE, i)) / _T
    return Negative(_of(SHARE, i) * _of(SHARE, j) / _T)


def of_all(count: int) -> dict[str, Expr]:
    """Return the trees of what there is once: largest, sums and loss."""
    numbers = range(1, count + 1)

    def added(name: str) -> Expr:
        return total([_of(name, k) for k in numbers])

    return {
        LARGEST: Call("MAX", tuple(_of(SCALED, k) for k in numbers)),
        SUM: added(POWER),
        ALL: added(SHARE),
        LOSS: added(LOSS_TERM),
        ALL_TARGETS: added("t"),
    }
