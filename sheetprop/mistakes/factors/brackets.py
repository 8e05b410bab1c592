"""A formula as it stands on a line: what is in brackets, and what it says without some of them.

`written` takes a tree apart into operands and signs as a spreadsheet would show it, with as few
brackets as can be; `read` puts such a line together again by precedence: minus sign, power,
product and quotient, sum, comparison. In between a pair of brackets can be dropped, which joins
what stood in them to the line around them, without a character being written or parsed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Power, Product, Quotient, Sum
from sheetprop.notation.excel_write import ADD, ATOM, COMPARE, COMPARISONS, MULTIPLY, POWER, number

MINUS = "neg"
"""The sign in front of an operand; ``-`` is the one between two."""


class Brackets(NamedTuple):
    """A line in brackets; `place` counts the pairs in the order in which they close."""

    line: Pieces
    place: int


class Function(NamedTuple):
    """A function, named in capitals, and the line of each argument."""

    name: str
    arguments: tuple[Pieces, ...]


Piece = str | Expr | Brackets | Function
Pieces = tuple[Piece, ...]


def written(tree: Expr) -> Pieces:
    """Return a tree as a line."""
    return _Writer().line(tree)[0]


class _Writer:
    """Writes trees as lines, counting the brackets."""

    def __init__(self) -> None:
        self.pairs = 0

    def line(self, tree: Expr) -> tuple[Pieces, int]:
        """Return a line and how tightly its outermost sign binds."""
        match tree:
            case Number(value) if value < 0:
                return (MINUS, Number(-value)), ADD
            case Negative(operand):
                return (MINUS, *self.within(operand, ATOM)), ADD
            case Sum(terms):
                return self.sum(terms), ADD
            case Product(factors):
                return self.product(factors), MULTIPLY
            case Quotient(above, below):
                line = self.within(above, MULTIPLY)
                return (*line, "/", *self.within(below, MULTIPLY + 1)), MULTIPLY
            case Power(base, exponent):
                return (*self.within(base, ATOM), "^", *self.within(exponent, ATOM)), POWER
            case Call(name, (left, right)) if name in COMPARISONS:
                return (*self.line(left)[0], name, *self.line(right)[0]), COMPARE
            case Call(name, arguments):
                return (Function(name, tuple(self.line(a)[0] for a in arguments)),), ATOM
        return (tree,), ATOM

    def within(self, tree: Expr, least: int) -> Pieces:
        """Return a line to stand among signs that bind as tightly, in brackets where it must."""
        line, binding = self.line(tree)
        if binding >= least:
            return line
        self.pairs += 1
        return (Brackets(line, self.pairs - 1),)

    def sum(self, terms: tuple[Expr, ...]) -> Pieces:
        line = self.within(terms[0], ADD)
        for term in terms[1:]:
            sign, part = ("-", term.operand) if isinstance(term, Negative) else ("+", term)
            line = (*line, sign, *self.within(part, MULTIPLY))
        return line

    def product(self, factors: tuple[Expr, ...]) -> Pieces:
        line = self.within(factors[0], MULTIPLY)
        for factor in factors[1:]:
            line = (*line, "*", *self.within(factor, MULTIPLY + 1))
        return line


def pairs(line: Pieces) -> Iterator[Brackets]:
    """Yield the brackets of a line in the order in which they close."""
    for piece in line:
        if isinstance(piece, Function):
            for argument in piece.arguments:
                yield from pairs(argument)
        elif isinstance(piece, Brackets):
            yield from pairs(piece.line)
            yield piece


def without(line: Pieces, places: Collection[int]) -> Pieces:
    """Return a line without some pairs of brackets."""
    found: list[Piece] = []
    for piece in line:
        if isinstance(piece, Brackets):
            inner = without(piece.line, places)
            found += inner if piece.place in places else (Brackets(inner, piece.place),)
        elif isinstance(piece, Function):
            arguments = tuple(without(argument, places) for argument in piece.arguments)
            found.append(Function(piece.name, arguments))
        else:
            found.append(piece)
    return tuple(found)


def shown(line: Pieces) -> str:
    """Return a line with x for every quantity: alike for the same slip in other columns."""
    return "".join(map(_shown, line)).replace(MINUS, "-")


def _shown(piece: Piece) -> str:
    if isinstance(piece, Brackets):
        return f"({shown(piece.line)})"
    if isinstance(piece, Function):
        return f"{piece.name}({','.join(map(shown, piece.arguments))})"
    if isinstance(piece, Number):
        return number(piece.value)
    return COMPARISONS.get(piece, piece) if isinstance(piece, str) else "x"


def read(line: Pieces) -> Expr:
    """Return the tree that a line says."""
    return _Reader(line).comparison()


class _Reader:
    """Puts a line together, the tightest sign first."""

    def __init__(self, line: Pieces) -> None:
        self.line = line
        self.place = 0

    @property
    def next(self) -> Piece | None:
        return self.line[self.place] if self.place < len(self.line) else None

    def take(self) -> Piece:
        self.place += 1
        return self.line[self.place - 1]

    def comparison(self) -> Expr:
        tree = self.sum()
        while isinstance(self.next, str) and self.next in COMPARISONS:
            name = str(self.take())
            tree = Call(name, (tree, self.sum()))
        return tree

    def sum(self) -> Expr:
        tree = self.product()
        while self.next in ("+", "-"):
            tree = tree + self.product() if self.take() == "+" else tree - self.product()
        return tree

    def product(self) -> Expr:
        tree = self.power()
        while self.next in ("*", "/"):
            tree = tree * self.power() if self.take() == "*" else Quotient(tree, self.power())
        return tree

    def power(self) -> Expr:
        tree = self.operand()
        while self.next == "^":
            self.take()
            tree = Power(tree, self.operand())
        return tree

    def operand(self) -> Expr:
        piece = self.take()
        if piece == MINUS:
            return Negative(self.operand())
        if isinstance(piece, Brackets):
            return read(piece.line)
        if isinstance(piece, Function):
            return Call(piece.name, tuple(map(read, piece.arguments)))
        assert isinstance(piece, Expr)
        return piece
