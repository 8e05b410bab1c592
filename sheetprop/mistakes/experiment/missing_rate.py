"""SP403: a rate has no run, or two."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

MISSING_RATE = Mistake(
    code="SP403",
    name="missing-rate",
    summary="a rate of the assignment has no run, or appears twice",
    explanation=(
        "The assignment asks for the learning rates 0.1, 0.2, 0.5, 0.8, 1 and 2. When one appears "
        "twice, a copied sheet was usually not given its own rate."
    ),
    wrong="runs for 0.1, 0.2, 0.5, 0.5, 1 and 2",
    right="runs for 0.1, 0.2, 0.5, 0.8, 1 and 2",
)
