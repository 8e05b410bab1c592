"""Every error function, with all that the rest asks of it in one entry.

Slopes are declared as a course writes them; tests prove each of them by central differences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sheetprop.maths.trees.expr import Call, Expr, total
from sheetprop.maths.trees.functions import at_least, choice, exp, ln, size, sqrt, within

CLOSE = 1e-6
"""How far, relatively, an answer may be from the right one."""


class Loss(NamedTuple):
    """The error of one output a with the target t, where there are n outputs.

    `value` is its tree from (t, a, n), `slope` that of ∂E/∂a. As with an activation, two more hold
    an answer to account without its formula: `tie` is a condition on (E, t, a, n), `moved` the
    error up to a constant, from (t, a, new, n), where `new` is the activation after a move, or with
    `takes_change` how far the sum moved. `outputs` are the activations it goes with, all if empty;
    with these, `delta` is ∂E/∂z from (t, a), shorter than the product of the two slopes. `shared`
    is what all outputs together add to their moved errors, from each one's (a, new).
    """

    name: str
    value: Callable[[Expr, Expr, int], Expr]
    slope: Callable[[Expr, Expr, int], Expr]
    tie: Callable[[Expr, Expr, Expr, int], Expr]
    moved: Callable[[Expr, Expr, Expr, int], Expr]
    outputs: tuple[str, ...] = ()
    takes_change: bool = False
    delta: Callable[[Expr, Expr], Expr] | None = None
    shared: Callable[[Sequence[tuple[Expr, Expr]]], Expr] | None = None

    @property
    def key(self) -> str:
        """Its name as part of the key of a text, ``cross_entropy``."""
        return re.sub(r"\W", "_", self.name)


def _is_square(times_error: Expr, t: Expr, a: Expr) -> Expr:
    """Hold that an error by a number is the square of the distance."""
    distance = size(t - a)
    near = within(sqrt(times_error), distance, CLOSE * distance + 1e-12)
    return choice(at_least(times_error, 0), near, 0)


def _half_square(t: Expr, a: Expr) -> Expr:
    """Return half the square of the distance, without the formula of an error."""
    return Call("DEVSQ", (t, a))


def _is_likelihood(error: Expr, t: Expr, a: Expr, _n: int) -> Expr:
    likelihood = a**t * (1 - a) ** (1 - t)
    return within(exp(-error) / likelihood, 1, 1e-9 + CLOSE * size(error))


def _moved_entropy(t: Expr, a: Expr, d: Expr, _n: int) -> Expr:
    """Return the change of the error from a sigmoid's value and how far its sum moved."""
    return ln(1 - a + a * exp(d)) - t * d


HALF_SQUARED = Loss(
    name="half squared error",
    value=lambda t, a, _: 0.5 * (t - a) ** 2,
    slope=lambda t, a, _: a - t,
    tie=lambda e, t, a, _: _is_square(2 * e, t, a),
    moved=lambda t, _a, new, _n: _half_square(t, new),
)
SQUARED = Loss(
    name="squared error",
    value=lambda t, a, _: (t - a) ** 2,
    slope=lambda t, a, _: 2 * (a - t),
    tie=lambda e, t, a, _: _is_square(e, t, a),
    moved=lambda t, _a, new, _n: 2 * _half_square(t, new),
)
MEAN_SQUARED = Loss(
    name="mean squared error",
    value=lambda t, a, n: (t - a) ** 2 / n,
    slope=lambda t, a, n: 2 * (a - t) / n,
    tie=lambda e, t, a, n: _is_square(n * e, t, a),
    moved=lambda t, _a, new, n: 2 * _half_square(t, new) / n,
)
CROSS_ENTROPY = Loss(
    name="cross-entropy",
    value=lambda t, a, _: -(t * ln(a) + (1 - t) * ln(1 - a)),
    slope=lambda t, a, _: (a - t) / (a * (1 - a)),
    tie=_is_likelihood,
    moved=_moved_entropy,
    outputs=("sigmoid",),
    takes_change=True,
    delta=lambda t, a: a - t,
)
CATEGORICAL = Loss(
    name="categorical cross-entropy",
    value=lambda t, a, _: -(t * ln(a)),
    slope=lambda t, a, _: -(t / a),
    tie=lambda e, t, a, _: within(exp(-e) / a**t, 1, 1e-9 + CLOSE * size(e)),
    moved=lambda t, _a, d, _n: -(t * d),
    outputs=("softmax",),
    takes_change=True,
    delta=lambda t, a: a - t,  # where the targets of a sample add up to 1
    shared=lambda pairs: ln(total([a * exp(d) for a, d in pairs])),
)

LOSSES: Mapping[str, Loss] = {
    loss.name: loss for loss in (HALF_SQUARED, SQUARED, MEAN_SQUARED, CROSS_ENTROPY, CATEGORICAL)
}
"""All of them by their names; where several would fit, the first one does."""
