"""Expression trees: how a quantity is computed, stated once and used in every notation.

A tree is built with Python's operators (``a * (1 - a)``), which join neighbouring sums and
products into one node as a textbook writes them. `walk` goes through it, `evaluate` gives its
value. Trees are values: equal when they are written alike.
"""

from __future__ import annotations

from dataclasses import dataclass


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
        return Sum((*terms_of(self), *terms_of(as_expr(other))))

    def __radd__(self, other: float) -> Expr:
        return as_expr(other) + self

    def __sub__(self, other: Expr | float) -> Expr:
        return Sum((*terms_of(self), Negative(as_expr(other))))

    def __rsub__(self, other: float) -> Expr:
        return as_expr(other) - self

    def __mul__(self, other: Expr | float) -> Expr:
        return Product((*factors_of(self), *factors_of(as_expr(other))))

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


# Trees are walked all the time, and an attribute is found much sooner than a property is called.
Expr.children = ()  # type: ignore[method-assign, assignment]
for _kind, _field in ((Sum, "terms"), (Product, "factors"), (Call, "arguments")):
    setattr(_kind, "children", vars(_kind)[_field])  # noqa: B010 - the slot itself


def as_expr(value: Expr | float) -> Expr:
    """Return a tree as it is and a number as a `Number`."""
    return value if isinstance(value, Expr) else Number(float(value))


def total(terms: list[Expr]) -> Expr:
    """Return the sum of one or more terms; a single term stays alone."""
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def product(factors: list[Expr]) -> Expr:
    """Return the product of one or more factors, written side by side."""
    flat = tuple(part for factor in factors for part in factors_of(factor))
    return flat[0] if len(flat) == 1 else Product(flat)


def terms_of(expr: Expr) -> tuple[Expr, ...]:
    """Return the terms of a sum; of anything else, itself."""
    return expr.terms if isinstance(expr, Sum) else (expr,)


def factors_of(expr: Expr) -> tuple[Expr, ...]:
    """Return the factors of a product; of anything else, itself."""
    return expr.factors if isinstance(expr, Product) else (expr,)
