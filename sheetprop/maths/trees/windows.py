"""Arrays in trees: a leaf for a window of an array, and what the functions of windows come to.

A window is named by its array and by where it begins, how far it goes, and in which steps, axis by
axis; what lies outside of the array is padding, and 0. Functions of windows are SUM, AVERAGE, MAX
and SUMPRODUCT, each with its slope declared beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product as every
from math import exp, prod, sqrt

from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

Index = tuple[int, ...]
Arrays = Mapping[str, Mapping[Index, float]]
"""The numbers of each array by their indices; one that is not there is padding."""


@dataclass(frozen=True, slots=True)
class Window(Expr):
    """Elements of an array: along each axis `count` of them from `first` on, in steps of `step`."""

    array: str
    first: Index
    count: Index
    step: Index

    @property
    def indices(self) -> Iterator[Index]:
        """Return the index of each element, the last axis fastest."""
        axes = zip(self.first, self.count, self.step, strict=True)
        return every(*(range(a, a + n * by, by) for a, n, by in axes))

    @property
    def size(self) -> int:
        """Return how many elements it has."""
        return prod(self.count)

    @property
    def is_close(self) -> bool:
        """Whether its elements lie side by side, so that they are a range of cells."""
        pairs = zip(self.count, self.step, strict=True)
        return all(by == 1 or count == 1 for count, by in pairs)


def element(array: str, *index: int) -> Window:
    """Return the leaf of one element."""
    ones = (1,) * len(index)
    return Window(array, index, ones, ones)


def window(array: str, first: Sequence[int], count: Sequence[int], step: int = 1) -> Window:
    """Return the leaf of elements whose steps are alike along all axes."""
    return Window(array, tuple(first), tuple(count), (step,) * len(first))


def dot(one: Window, other: Window) -> Expr:
    """Return the sum of the products of two windows' elements, in their order.

    Windows of cells that lie side by side are one SUMPRODUCT; others are written out.
    """
    if one.size > 1 and one.is_close and other.is_close:
        return Call("SUMPRODUCT", (one, other))
    pairs = zip(one.indices, other.indices, strict=True)
    terms = tuple(element(one.array, *a) * element(other.array, *b) for a, b in pairs)
    return terms[0] if len(terms) == 1 else Sum(terms)


Numbers = Sequence[float]

FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "SUM": sum,
    "AVERAGE": lambda a: sum(a) / len(a),
    "MAX": max,
    "SUMPRODUCT": lambda *both: sum(map(prod, zip(*both, strict=True))),
}
"""What each function of windows makes of their elements."""

SINGLE: Mapping[str, Callable[..., float]] = {
    "SQRT": sqrt,
    "EXP": exp,
    "EQ": lambda a, b: float(a == b),
    "GT": lambda a, b: float(a > b),
}
"""Functions of single numbers."""

SLOPES: Mapping[str, Callable[..., list[float]]] = {
    "SUM": lambda a: [1.0] * len(a),
    "AVERAGE": lambda a: [1 / len(a)] * len(a),
    "MAX": lambda a: [float(x == max(a)) / list(a).count(max(a)) for x in a],
    "SUMPRODUCT": lambda _, b: list(b),
}
"""How fast each grows with each element of its first window; equal largest ones share."""


Values = float | list[float]
"""A number, or those of a window in their order: with a number, each of them is calculated."""


def value(tree: Expr, arrays: Arrays) -> float:
    """Return the value of a tree over arrays that is one number.

    Raises:
        TypeError: a node is none that trees over arrays have, or several numbers come out.

    """
    found = _values(tree, arrays)
    if isinstance(found, list):
        raise TypeError(f"{len(found)} numbers come out of {tree!r}")
    return found


def _values(tree: Expr, arrays: Arrays) -> Values:
    match tree:
        case Number(found):
            return found
        case Window(array, first):
            is_one = tree.size == 1
            return arrays[array].get(first, 0.0) if is_one else elements(tree, arrays)
        case Call(function, arguments):
            return _call(function, arguments, arrays)
    own = [_values(child, arrays) for child in tree.children]
    return _each(_operation(tree), own)


def _operation(tree: Expr) -> Callable[[Sequence[float]], float]:
    match tree:
        case Sum():
            return sum
        case Product():
            return prod
        case Quotient():
            return lambda both: both[0] / both[1]
        case Power():
            return lambda both: float(both[0] ** both[1])
        case Negative():
            return lambda one: -one[0]
    raise TypeError(f"no tree over arrays has {tree!r}")


def _each(operation: Callable[[Sequence[float]], float], own: Sequence[Values]) -> Values:
    """Return what an operation makes of numbers, element by element where there are several."""
    counts = {len(one) for one in own if isinstance(one, list)}
    if not counts:
        return operation([one for one in own if not isinstance(one, list)])
    (count,) = counts
    columns = [one if isinstance(one, list) else [one] * count for one in own]
    return [operation(row) for row in zip(*columns, strict=True)]


def _call(function: str, arguments: tuple[Expr, ...], arrays: Arrays) -> float:
    if function == "IF":
        condition, then, otherwise = arguments
        return value(then if value(condition, arrays) else otherwise, arrays)
    if function in SINGLE:
        return SINGLE[function](*(value(one, arrays) for one in arguments))
    own = [_values(one, arrays) for one in arguments]
    if function == "COUNTIF":
        return float(_listed(own[0]).count(_listed(own[1])[0]))
    if function in ("SUM", "AVERAGE", "MAX"):
        return FUNCTIONS[function]([number for one in own for number in _listed(one)])
    return FUNCTIONS[function](*map(_listed, own))


def _listed(own: Values) -> list[float]:
    return own if isinstance(own, list) else [own]


def elements(own: Expr, arrays: Arrays) -> list[float]:
    """Return the numbers of a window in their order."""
    assert isinstance(own, Window)
    numbers = arrays[own.array]
    return [numbers.get(index, 0.0) for index in own.indices]
