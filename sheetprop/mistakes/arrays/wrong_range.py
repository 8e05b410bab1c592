"""SP271: a range that leaves out some cells, or takes some more."""

from __future__ import annotations

from sheetprop.mistakes.array_formula import ArrayFormula, Made, inside, named
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

FEWER = Case(
    "fewer",
    "takes {taken}, which is not all of {belongs}",
    "{belongs} belongs together. What is left out is missing in the result, and in everything "
    "that is divided by it or measured against it.",
)
MORE = Case(
    "more",
    "takes {taken}, which is more than {belongs}",
    "{belongs} belongs together; the cells beside it hold something else.",
)


def _made(formula: ArrayFormula) -> Made:
    if len(formula.own_areas) != len(formula.areas):
        return
    pairs = [*zip(formula.own_areas, formula.areas, strict=True)]
    others = [(own, right) for own, right in pairs if own != right]
    for case, is_so in (
        (FEWER, all(inside(own, right) for own, right in others)),
        (MORE, all(inside(right, own) for own, right in others)),
    ):
        if others and is_so:
            own, right = others[0]
            blanks = {"taken": named(own, formula.sheet), "belongs": named(right, formula.sheet)}
            yield formula.with_areas(formula.own_areas), case, blanks


WRONG_RANGE = Mistake(
    code="SP271",
    name="wrong-range",
    summary="a range that leaves out cells, or takes more than belong together",
    explanation=(
        "A mean, a variance, a largest number or the sum of a softmax goes over all that belongs "
        "together, and over nothing else. A range that is one cell too short or too long gives a "
        "number that looks right."
    ),
    wrong="=SUM(C4:C7) for the softmax of five numbers",
    right="=SUM(C4:C8)",
    cases=(FEWER, MORE),
    rank=195,
    in_arrays=_made,
)
