"""Expression trees: how a quantity is computed, stated once and used in every notation.

A tree is built with Python's operators (``a * (1 - a)``), which join neighbouring sums and
products into one node as a textbook writes them, evaluated with `evaluate`, and rewritten with
`walk`, `replace_at` and `substitute`. Trees are values: equal when they are written alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add, is_, mul
from typing import Any

Path = tuple[int, ...]
Functions = Mapping[str, Callable[..., Any]]


class Expr:
    """A node of a tree; `children` are the nodes below it, left to right."""

    __slots__ = ()

    @property
    def children(self) -> tuple[Expr, ...]:
        return ()

    def with_children(self, children: tuple[Expr, ...]) -> Expr:
        """Return the same kind of node above other nodes."""
        del children
        return self

    def __add__(self, other: Expr | float) -> Expr:
        return Sum((*_terms(self), *_terms(as_expr(other))))

    def __radd__(self, other: float) -> Expr:
        return as_expr(other) + self

    def __sub__(self, other: Expr | float) -> Expr:
        return Sum((*_terms(self), Negative(as_expr(other))))

    def __rsub__(self, other: float) -> Expr:
        return as_expr(other) - self

    def __mul__(self, other: Expr | float) -> Expr:
        return Product((*_factors(self), *_factors(as_expr(other))))

    def __rmul__(self, other: float) -> Expr:
        return as_expr(other) * self

    def __truediv__(self, other: Expr | float) -> Expr:
        return Quotient(self, as_expr(other))

    def __rtruediv__(self, other: float) -> Expr:
        return Quotient(as_expr(other), self)

    def __pow__(self, other: Expr | float) -> Expr:
        return Power(self, as_expr(other))

    def __neg__(self) -> Expr:
        return Negative(self)


@dataclass(frozen=True, slots=True)
class Number(Expr):
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Name(Expr):
    """A quantity by its name; `shift` is 0 in this iteration, -1 in the one before."""

    name: str
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Negative(Expr):
    """Minus one operand; as a term of a sum it is a subtraction."""

    operand: Expr

    @property
    def children(self) -> tuple[Expr, ...]:
        return (self.operand,)

    def with_children(self, children: tuple[Expr, ...]) -> Expr:
        return Negative(*children)


@dataclass(frozen=True, slots=True)
class Sum(Expr):
    """Terms added from left to right."""

    terms: tuple[Expr, ...]

    @property
    def children(self) -> tuple[Expr, ...]:
        return self.terms

    def with_children(self, children: tuple[Expr, ...]) -> Expr:
        return Sum(children)


@dataclass(frozen=True, slots=True)
class Product(Expr):
    """Factors multiplied from left to right."""

    factors: tuple[Expr, ...]

    @property
    def children(self) -> tuple[Expr, ...]:
        return self.factors

    def with_children(self, children: tuple[Expr, ...]) -> Expr:
        return Product(children)


@dataclass(frozen=True, slots=True)
class Quotient(Expr):
    """Numerator over denominator."""

    numerator: Expr
    denominator: Expr

    @property
    def children(self) -> tuple[Expr, ...]:
        return (self.numerator, self.denominator)

    def with_children(self, children: tuple[Expr, ...]) -> Expr:
        return Quotient(*children)


@dataclass(frozen=True, slots=True)
class Power(Expr):
    """Base to the power of an exponent."""

    base: Expr
    exponent: Expr

    @property
    def children(self) -> tuple[Expr, ...]:
        return (self.base, self.exponent)

    def with_children(self, children: tuple[Expr, ...]) -> Expr:
        return Power(*children)


@dataclass(frozen=True, slots=True)
class Call(Expr):
    """A function, named in capitals, of its arguments."""

    function: str
    arguments: tuple[Expr, ...]

    @property
    def children(self) -> tuple[Expr, ...]:
        return self.arguments

    def with_children(self, children: tuple[Expr, ...]) -> Expr:
        return Call(self.function, children)


def as_expr(value: Expr | float) -> Expr:
    """Return a tree as it is and a number as a `Number`."""
    return value if isinstance(value, Expr) else Number(float(value))


def total(terms: list[Expr]) -> Expr:
    """Return the sum of one or more terms; a single term stays alone."""
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def product(factors: list[Expr]) -> Expr:
    """Return the product of one or more factors, written side by side."""
    flat = tuple(part for factor in factors for part in _factors(factor))
    return flat[0] if len(flat) == 1 else Product(flat)


def _terms(expr: Expr) -> tuple[Expr, ...]:
    return expr.terms if isinstance(expr, Sum) else (expr,)


def _factors(expr: Expr) -> tuple[Expr, ...]:
    return expr.factors if isinstance(expr, Product) else (expr,)


def walk(expr: Expr, path: Path = ()) -> Iterator[tuple[Path, Expr]]:
    """Yield every node with the path that leads to it, the root (with an empty path) first."""
    ahead = [(path, expr)]  # a stack takes half the time of generators in generators
    while ahead:
        path, expr = found = ahead.pop()
        yield found
        below = [((*path, index), child) for index, child in enumerate(expr.children)]
        ahead += reversed(below)


def nodes(expr: Expr) -> list[Expr]:
    """Return every node, the root first: `walk` without the paths."""
    found = [expr]
    for node in found:
        found += node.children
    return found


def names(expr: Expr) -> frozenset[Name]:
    """Return the quantities a tree mentions."""
    return frozenset([node for node in nodes(expr) if type(node) is Name])


def replace_at(expr: Expr, path: Path, new: Expr) -> Expr:
    """Return the tree with the node at `path` replaced."""
    if not path:
        return new
    children = list(expr.children)
    children[path[0]] = replace_at(children[path[0]], path[1:], new)
    return expr.with_children(tuple(children))


def substitute(expr: Expr, replacement: Callable[[Expr], Expr | None]) -> Expr:
    """Return the tree with leaves replaced; `replacement` returns None for those that stay."""
    children = expr.children
    if not children:
        new = replacement(expr)
        return expr if new is None else new
    changed = tuple([substitute(child, replacement) for child in children])
    is_same = all(map(is_, changed, children))
    return expr if is_same else expr.with_children(changed)


EXACT: Functions = {
    "EXP": math.exp,
    "LN": math.log,
    "TANH": math.tanh,
    "SQRT": math.sqrt,
    "ABS": abs,
    "PI": lambda: math.pi,
    "MAX": max,
    "IF": lambda condition, yes, no: yes if condition else no,
    "GT": lambda left, right: left > right,
}
"""Functions of single numbers, rounded as a spreadsheet rounds them."""


def evaluate(expr: Expr, value_of: Callable[[Name], Any], functions: Functions = EXACT) -> Any:
    """Return the value of a tree; `value_of` gives each name's.

    With `EXACT` the values are floats. Any other table may be used as long as its functions and
    the values go together, such as NumPy arrays.

    Raises:
        KeyError: a function is not in `functions`, or what `value_of` raises.
        ArithmeticError: a division by zero, an overflow.

    """
    kind = type(expr)  # comparing types takes a fifth of the time of matching patterns
    if kind is Name:
        return value_of(expr)  # type: ignore[arg-type]
    if kind is Number:
        return expr.value  # type: ignore[attr-defined]
    values = [evaluate(child, value_of, functions) for child in expr.children]
    if kind is Product:
        return reduce(mul, values)
    if kind is Sum:
        return reduce(add, values)
    if kind is Negative:
        return -values[0]
    if kind is Call:
        return functions[expr.function](*values)  # type: ignore[attr-defined]
    if kind is Quotient:
        return values[0] / values[1]
    if kind is Power:
        return values[0] ** values[1]
    raise TypeError(f"not an expression: {expr!r}")


def flatten(expr: Expr) -> Expr:
    """Return the same tree with nested sums and products joined, as operators would build it.

    A product with a sign keeps it outside: ``-a*b`` is the negative of a product, as a term is.
    """
    match expr:
        case Sum():
            parts = [flatten(term) for term in expr.terms]
            return Sum(tuple(term for part in parts for term in _terms(part)))
        case Product():
            parts = [flatten(factor) for factor in expr.factors]
            return product(parts)
        case Negative(operand):
            inner = flatten(operand)
            return inner.operand if isinstance(inner, Negative) else Negative(inner)
    children = tuple(flatten(child) for child in expr.children)
    return expr.with_children(children) if children else expr


def folded(expr: Expr) -> Expr:
    """Return the same tree with what holds only numbers worked out: 1/10 is 0.1.

    A number with a sign stays as it is, since as a term it is subtracted.
    """
    children = tuple(folded(child) for child in expr.children)
    if not children:
        return expr
    expr = expr.with_children(children)
    is_constant = all(isinstance(child, Number) for child in children)
    if isinstance(expr, Negative) or not is_constant:
        return expr
    try:
        value = evaluate(expr, lambda name: name, EXACT)
    except (ArithmeticError, ValueError, KeyError, TypeError):
        return expr
    return Number(float(value)) if isinstance(value, int | float) else expr


def expanded(expr: Expr) -> Expr:
    """Return a product of a sum of products written out: (a·b + c·d)·e as a·b·e + c·d·e."""
    if not isinstance(expr, Product):
        return expr
    for index, factor in enumerate(expr.factors):
        if isinstance(factor, Sum) and all(isinstance(term, Product) for term in factor.terms):
            rest = [*expr.factors[:index], *expr.factors[index + 1 :]]
            return Sum(tuple(product([term, *rest]) for term in factor.terms))
    return expr
