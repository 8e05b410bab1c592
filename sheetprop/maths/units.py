"""Activations and error functions, each with its slope declared beside it.

Slopes are written the way a course writes them (``a*(1-a)``, in terms of the activation's own
value), because mechanically derived ones are unreadable; tests prove every one of them by central
differences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sheetprop.maths.expr import Call, Expr, Number


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation function: `value` of z, and `slope` ∂a/∂z from the pair (a, z)."""

    name: str
    symbol: str
    value: Callable[[Expr], Expr]
    slope: Callable[[Expr, Expr], Expr | None]


@dataclass(frozen=True, slots=True)
class Loss:
    """The error of one output: `value` and `slope` ∂E/∂a from (t, a, number of outputs)."""

    name: str
    value: Callable[[Expr, Expr, int], Expr]
    slope: Callable[[Expr, Expr, int], Expr]


def exp(x: Expr) -> Expr:
    """Return e to the power of x."""
    return Call("EXP", (x,))


def ln(x: Expr) -> Expr:
    """Return the natural logarithm of x."""
    return Call("LN", (x,))


def _step(z: Expr) -> Expr:
    return Call("IF", (Call("GT", (z, Number(0.0))), Number(1.0), Number(0.0)))


# A slope of None stands for the constant 1, a factor that nobody writes.
ACTIVATIONS: Mapping[str, Activation] = {
    unit.name: unit
    for unit in (
        Activation("sigmoid", "σ", lambda z: 1 / (1 + exp(-z)), lambda a, _: a * (1 - a)),
        Activation("tanh", "tanh", lambda z: Call("TANH", (z,)), lambda a, _: 1 - a**2),
        Activation("relu", "ReLU", lambda z: Call("MAX", (Number(0.0), z)), lambda _, z: _step(z)),
        Activation("identity", "id", lambda z: z, lambda _a, _z: None),
    )
}

LOSSES: Mapping[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss("half squared error", lambda t, a, _: 0.5 * (t - a) ** 2, lambda t, a, _: a - t),
        Loss("squared error", lambda t, a, _: (t - a) ** 2, lambda t, a, _: 2 * (a - t)),
        Loss(
            "mean squared error",
            lambda t, a, n: (t - a) ** 2 / n,
            lambda t, a, n: 2 * (a - t) / n,
        ),
        Loss(
            "cross-entropy",
            lambda t, a, _: -(t * ln(a) + (1 - t) * ln(1 - a)),
            lambda t, a, _: (a - t) / (a * (1 - a)),
        ),
    )
}
