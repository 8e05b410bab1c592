"""SP301: numbers where a formula belongs (a cell, a row, a whole table)."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

TYPED_NUMBER = Mistake(
    code="SP301",
    name="typed-number",
    summary="numbers where a formula belongs (a cell, a row, a whole table)",
    explanation=(
        "A typed number does not follow when an input, a weight or the learning rate changes, "
        "and it carries only the digits that were typed."
    ),
    wrong="a_h1: 0.50687",
    right="a_h1 = 1/(1+EXP(-h1))",
)
