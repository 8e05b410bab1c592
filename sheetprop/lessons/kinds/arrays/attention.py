"""The lesson attention: softmax(QKᵀ/√d)·V of a few tokens, forward and backward.

Source: Vaswani et al., "Attention Is All You Need", 2017.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.arrays.normalisation import rows
from sheetprop.lessons.kinds.arrays.single import Shown, Single, layout_of
from sheetprop.lessons.kinds.kind import Kind, section_of
from sheetprop.maths.trees.expr import Call, Expr, Number, total
from sheetprop.maths.trees.windows import Index, Window, element, window
from sheetprop.validate import Reader
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Workbook

Rows = tuple[tuple[float, ...], ...]
Trees = dict[Index, Expr]
GIVEN = ("queries", "keys", "values")


@dataclass(frozen=True, slots=True)
class Attention:
    """Of each token a query, a key and a value, and ∂E/∂ of what comes out for it."""

    queries: Rows
    keys: Rows
    values: Rows
    arriving: Rows


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "attention": {**dict.fromkeys(GIVEN, rows), "arriving": rows}
}
REQUIRED = tuple(f"attention.{key}" for key in (*GIVEN, "arriving"))


def read(source: str, values: Mapping[str, Any]) -> Attention:
    """Return the lesson of a template's values by their full keys.

    Raises:
        SpecError: the arrays have different shapes.

    """
    found = Attention(**section_of(values, "attention"))
    shape = len(found.queries), len(found.queries[0])
    for name in (*GIVEN[1:], "arriving"):
        own = getattr(found, name)
        if (len(own), len(own[0])) != shape:
            problem = f"must be {shape[0]} rows of {shape[1]} numbers, as the queries are"
            raise SpecError(source, f"attention.{name}", problem)
    return found


def describe(found: Attention) -> str:
    """Return the shape in a few words."""
    return f"{len(found.queries)} tokens, d = {len(found.queries[0])}"


def trees(tokens: int, width: int) -> Mapping[str, Trees]:
    """Return the tree of each element of each array, in the order of calculation.

    `scores` are QKᵀ/√d, `powers` e to them (less the greatest of the row, which changes nothing
    but keeps them small), `weights` the softmax of each row, `out` what comes out; `dweights`,
    `dscores` and the rest are ∂E/∂ of them.
    """
    pairs = [(i, j) for i in range(tokens) for j in range(tokens)]
    places = [(i, c) for i in range(tokens) for c in range(width)]
    root = Call("SQRT", (Number(width),))

    def row(array: str, i: int, count: int) -> Window:
        return window(array, (i, 0), (1, count))

    def column(array: str, c: int) -> Window:
        return window(array, (0, c), (tokens, 1))

    def across(one: str, other: str, i: int, c: int) -> Expr:
        return total([element(one, i, j) * element(other, j, c) for j in range(tokens)])

    def both(one: Window, other: Window) -> Expr:
        return Call("SUMPRODUCT", (one, other))

    def power(i: int, j: int) -> Expr:
        greatest = Call("MAX", (row("scores", i, tokens),))
        return Call("EXP", (element("scores", i, j) - greatest,))

    def slope(i: int, j: int) -> Expr:
        mean = both(row("dweights", i, tokens), row("weights", i, tokens))
        return element("weights", i, j) * (element("dweights", i, j) - mean)

    return {
        "scores": {
            (i, j): both(row("queries", i, width), row("keys", j, width)) / root for i, j in pairs
        },
        "powers": {at: power(*at) for at in pairs},
        "weights": {
            (i, j): element("powers", i, j) / Call("SUM", (row("powers", i, tokens),))
            for i, j in pairs
        },
        "out": {at: across("weights", "values", *at) for at in places},
        "dvalues": {(j, c): both(column("weights", j), column("arriving", c)) for j, c in places},
        "dweights": {
            (i, j): both(row("arriving", i, width), row("values", j, width)) for i, j in pairs
        },
        "dscores": {at: slope(*at) for at in pairs},
        "dqueries": {at: across("dscores", "keys", *at) / root for at in places},
        "dkeys": {
            (j, c): both(column("dscores", j), column("queries", c)) / root for j, c in places
        },
    }


def single(found: Attention, words: Words) -> Single:
    """Return the arrays of the sheet in their order."""
    tokens, width = len(found.queries), len(found.queries[0])
    names = [words("attention_token", number=k + 1) for k in range(tokens)]
    numbers = [str(c + 1) for c in range(width)]
    made = trees(tokens, width)
    shown = {name: Shown(names, numbers, getattr(found, name)) for name in GIVEN}
    forward = ("scores", "powers", "weights", "out")
    for name in forward:
        shown[name] = Shown(names, numbers if name == "out" else names, made[name])
    shown["arriving"] = Shown(names, numbers, found.arriving)
    for name, own in made.items():
        if name not in forward:
            is_square = name in ("dweights", "dscores")
            shown[name] = Shown(names, names if is_square else numbers, own)
    return Single("attention", {"tokens": tokens, "width": width}, shown)


def layout(found: Attention, words: Words, variant: str) -> Workbook:
    """Return the workbook."""
    return layout_of(single(found, words), words, variant)


ATTENTION = Kind("attention", SECTIONS, REQUIRED, read, describe, layout)
"""Scaled dot-product attention, forward and backward."""
