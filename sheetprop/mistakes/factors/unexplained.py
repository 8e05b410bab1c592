"""SP299: wrong, and no known mistake explains it."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

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
)
