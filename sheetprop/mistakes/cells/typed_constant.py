"""SP302: a number inside a formula where a reference belongs."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

TYPED_CONSTANT = Mistake(
    code="SP302",
    name="typed-constant",
    summary="a number inside a formula where a reference belongs",
    explanation=(
        "A number inside the formula is right only as long as the cell it was copied from "
        "keeps its value; refer to the cell."
    ),
    wrong="h1 = w1*0.05+w2*0.1",
    right="h1 = w1*i1+w2*i2",
)
