"""SP263: a layer's sum, or its scaled number, without the bias."""

from __future__ import annotations

from sheetprop.maths.trees.expr import Product, Quotient, Sum, total
from sheetprop.maths.trees.walk import flatten
from sheetprop.mistakes.array_formula import ArrayFormula, Made, without_relu
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case
from sheetprop.notation.address import address
from sheetprop.notation.excel_parse import CellReference

LEFT_OUT = Case(
    "left out",
    "leaves out the bias {bias}",
    "Every number of a map gets the same bias. Without it the map is lower or higher there than "
    "the layer makes it.",
)


def _made(formula: ArrayFormula) -> Made:
    if formula.tree is None:
        return
    inner, around = without_relu(flatten(formula.tree))
    if not isinstance(inner, Sum) or not any(
        isinstance(t, Product | Quotient) for t in inner.terms
    ):
        return
    for k, term in enumerate(inner.terms):
        if isinstance(term, CellReference):
            rest = total([*inner.terms[:k], *inner.terms[k + 1 :]])
            blanks = {"bias": address(term.row, term.column)}
            yield formula.written(around(rest)), LEFT_OUT, blanks


MISSING_BIAS = Mistake(
    code="SP263",
    name="missing-bias",
    summary="the bias is left out",
    explanation=(
        "A layer adds one bias to each of its maps, normalisation one shift to each channel. "
        "Where it is left out the number is off by it, and everything behind."
    ),
    wrong="=SUMPRODUCT(B2:D4,$H$2:$J$4), with the bias in H6",
    right="=SUMPRODUCT(B2:D4,$H$2:$J$4)+$H$6",
    cases=(LEFT_OUT,),
    rank=240,
    in_arrays=_made,
)
