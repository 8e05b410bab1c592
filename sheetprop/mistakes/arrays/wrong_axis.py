"""SP266: a mean, a variance or a sum over rows where it goes over columns, or the other way."""

from __future__ import annotations

from sheetprop.mistakes.array_formula import ArrayFormula, Made, named, size
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

ROW = Case(
    "row",
    "is taken over the row {taken}, not over the column {belongs}",
    "What is calculated together stands in a column: {belongs}. A row holds one number of each "
    "column. In batch normalisation the mean goes over the examples, not over the channels.",
)
COLUMN = Case(
    "column",
    "is taken over the column {taken}, not over the row {belongs}",
    "What is calculated together stands in a row: {belongs}. A column holds one number of each "
    "row. In layer normalisation, and in the softmax of attention, it goes over the row.",
)


def _made(formula: ArrayFormula) -> Made:
    if len(formula.own_areas) != len(formula.areas):
        return
    turned = {}
    for k, (own, right) in enumerate(zip(formula.own_areas, formula.areas, strict=True)):
        if own != right:
            turned[k] = (size(right), size(own))
    for case, axis in ((ROW, 0), (COLUMN, 1)):
        if turned and all(
            right[1 - axis] == 1 < right[axis] and own[axis] == 1 < own[1 - axis]
            for right, own in turned.values()
        ):
            first = min(turned)
            blanks = {
                "taken": named(formula.own_areas[first], formula.sheet),
                "belongs": named(formula.areas[first], formula.sheet),
            }
            yield formula.with_areas(formula.own_areas), case, blanks


WRONG_AXIS = Mistake(
    code="SP266",
    name="wrong-axis",
    summary="a mean, variance or sum over rows that goes over columns, or the other way",
    explanation=(
        "Normalisation and softmax take together what stands along one axis: batch normalisation "
        "each channel over all examples, layer normalisation each example over all channels. Over "
        "the other axis it is another layer, and mixes what has to stay apart."
    ),
    wrong="=AVERAGE(B3:D3) below the column B3:B8",
    right="=AVERAGE(B3:B8)",
    cases=(ROW, COLUMN),
    rank=190,
    in_arrays=_made,
)
