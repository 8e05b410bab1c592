"""The lesson dropout: a mask, its scaling, what is expected over all masks, and evaluation.

Source: Srivastava et al., "Dropout", 2014; scaled in training, as libraries do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product as every
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.arrays.grids import whole
from sheetprop.lessons.kinds.arrays.normalisation import rows
from sheetprop.lessons.kinds.arrays.single import Shown, Single, layout_of
from sheetprop.lessons.kinds.kind import Kind, section_of
from sheetprop.maths.trees.expr import Call, Expr, product
from sheetprop.maths.trees.windows import Index, element, window
from sheetprop.validate import Problem, Reader, numbers, part
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Workbook

MOST = 5
"""Columns: all masks of so many are listed."""

Rows = tuple[tuple[float, ...], ...]
Trees = dict[Index, Expr]


@dataclass(frozen=True, slots=True)
class Dropout:
    """Numbers of some examples, a mask of 0 and 1, the share that is left out, and ∂E/∂y.

    The first example goes on to one neuron, whose `weights` there are.
    """

    x: Rows
    mask: Rows
    rate: float
    weights: tuple[float, ...]
    arriving: Rows


def _mask(value: object) -> Rows:
    found = rows(value)
    if any(number not in (0, 1) for row in found for number in row):
        raise Problem("must be rows of 0 and 1")
    return found


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "dropout": {"x": rows, "mask": _mask, "rate": part, "weights": numbers, "arriving": rows}
}
REQUIRED = tuple(f"dropout.{key}" for key in SECTIONS["dropout"])


def read(source: str, values: Mapping[str, Any]) -> Dropout:
    """Return the lesson of a template's values by their full keys.

    Raises:
        SpecError: the arrays have different shapes, or too many columns.

    """
    found = Dropout(**section_of(values, "dropout"))
    shape = len(found.x), len(found.x[0])
    if shape[1] > MOST:
        raise SpecError(source, "dropout.x", f"must have at most {MOST} columns")
    for name in ("mask", "arriving"):
        own = getattr(found, name)
        if (len(own), len(own[0])) != shape:
            problem = f"must be {shape[0]} rows of {shape[1]} numbers, as x is"
            raise SpecError(source, f"dropout.{name}", problem)
    if len(found.weights) != shape[1]:
        raise SpecError(source, "dropout.weights", f"must hold {shape[1]} numbers")
    return found


def describe(found: Dropout) -> str:
    """Return the shape in a few words."""
    return f"{len(found.x)}×{len(found.x[0])}, p = {found.rate:g}"


def trees(examples: int, width: int) -> Mapping[str, Trees]:
    """Return the tree of each element of each array, in the order of calculation.

    `chance` is how likely each of all `masks` is, `sums` what the neuron gets with it; `expected`
    their mean by chances, `evaluated` what it gets where nothing is left out, `deviation` how far
    the sums stray.
    """
    rate = element("rate", 0, 0)
    kept = 1 - rate
    places = [(e, c) for e in range(examples) for c in range(width)]
    masks = 2**width

    def chance(k: int) -> Expr:
        bits = [element("masks", k, c) for c in range(width)]
        return product([bit * kept + (1 - bit) * rate for bit in bits])

    def total(k: int) -> Expr:
        own = [window(array, (0, 0), (1, width)) for array in ("x", "weights")]
        return Call("SUMPRODUCT", (*own, window("masks", (k, 0), (1, width)))) / kept

    chances, sums = whole("chance", masks, 1), whole("sums", masks, 1)
    squares = (sums - element("expected", 0, 0)) ** 2
    own = [window(array, (0, 0), (1, width)) for array in ("x", "weights")]
    return {
        "y": {at: element("x", *at) * element("mask", *at) / kept for at in places},
        "dx": {at: element("arriving", *at) * element("mask", *at) / kept for at in places},
        "chance": {(k, 0): chance(k) for k in range(masks)},
        "sums": {(k, 0): total(k) for k in range(masks)},
        "expected": {(0, 0): Call("SUMPRODUCT", (chances, sums))},
        "evaluated": {(0, 0): Call("SUMPRODUCT", tuple(own))},
        "deviation": {(0, 0): Call("SQRT", (Call("SUMPRODUCT", (chances, squares)),))},
    }


def single(found: Dropout, words: Words) -> Single:
    """Return the arrays of the sheet in their order."""
    examples, width = len(found.x), len(found.x[0])
    names = [words("dropout_example", number=k + 1) for k in range(examples)]
    numbers_ = [str(c + 1) for c in range(width)]
    made = trees(examples, width)
    masks = [*every((1.0, 0.0), repeat=width)]
    all_names = [words("dropout_mask_number", number=k + 1) for k in range(len(masks))]
    shown = {
        "x": Shown(names, numbers_, found.x),
        "rate": Shown([""], [""], ((found.rate,),)),
        "mask": Shown(names, numbers_, found.mask),
        "y": Shown(names, numbers_, made["y"]),
        "arriving": Shown(names, numbers_, found.arriving),
        "dx": Shown(names, numbers_, made["dx"]),
        "weights": Shown([""], numbers_, (found.weights,)),
        "expected": Shown([""], [""], made["expected"]),
        "evaluated": Shown([""], [""], made["evaluated"]),
        "deviation": Shown([""], [""], made["deviation"]),
        "masks": Shown(all_names, numbers_, masks),
        "chance": Shown(all_names, [""], made["chance"]),
        "sums": Shown(all_names, [""], made["sums"]),
    }
    fixed = frozenset({"rate", "weights", "expected"})
    return Single(
        "dropout", {"examples": examples, "width": width}, shown, fixed, frozenset({"masks"})
    )


def layout(found: Dropout, words: Words, variant: str) -> Workbook:
    """Return the workbook."""
    return layout_of(single(found, words), words, variant)


DROPOUT = Kind("dropout", SECTIONS, REQUIRED, read, describe, layout)
"""A mask, its scaling, and what is expected over all masks."""
