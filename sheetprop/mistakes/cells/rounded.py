"""SP307: right only to the digits shown."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

ROUNDED = Mistake(
    code="SP307",
    name="rounded",
    summary="right only to the digits shown",
    explanation=(
        "Rounding is for showing numbers, not for calculating with them: format the cell instead. "
        "Each iteration starts from the one before, so the lost digits add up, and small "
        "gradients vanish."
    ),
    wrong="a_h1 = ROUND(1/(1+EXP(-h1)),2)",
    right="a_h1 = 1/(1+EXP(-h1))",
)
