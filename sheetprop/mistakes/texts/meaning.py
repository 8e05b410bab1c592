"""Derivatives by value: ∂E_total/∂w1 at one random point, along all paths of the network.

Numbers that carry their slope (dual numbers) run through the forward pass, so that every symbol
∂X/∂Y that a text may write has a value, whether the network states it as a quantity or not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.evaluate import EXACT, evaluate
from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.notation.text_parse import Derivative
from sheetprop.spec import Architecture
from sheetprop.tables.points import points_of

FREE = {"x": 0.37, "y": -0.81, "z": 1.43}
"""Letters that stand for any number: σ(x) = 1/(1+exp(-x))."""

FORWARD = ("sum", "activation", "error", "total error")


class NoValueError(Exception):
    """A tree mentions what has no value or no slope."""


@dataclass(slots=True)
class Dual:
    """A number and its slope by one quantity."""

    value: float
    slope: float = 0.0

    def __add__(self, other: Dual | float) -> Dual:
        right = dual(other)
        return Dual(self.value + right.value, self.slope + right.slope)

    __radd__ = __add__

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope)

    def __mul__(self, other: Dual | float) -> Dual:
        right = dual(other)
        slope = self.slope * right.value + self.value * right.slope
        return Dual(self.value * right.value, slope)

    __rmul__ = __mul__

    def __truediv__(self, other: Dual | float) -> Dual:
        return self * dual(other) ** -1.0

    def __rtruediv__(self, other: float) -> Dual:
        return dual(other) * self**-1.0

    def __pow__(self, exponent: Dual | float) -> Dual:
        if isinstance(exponent, Dual):
            if exponent.slope:
                raise NoValueError("an exponent that varies")
            exponent = exponent.value
        slope = exponent * self.value ** (exponent - 1) * self.slope
        return Dual(self.value**exponent, slope)

    def __abs__(self) -> Dual:
        return Dual(abs(self.value), math.copysign(1.0, self.value) * self.slope)

    def __gt__(self, other: Dual | float) -> bool:
        return self.value > dual(other).value


def dual(number: Dual | float) -> Dual:
    """Return a number as one that carries a slope."""
    return number if isinstance(number, Dual) else Dual(float(number))


def _exp(x: Dual | float) -> Dual:
    value = math.exp(dual(x).value)
    return Dual(value, value * dual(x).slope)


def _ln(x: Dual | float) -> Dual:
    return Dual(math.log(dual(x).value), dual(x).slope / dual(x).value)


def _tanh(x: Dual | float) -> Dual:
    value = math.tanh(dual(x).value)
    return Dual(value, (1 - value * value) * dual(x).slope)


def _sigmoid(x: Dual | float) -> Dual:
    value = 1 / (1 + math.exp(-dual(x).value))
    return Dual(value, value * (1 - value) * dual(x).slope)


DUAL: Mapping[str, Callable[..., Any]] = {
    **EXACT,
    "EXP": _exp,
    "LN": _ln,
    "TANH": _tanh,
    "SQRT": lambda x: x**0.5,
    "SIGMOID": _sigmoid,
}

PLAIN: Mapping[str, Callable[..., Any]] = {**EXACT, "SIGMOID": lambda x: 1 / (1 + math.exp(-x))}


@contextmanager
def _no_value() -> Iterator[None]:
    try:
        yield
    except (KeyError, ArithmeticError, ValueError, TypeError) as error:
        raise NoValueError(str(error)) from error


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise NoValueError("no number")
    return number


class Meaning:
    """The value of every symbol a text may write, at one random point of a network."""

    def __init__(self, architecture: Architecture) -> None:
        self.points = points_of(architecture)
        self.network = self.points.network
        names = (*self.network.quantities, LEARNING_RATE)
        self.values = {n: self.points.value(Name(n))[0] for n in names} | FREE
        self._slopes: dict[tuple[str, str], float] = {}

    def value(self, tree: Expr) -> float:
        """Return the value of a tree with derivatives.

        Raises:
            NoValueError: it has none here.

        """
        with _no_value():
            plain = self.without_derivatives(tree)
            result = float(evaluate(plain, lambda name: self.values[name.name], PLAIN))
        return _finite(result)

    def slope(self, tree: Expr, by: str) -> float:
        """Return the slope of a tree by a quantity, along all paths.

        Raises:
            NoValueError: it has none here.

        """
        with _no_value():
            if by not in self.values:
                raise KeyError(by)
            if isinstance(tree, Name):
                return _finite(self._slope_of(tree.name, by))
            return _finite(self._by_chain_rule(self.without_derivatives(tree), by))

    def without_derivatives(self, tree: Expr) -> Expr:
        """Return a tree with the derivatives in it as numbers."""
        if isinstance(tree, Derivative):
            return Number(self.slope(tree.of, tree.by.name))
        children = tree.children
        if not children:
            return tree
        changed = tuple(self.without_derivatives(child) for child in children)
        return tree if changed == children else tree.with_children(changed)

    def _slope_of(self, name: str, by: str) -> float:
        if (name, by) not in self._slopes:
            quantity = self.network.quantities.get(name)
            is_computed = quantity is not None and quantity.kind in FORWARD
            if name == by:
                slope = 1.0
            elif quantity is None or quantity.tree is None or not is_computed:
                slope = 0.0 * self.values[name]
            else:
                slope = self._by_chain_rule(quantity.tree, by)
            self._slopes[name, by] = slope
        return self._slopes[name, by]

    def _by_chain_rule(self, tree: Expr, by: str) -> float:
        def seeded(name: Name) -> Dual:
            return Dual(self.values[name.name], self._slope_of(name.name, by))

        return dual(evaluate(tree, seeded, DUAL)).slope

    @property
    def is_sigmoid(self) -> bool:
        """Whether σ can mean nothing but the sigmoid: every activation of the network is one."""
        shape = self.network.architecture
        return {shape.hidden_activation, shape.output_activation} == {"sigmoid"}


@lru_cache(maxsize=16)
def meaning_of(architecture: Architecture) -> Meaning:
    """Return the meaning of the symbols of an architecture, made once."""
    return Meaning(architecture)


def sigmoid_written_out(tree: Expr) -> Expr:
    """Return a tree with σ as the formula it stands for."""
    children = tuple(sigmoid_written_out(child) for child in tree.children)
    tree = tree.with_children(children) if children else tree
    if isinstance(tree, Call) and tree.function == "SIGMOID":
        return ACTIVATIONS["sigmoid"].value(tree.arguments[0])
    return tree
