"""SP601: a formula written out as text is wrong."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

WRONG_TEXT = Mistake(
    code="SP601",
    name="wrong-text",
    summary="a formula written out as text is wrong",
    explanation=(
        "The text explains the calculation to whoever reads it, and is copied from sheet to sheet. "
        "A fraction typed on one line needs brackets: 1/1+x is 1 + x, and only 1/(1+x) is meant."
    ),
    wrong="σ(h1) = 1/1+exp(-h1)",
    right="σ(h1) = 1/(1+exp(-h1))",
)
