"""Random consistent points, at which two trees that mean the same have the same value.

A point is a short training run of the network from random inputs, targets, weights and a random
learning rate: every quantity of a handful of iterations, all of them right. A student's formula
is judged by its value at such points, so that factors in another order, SUMPRODUCT, or E_total
written out in full are the same as the textbook's tree, while a formula that is right only because
t1 happens to equal t2 in the student's data is not.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import add, mul, truediv
from typing import Any

from sheetprop.calculating.run_values import rows
from sheetprop.maths.activations import ACTIVATIONS, SOFTMAX
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.evaluate import EXACT, evaluate
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
from sheetprop.spec import Architecture
from sheetprop.workbooks.sheet import ExcelError

Values = tuple[float, ...]
"""One value for each run. Plain numbers: on so few of them NumPy takes longer."""

COUNT = 8
BACK, AHEAD = 6, 5
MOST_KEPT = 2000
"""Trees whose values are kept: the same few are compared with many others."""

OTHER_RATE = 0.13
"""By so much of itself the rate of the next row differs, where each row has one."""

TOLERANCE = 1e-9
"""Relative difference up to which values are the same: rounding alone stays below 1e-12, and the
smallest real mistake seen, one neuron's slope for another's, is above 1e-4 at random weights."""

MOST_EXPONENT = 709.78

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **EXACT,
    "EXP": lambda x: math.exp(x) if x < MOST_EXPONENT else math.inf,
    "LN": lambda x: math.log(x) if x > 0 else math.nan,
    "LOG": lambda x, base=10.0: math.log(x, base) if x > 0 else math.nan,
    "LOG10": lambda x: math.log10(x) if x > 0 else math.nan,
    "SQRT": lambda x: math.sqrt(x) if x >= 0 else math.nan,
    "ABS": abs,
    "SIGN": lambda x: float(x > 0) - float(x < 0),
    "MIN": min,
    "LT": lambda left, right: left < right,
    "GE": lambda left, right: left >= right,
    "LE": lambda left, right: left <= right,
    "EQ": lambda left, right: left == right,
    "NE": lambda left, right: left != right,
}
"""Functions of single numbers that never raise: of the branches of an IF only one counts."""

OPERATIONS: Mapping[type, Callable[[Any, Any], Any]] = {
    Product: mul,
    Sum: add,
    Quotient: truediv,
    Power: pow,
}
FAILURES = (ArithmeticError, ValueError)


class Unreachable(Exception):  # noqa: N818 - a condition, not a mistake of ours
    """A tree mentions an iteration too far away, or a quantity that the network lacks."""


class Points:
    """`COUNT` random runs of a network: each quantity in iterations `-BACK` to `+AHEAD`.

    `varying` are the given quantities that have other values in other iterations; the rest is given
    once for all, so that any iteration's value is this one's.
    """

    def __init__(
        self, network: Network, seed: int = 20, varying: frozenset[str] = frozenset()
    ) -> None:
        self.network = network
        self.varying = varying
        self._random = random.Random(seed)  # noqa: S311 - numbers to calculate with, no secrets
        self._runs = [self._run() for _ in range(COUNT)]
        self._columns: dict[Name, Values] = {}
        self._known: dict[int, tuple[Expr, Values]] = {}

    def value(self, name: Name) -> Values:
        """Return the values of a quantity, one for each run."""
        found = self._columns.get(name)
        if found is None:
            found = tuple(self._value(run, name) for run in range(COUNT))
            if len(self._columns) < MOST_KEPT:
                self._columns[name] = found
        return found

    def _value(self, run: int, name: Name) -> float:
        quantity = self.network.quantities.get(name.name)
        is_given = quantity is not None and quantity.tree is None
        is_constant = name.name == LEARNING_RATE or (is_given and name.name not in self.varying)
        index = BACK if is_constant else BACK + name.shift
        iterations = self._runs[run]
        if name.name == LEARNING_RATE and name.shift:  # of a line of rates, that of another row
            return iterations[index][LEARNING_RATE] * (1 + OTHER_RATE * name.shift)
        if not 0 <= index < len(iterations) or name.name not in iterations[index]:
            raise Unreachable(name.name)
        return iterations[index][name.name]

    def evaluate(self, expr: Expr) -> Values:
        """Return a tree's values; not finite where it has none.

        Raises:
            Unreachable: it mentions what is not known at the points.

        """
        known = self._known.get(id(expr))
        if known is not None:
            return known[1]
        try:
            found = tuple(map(float, _together(expr, self.value)))
        except FAILURES:  # somewhere: each by itself then
            found = tuple(self._evaluate(expr, run) for run in range(COUNT))
        except (TypeError, KeyError) as error:
            raise Unreachable(str(error)) from error
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        self._known[id(expr)] = expr, found  # kept with the tree, so that no other has its id
        return found

    def first_value(self, expr: Expr) -> float:
        """Return a tree's value at the first point alone, nan where it has none.

        Enough to rule out most trees.
        """
        try:
            return self._evaluate(expr, 0)
        except Unreachable:
            return math.nan

    def _evaluate(self, expr: Expr, run: int) -> float:
        now = self._runs[run][BACK]

        def value_of(name: Name) -> float:
            return self._value(run, name) if name.shift else now[name.name]

        try:
            return float(evaluate(expr, value_of, FUNCTIONS))
        except FAILURES:
            return math.nan
        except (TypeError, KeyError) as error:
            raise Unreachable(str(error)) from error

    def same(self, left: Expr, right: Expr) -> bool:
        """Whether two trees have the same values at all points."""
        try:
            return all(map(same_value, self.evaluate(left), self.evaluate(right)))
        except Unreachable:
            return False

    def _run(self) -> list[Mapping[str, float]]:
        quantities = self.network.quantities
        given = {name: self._draw(q.kind) for name, q in quantities.items() if q.is_given_first}
        if self.network.architecture.output_activation == SOFTMAX:
            given |= self._as_shares(given)
        rate = self._random.uniform(*self._rate_limits())
        count = BACK + AHEAD + 1
        kinds = {name: quantities[name].kind for name in sorted(self.varying)}
        turns = [self._drawn(kinds) for _ in range(count)] if kinds else []
        start = {**given, **(turns[0] if turns else {})}
        return [
            dict(zip(quantities, map(_number, row), strict=True)) | {LEARNING_RATE: rate}
            for row in rows(self.network, start, rate, count, turns)
        ]

    def _rate_limits(self) -> tuple[float, float]:
        """Return rates with which the runs stay finite, without bounded activations too."""
        names = self.network.architecture.activation_of_layers
        is_bounded = all(name == SOFTMAX or ACTIVATIONS[name].is_bounded for name in names)
        return (0.3, 1.5) if is_bounded else (0.02, 0.1)

    def _drawn(self, kinds: Mapping[str, str]) -> dict[str, float]:
        return {name: self._draw(kind) for name, kind in kinds.items()}

    def _as_shares(self, given: Mapping[str, float]) -> dict[str, float]:
        """Return the targets of each sample divided by their sum, as softmax needs them."""
        return {
            name: given[name] / sum(given[target] for target in one.targets)
            for one in self.network.passes
            for name in one.targets
        }

    def _draw(self, kind: str) -> float:
        if kind == "setting":
            return self._random.uniform(0.1, 0.6)
        if kind in ("input", "target"):
            return self._random.uniform(0.15, 0.9)
        # Weights away from zero, of both signs, and small enough not to saturate.
        return self._random.uniform(0.2, 1.2) * self._random.choice((-1.0, 1.0))


def _together(expr: Expr, values_of: Callable[[Name], Values]) -> Sequence[Any]:
    """Return a tree's values at all points: for all at once takes little longer than for one."""
    kind = type(expr)
    if kind is Name:
        return values_of(expr)  # type: ignore[arg-type]
    if kind is Number:
        return (expr.value,) * COUNT  # type: ignore[attr-defined]
    parts = [_together(child, values_of) for child in expr.children]
    if kind is Call:
        function = FUNCTIONS[expr.function]  # type: ignore[attr-defined]
        return (
            [function(*own) for own in zip(*parts, strict=True)] if parts else [function()] * COUNT
        )
    if kind is Negative:
        return [-value for value in parts[0]]
    operation = OPERATIONS.get(kind)
    if operation is None:
        raise TypeError(f"not an expression: {expr!r}")
    found = parts[0]
    for part in parts[1:]:
        found = list(map(operation, found, part))
    return found


def _number(value: float | ExcelError) -> float:
    """Return a quantity's value; the error value it has where a run diverges is no number."""
    return math.nan if isinstance(value, ExcelError) else value


@lru_cache(maxsize=64)
def points_of(architecture: Architecture, varying: frozenset[str] = frozenset()) -> Points:
    """Return the random points of an architecture, made once for what varies with iterations."""
    return Points(Network(architecture), varying=varying)


def same_value(left: float, right: float) -> bool:
    """Whether two numbers agree to `TOLERANCE` and are finite."""
    scale = max(abs(left), abs(right))
    # Not finite: the difference, or its limit, is no number or the limit is infinite.
    return scale < math.inf and abs(left - right) <= TOLERANCE * scale + 1e-300
