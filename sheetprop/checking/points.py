"""Random consistent points, at which two trees that mean the same have the same value.

A point is a short training run of the network from random inputs, targets, weights and a random
learning rate: every quantity of a handful of iterations, all of them right. A student's formula
is judged by its value at such points, so that factors in another order, SUMPRODUCT, or E_total
written out in full are the same as the textbook's tree, while a formula that is right only because
t1 happens to equal t2 in the student's data is not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.maths.expr import EXACT, Expr, Name, evaluate
from sheetprop.maths.network import LEARNING_RATE, Network

Array = NDArray[np.float64]

COUNT = 8
BACK, AHEAD = 6, 5
TOLERANCE = 1e-9
"""Relative difference up to which values are the same: rounding alone stays below 1e-12, and the
smallest real mistake seen, one neuron's slope for another's, is above 1e-4 at random weights."""

VECTOR: Mapping[str, Any] = {
    "EXP": np.exp,
    "LN": np.log,
    "LOG": lambda x, base=10.0: np.log(x) / np.log(base),
    "LOG10": np.log10,
    "TANH": np.tanh,
    "SQRT": np.sqrt,
    "ABS": np.abs,
    "SIGN": np.sign,
    "MAX": lambda *x: np.maximum.reduce(np.broadcast_arrays(*x)),
    "MIN": lambda *x: np.minimum.reduce(np.broadcast_arrays(*x)),
    "IF": np.where,
    "GT": np.greater,
    "LT": np.less,
    "GE": np.greater_equal,
    "LE": np.less_equal,
    "EQ": np.equal,
    "NE": np.not_equal,
}
"""Functions of NumPy arrays for `evaluate`."""


class Unreachable(Exception):  # noqa: N818 - a condition, not a mistake of ours
    """A tree mentions an iteration too far away, or a quantity that the network lacks."""


class Points:
    """`COUNT` random runs of a network: each quantity in iterations `-BACK` to `+AHEAD`."""

    def __init__(self, network: Network, seed: int = 20) -> None:
        self.network = network
        self._random = np.random.default_rng(seed)
        with np.errstate(all="ignore"):
            self._iterations = self._run()

    def value(self, name: Name) -> Array:
        """Return the values of a quantity, one for each run, shape (COUNT,)."""
        quantity = self.network.quantities.get(name.name)
        is_constant = name.name == LEARNING_RATE or (quantity and quantity.tree is None)
        index = BACK if is_constant else BACK + name.shift
        if not 0 <= index < len(self._iterations) or name.name not in self._iterations[index]:
            raise Unreachable(name.name)
        values: Array = self._iterations[index][name.name]
        return values

    def evaluate(self, expr: Expr) -> Array:
        """Return a tree's values; not finite where it has none.

        Raises:
            Unreachable: it mentions what is not known at the points.

        """
        with np.errstate(all="ignore"):
            try:
                return np.broadcast_to(np.asarray(evaluate(expr, self.value, VECTOR)), (COUNT,))
            except (ArithmeticError, TypeError, KeyError) as error:
                raise Unreachable(str(error)) from error

    def first_value(self, expr: Expr) -> float:
        """Return a tree's value at the first point alone, nan where it has none.

        Ten times quicker than `evaluate`: enough to rule out most trees.
        """
        try:
            value = evaluate(expr, self._first, EXACT)
        except (ArithmeticError, ValueError, TypeError, KeyError):
            return math.nan
        return float(value) if isinstance(value, int | float) else math.nan

    @cached_property
    def _firsts(self) -> dict[Name, float]:
        return {
            Name(name, index - BACK): float(values[0])
            for index, iteration in enumerate(self._iterations)
            for name, values in iteration.items()
        }

    def _first(self, name: Name) -> float:
        return self._firsts[name]

    def same(self, left: Expr, right: Expr) -> bool:
        """Whether two trees have the same values at all points."""
        try:
            return same_values(self.evaluate(left), self.evaluate(right))
        except Unreachable:
            return False

    def _run(self) -> list[Mapping[str, Array]]:
        current = self._start()
        iterations = [current]
        while len(iterations) < BACK + AHEAD + 1:
            current = self._iteration(iterations[-1])
            iterations.append(current)
        return iterations

    def _start(self) -> Mapping[str, Array]:
        given = {
            name: self._draw(quantity.kind)
            for name, quantity in self.network.quantities.items()
            if quantity.is_given_first
        }
        rates = self._random.uniform(*self._rate_limits(), COUNT)
        return self._computed(given | {LEARNING_RATE: rates}, {})

    def _rate_limits(self) -> tuple[float, float]:
        """Return rates with which the runs stay finite, without bounded activations too."""
        shape = self.network.architecture
        is_bounded = {shape.hidden_activation, shape.output_activation} <= {"sigmoid", "tanh"}
        return (0.3, 1.5) if is_bounded else (0.02, 0.1)

    def _draw(self, kind: str) -> Array:
        if kind in ("input", "target"):
            return self._random.uniform(0.15, 0.9, COUNT)
        # Weights away from zero, of both signs, and small enough not to saturate.
        signs = self._random.choice([-1.0, 1.0], COUNT)
        return np.asarray(self._random.uniform(0.2, 1.2, COUNT) * signs)

    def _iteration(self, before: Mapping[str, Array]) -> Mapping[str, Array]:
        kept = {
            name: before[name]
            for name, quantity in self.network.quantities.items()
            if quantity.tree is None
        }
        return self._computed(kept | {LEARNING_RATE: before[LEARNING_RATE]}, before)

    def _computed(
        self, known: dict[str, Array], before: Mapping[str, Array]
    ) -> Mapping[str, Array]:
        for name in self.network.order:
            tree = self.network.quantities[name].tree
            if name not in known and tree is not None:
                known[name] = np.asarray(
                    evaluate(tree, lambda n: (before if n.shift else known)[n.name], VECTOR)
                )
        return known


def same_values(left: Array, right: Array) -> bool:
    """Whether two arrays agree to `TOLERANCE` everywhere and are finite."""
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        return False
    scale = np.maximum(np.abs(left), np.abs(right))
    return bool((np.abs(left - right) <= TOLERANCE * scale + 1e-300).all())
