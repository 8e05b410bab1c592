"""The same formula written in another way: reordered, with functions, with spaces and dollars.

A template is the text of a formula in which ``⟨w1|-1|⟩`` stands for a cell: the quantity, the
iteration relative to the formula's own, and which dollars it has (``c`` for the quantity's line,
``f`` for the fixed cell of the first iteration).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

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
    product,
)
from sheetprop.notation.excel_write import to_excel

MARK = re.compile(r"⟨([^|⟩]*)\|([+-]?\d+)\|(\w*)⟩")
TWO, ONE = Number(2.0), Number(1.0)


@dataclass(frozen=True)
class Hand:
    """How freely somebody writes: the chance of every single deviation from the textbook."""

    freedom: float
    spaces: bool
    fixed_inputs: bool
    fixed_lines: bool
    ranges: str  # none, SUMPRODUCT, products (of ranges), MMULT, MMULT of rows

    @classmethod
    def drawn(cls, draw: Random) -> Hand:
        """Draw a hand: two of five people write exactly what the textbook says."""
        freedom = draw.choice((0.0, 0.0, 0.1, 0.25, 0.5))
        chances = (0.2, 0.15, 0.15)
        ranges = draw.choice(("none",) * 9 + ("SUMPRODUCT", "products", "MMULT", "MMULT"))
        return cls(freedom, *(draw.random() < chance for chance in chances), ranges)


def template_of(tree: Expr, hand: Hand, draw: Random, lines: Mapping[str, int]) -> str:
    """Return a template of a tree; `lines` tell which quantities stand side by side."""
    tree = reformed(tree, hand.freedom, draw)
    if hand.ranges != "none":
        tree = _with_ranges(tree, lines, hand.ranges)
    text = to_excel(tree, lambda leaf: _mark(leaf, hand, draw))
    return _spaced(text) if hand.spaces else text


def _mark(leaf: Expr, hand: Hand, draw: Random) -> str:
    assert isinstance(leaf, Name)
    if ":" in leaf.name:
        first, last = leaf.name.split(":")
        return f"⟨{first}|{leaf.shift}|⟩:⟨{last}|{leaf.shift}|⟩"
    dollars = ""
    if hand.fixed_lines and draw.random() < 0.7:
        dollars = "c"
    if hand.fixed_inputs and leaf.name[0] in "it" and leaf.name[1:].isdigit():
        dollars = "f"
    return f"⟨{leaf.name}|{leaf.shift}|{dollars}⟩"


def _spaced(text: str) -> str:
    parts = re.split(r"(⟨[^⟩]*⟩|[\d.]+e-\d+)", text[1:])
    return "= " + "".join(
        part if k % 2 else re.sub(r"([*/+]|(?<=\S)-)", r" \1 ", part)
        for k, part in enumerate(parts)
    )


def _with_ranges(tree: Expr, lines: Mapping[str, int], style: str) -> Expr:
    """Return a sum of products, or of names, of neighbouring columns with ranges."""
    if not isinstance(tree, Sum):
        return tree
    names = [term for term in tree.terms if isinstance(term, Name)]
    if len(names) == len(tree.terms) and _side_by_side(names, lines):
        return Call("SUM", (Name(f"{names[0].name}:{names[-1].name}"),))
    pairs = [term.factors for term in tree.terms if isinstance(term, Product)]
    if len(pairs) < len(tree.terms) or any(len(pair) != 2 for pair in pairs):
        return tree
    columns = list(zip(*pairs, strict=True))
    if all(_side_by_side(column, lines) for column in columns):
        ranges = tuple(Name(f"{column[0].name}:{column[-1].name}") for column in columns)
        return _multiplied(ranges, style)
    return tree


def _multiplied(ranges: tuple[Expr, ...], style: str) -> Expr:
    if style == "MMULT":
        return Call("MMULT", (ranges[0], Call("TRANSPOSE", ranges[1:])))
    if style == "MMULT of rows":
        return Call("MMULT", (Call("TRANSPOSE", ranges[:1]), ranges[1]))
    return Call("SUMPRODUCT", ranges if style == "SUMPRODUCT" else (Product(ranges),))


def _side_by_side(names: object, lines: Mapping[str, int]) -> bool:
    found = []
    for name in names:  # type: ignore[attr-defined]
        if not isinstance(name, Name) or name.shift or name.name not in lines:
            return False
        found.append(lines[name.name])
    return found == list(range(found[0], found[0] + len(found)))


def reformed(tree: Expr, freedom: float, draw: Random) -> Expr:
    """Return another tree with the same meaning; `freedom` is the chance of each change."""
    children = tuple(reformed(child, freedom, draw) for child in tree.children)
    tree = tree.with_children(children) if children else tree
    if draw.random() >= freedom:
        return tree
    match tree:
        case Sum(terms):
            return _reformed_sum(terms, draw)
        case Product(factors):
            return _reformed_product(factors, draw)
        case Power(base, Number(2.0)):
            squares = (Call("POWER", (base, TWO)), product([base, base]), Call("SUMSQ", (base,)))
            return draw.choice(squares)
        case Quotient(Number(1.0), Sum((Number(1.0), Call("EXP", (Negative(z),))))):
            return draw.choice(_sigmoids(z))
        case Quotient(numerator, Number(value)):
            return product([Quotient(ONE, Number(value)), numerator])
        case Call("TANH", (z,)):
            return draw.choice(_tanhs(z))
        case Call("IF", (Call("GT", (z, zero)), one, other)):
            return Call("IF", (Call("LE", (z, zero)), other, one))
        case Call("MAX", (zero, z)):
            return Call("IF", (Call("GT", (z, zero)), z, zero))
    return tree


def _reformed_sum(terms: tuple[Expr, ...], draw: Random) -> Expr:
    match terms:
        case (first, Negative(second)) if draw.random() < 0.4:
            return Negative(second - first)
        case (Number(1.0), Negative(Power(a, Number(2.0)))) if draw.random() < 0.5:
            return Product((1 - a, 1 + a))
    mixed = draw.sample(terms, len(terms))
    if isinstance(mixed[0], Negative):
        mixed.reverse()
    if draw.random() < 0.3:
        return Call("SUM", tuple(mixed))
    return Sum(tuple(mixed))


def _reformed_product(factors: tuple[Expr, ...], draw: Random) -> Expr:
    if factors[0] == Number(0.5) and draw.random() < 0.7:
        rest = product(list(factors[1:]))
        half = Quotient(ONE, TWO)
        return draw.choice((Quotient(rest, TWO), product([half, rest]), product([rest, half])))
    mixed = draw.sample(factors, len(factors))
    if draw.random() < 0.15:
        return Call("PRODUCT", tuple(mixed))
    return Product(tuple(mixed))


def _sigmoids(z: Expr) -> list[Expr]:
    def exp(x: Expr) -> Expr:
        return Call("EXP", (x,))

    return [
        Quotient(ONE, Sum((ONE, exp(Product((Number(-1.0), z)))))),
        Quotient(ONE, Sum((exp(Negative(z)), ONE))),
        Power(Sum((ONE, exp(Negative(z)))), Number(-1.0)),
        Quotient(exp(z), Sum((ONE, exp(z)))),
        Quotient(ONE, Sum((ONE, Quotient(ONE, exp(z))))),
        Call("POWER", (Sum((ONE, exp(Negative(z)))), Number(-1.0))),
        Quotient(ONE, Sum((ONE, exp(Sum((Number(0.0), Negative(z))))))),
    ]


def _tanhs(z: Expr) -> list[Expr]:
    up, down = Call("EXP", (z,)), Call("EXP", (Negative(z),))
    doubled = Call("EXP", (Product((Number(-2.0), z)),))
    return [
        Quotient(Sum((up, Negative(down))), Sum((up, down))),
        Quotient(TWO, Sum((ONE, doubled))) - 1,
        Quotient(1 - doubled, 1 + doubled),
    ]
