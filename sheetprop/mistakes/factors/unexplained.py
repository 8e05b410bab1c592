"""SP299: wrong, and no known mistake explains it."""

from __future__ import annotations

from sheetprop.maths.trees.expr import Name
from sheetprop.mistakes.base import NOTHING, Diagnosis, Mistake
from sheetprop.mistakes.words import Case

SOMETHING_ELSE = Case(
    "something else",
    "computes something else",
    "The formula does not compute {own}, neither on these numbers nor on others. Compare it with "
    "the right one factor by factor.",
)


def unexplained(quantity: str) -> Diagnosis:
    """Return the diagnosis of what nothing explains."""
    return Diagnosis(UNEXPLAINED, SOMETHING_ELSE, {"own": Name(quantity)}, NOTHING)


UNEXPLAINED = Mistake(
    code="SP299",
    name="unexplained",
    summary="wrong, and no known mistake explains it",
    explanation=(
        "The formula does not compute this quantity, neither on these numbers nor on others. "
        "Compare it with the right one factor by factor."
    ),
    wrong="h1 = w1*i1-w2/i2",
    right="h1 = w1*i1+w2*i2",
    cases=(SOMETHING_ELSE,),
)
