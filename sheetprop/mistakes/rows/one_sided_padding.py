"""SP223: padding counted on one side of the image, or on none."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Number, Product
from sheetprop.maths.trees.walk import put, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

PADDING = Name("padding")
ONE_SIDE = Case(
    "one side",
    "counts the padding on one side",
    "Padding puts a border around the whole image, p pixels on the left and p on the right: what "
    "comes in is 2·p wider.",
)
NO_SIDE = Case(
    "no side",
    "leaves out the padding",
    "Padding puts a border around the whole image, p pixels on the left and p on the right: what "
    "comes in is 2·p wider, and {own} grows with it.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    both: Expr = Product((Number(2.0), PADDING))
    if not any(node == both for _, node in walk(subject.tree)):
        return
    blanks = {"own": Name(subject.quantity.name)}
    for case, instead in ((ONE_SIDE, Number(1.0)), (NO_SIDE, Number(0.0))):
        changed = _with_sides(subject.tree, instead)
        yield Variant(changed, case, blanks, case.name)


def _with_sides(tree: Expr, sides: Number) -> Expr:
    """Return the tree with the padding counted on so many sides."""
    half = Product((Number(sides.value / 2), PADDING))
    return put(tree, PADDING, half)


ONE_SIDED_PADDING = Mistake(
    code="SP223",
    name="one-sided-padding",
    summary="padding counted on one side of the image, or on none",
    explanation=(
        "Padding puts p pixels on either side of the image, so that it is 2·p wider before the "
        "kernel moves over it."
    ),
    wrong="size = INT((size'+padding-dilation*(kernel-1)-1)/stride)+1",
    right="size = INT((size'+2*padding-dilation*(kernel-1)-1)/stride)+1",
    cases=(ONE_SIDE, NO_SIDE),
    rank=42,
    is_of_rows=True,
    variants=_variants,
)
