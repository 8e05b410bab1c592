"""Random tables of a lesson, all of them right, at which trees that mean the same are the same."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from operator import add, mul, truediv
from typing import Any

from sheetprop.maths.quantity import Lesson
from sheetprop.maths.trees.evaluate import EXACT, NOTHING_KNOWN, evaluate
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
from sheetprop.maths.trees.walk import nodes

Values = tuple[float, ...]
"""One value for each run. Plain numbers: on so few of them NumPy takes longer."""

COUNT = 8
MOST_KEPT = 2000
"""Trees whose values are kept: the same few are compared with many others."""

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
    "INT": math.floor,
    "ROUND": lambda x: math.floor(x + 0.5),
    "CEILING": math.ceil,
    "MOD": lambda number, by: number - by * math.floor(number / by),
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
    """A tree mentions a row too far away, or a quantity that the lesson lacks."""


class ConsistentPoints(ABC):
    """`COUNT` random tables of a lesson: each quantity in rows `-back` to `+ahead`, all right."""

    def __init__(self, lesson: Lesson, back: int) -> None:
        self.lesson = lesson
        self._back = back
        self._runs: list[list[Mapping[str, float]]] = []
        self._columns: dict[Name, Values] = {}
        self._known: dict[int, tuple[Expr, Values]] = {}

    @abstractmethod
    def _run(self) -> list[Mapping[str, float]]:
        """Return one random table: the values of all quantities, row by row."""

    def _rows(self, run: int) -> list[Mapping[str, float]]:
        """Return one of the random tables; each is drawn when it is needed, those before it first.

        Of a lesson that most formulas contradict, the first one is all that is needed.
        """
        while len(self._runs) <= run:
            self._runs.append(self._run())
        return self._runs[run]

    @abstractmethod
    def _is_constant(self, name: str) -> bool:
        """Whether a quantity is given once for all, so that any row's value is this one's."""

    def value(self, name: Name) -> Values:
        """Return the values of a quantity, one for each run."""
        found = self._columns.get(name)
        if found is None:
            found = tuple(self._value(run, name) for run in range(COUNT))
            if len(self._columns) < MOST_KEPT:
                self._columns[name] = found
        return found

    def _value(self, run: int, name: Name) -> float:
        index = self._back if self._is_constant(name.name) else self._back + name.shift
        rows = self._rows(run)
        if not 0 <= index < len(rows) or name.name not in rows[index]:
            raise Unreachable(name.name)
        return rows[index][name.name]

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

    def first_value(self, expr: Expr, known: Mapping[int, Any] = NOTHING_KNOWN) -> float:
        """Return a tree's value at the first point alone, nan where it has none.

        Enough to rule out most trees. `known` are the `parts` of a tree that it was made from.
        """
        try:
            return self._evaluate(expr, 0, known)
        except Unreachable:
            return math.nan

    def parts(self, expr: Expr) -> Mapping[int, Any]:
        """Return the values at the first point of what a tree consists of, while it is kept.

        Trees made from it by one change hold most of its nodes, which need no second look.
        """
        known: dict[int, Any] = {}
        for node in reversed(nodes(expr)):  # what is below comes first
            if node.children:
                value = self.first_value(node, known)
                if math.isfinite(value):
                    known[id(node)] = value
        return known

    def _evaluate(self, expr: Expr, run: int, known: Mapping[int, Any] = NOTHING_KNOWN) -> float:
        now = self._rows(run)[self._back]

        def value_of(name: Name) -> float:
            return self._value(run, name) if name.shift else now[name.name]

        try:
            return float(evaluate(expr, value_of, FUNCTIONS, known))
        except FAILURES:
            return math.nan
        except (TypeError, KeyError) as error:
            raise Unreachable(str(error)) from error

    def same(self, left: Expr, right: Expr) -> bool:
        """Whether two trees have the same values at all points."""
        if len(self._runs) < COUNT and not same_value(*map(self.first_value, (left, right))):
            return False
        try:
            return all(map(same_value, self.evaluate(left), self.evaluate(right)))
        except Unreachable:
            return False


def _together(expr: Expr, values_of: Callable[[Name], Values]) -> Sequence[Any]:
    """Return a tree's values at all points: for all at once takes little longer than for one."""
    kind = type(expr)
    if kind is Name:
        return values_of(expr)  # type: ignore[arg-type]
    if kind is Number:
        return (expr.value,) * COUNT  # type: ignore[attr-defined]
    parts = [
        values_of(child) if type(child) is Name else _together(child, values_of)
        for child in expr.children
    ]
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


def same_value(left: float, right: float) -> bool:
    """Whether two numbers agree to `TOLERANCE` and are finite."""
    scale = max(abs(left), abs(right))
    # Not finite: the difference, or its limit, is no number or the limit is infinite.
    return scale < math.inf and abs(left - right) <= TOLERANCE * scale + 1e-300
