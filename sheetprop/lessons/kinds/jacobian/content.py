"""What a template says of Jacobian matrices: functions of functions, and a change of variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.gates.content import expression, inputs
from sheetprop.lessons.kinds.jacobian.derivative import FUNCTIONS, derivative
from sheetprop.maths.trees.evaluate import EXACT, evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.validate import Problem, Reader, number, shown, text

MOST = 4
"""Inputs, or functions of one kind."""


@dataclass(frozen=True, slots=True)
class Functions:
    """Functions of `inputs` (name → value), as they are written and as trees."""

    inputs: Mapping[str, float]
    written: tuple[str, ...]
    trees: tuple[Expr, ...]

    def slopes(self) -> tuple[tuple[Expr, ...], ...]:
        """Return the matrix of partial derivatives: a row for each function."""
        return tuple(tuple(derivative(tree, name) for name in self.inputs) for tree in self.trees)


@dataclass(frozen=True, slots=True)
class Jacobian:
    """Outer functions of inner ones, and a change of two variables with a square's side."""

    inner: Functions
    outer: Functions
    change: Functions
    side: float


def few_inputs(value: object) -> dict[str, float]:
    """Return 1 to 4 inputs with their values."""
    found = inputs(value)
    if len(found) > MOST:
        raise Problem(f"must have at most {MOST} inputs")
    if reserved := [name for name in found if name[0] in "uf" and name[1:].isdigit()]:
        raise Problem(f"must not call an input {reserved[0]}: a function is called so")
    return found


def written(value: object) -> tuple[str, ...]:
    """Return 1 to 4 expressions as texts."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST:
        raise Problem(f"must be a list of 1 to {MOST} expressions in [ ], not {shown(value)}")
    return tuple(text(one) for one in value)


def side(value: object) -> float:
    """Return a number greater than 0."""
    found = number(value)
    if found <= 0:
        raise Problem(f"must be greater than 0, not {shown(value)}")
    return found


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "jacobian": {"inputs": few_inputs, "inner": written, "outer": written},
    "change": {"inputs": few_inputs, "functions": written, "side": side},
}
REQUIRED = tuple(f"{section}.{key}" for section, keys in SECTIONS.items() for key in keys)
_FUNCTIONS: Mapping[str, Callable[..., Any]] = EXACT


def read(source: str, values: Mapping[str, Any]) -> Jacobian:
    """Return what a template's values, by their full keys, say.

    Raises:
        SpecError: an expression cannot be read, has no value or no slope, or the change is not one
            of two variables.

    """
    inner = _functions(source, "jacobian.inner", values["jacobian.inputs"], values)
    names = {f"u{k}": value for k, value in enumerate(_values(inner), 1)}
    outer = _functions(source, "jacobian.outer", names, values)
    change = _functions(source, "change.functions", values["change.inputs"], values)
    for key, count in (("inputs", len(change.inputs)), ("functions", len(change.trees))):
        if count != 2:
            raise SpecError(source, f"change.{key}", f"must be two, not {count}")
    return Jacobian(inner, outer, change, values["change.side"])


def _functions(
    source: str, key: str, own: Mapping[str, float], values: Mapping[str, Any]
) -> Functions:
    texts: tuple[str, ...] = values[key]
    trees = []
    for place, one in enumerate(texts, 1):
        try:
            tree = expression(one, own, FUNCTIONS)
        except Problem as problem:
            raise SpecError(source, key, f"number {place} of the list {problem}") from None
        trees.append(tree)
    found = Functions(own, texts, tuple(trees))
    try:
        _values(found)
        _values(Functions(own, texts, tuple(one for row in found.slopes() for one in row)))
    except (ArithmeticError, ValueError, TypeError):
        told = "has an expression without a value or a slope at its inputs"
        raise SpecError(source, key, told) from None
    return found


def _values(found: Functions) -> list[float]:
    return [value(tree, found.inputs) for tree in found.trees]


def value(tree: Expr, own: Mapping[str, float]) -> float:
    """Return the value of a tree at some inputs."""

    def of(name: Name) -> float:
        return own[name.name]

    return number(evaluate(tree, of, _FUNCTIONS))


def describe(found: Jacobian) -> str:
    """Return the functions."""
    return ", ".join((*found.inner.written, *found.outer.written, *found.change.written))
