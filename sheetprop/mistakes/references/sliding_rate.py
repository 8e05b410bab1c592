"""SP213: the reference to η is not fixed and moves off it."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

SLIDING_RATE = Mistake(
    code="SP213",
    name="sliding-rate",
    summary="the reference to η is not fixed and moves off it",
    explanation=(
        "A reference without $ moves when the formula is filled down: the first update takes "
        "η, the next takes the cell below it. Write the rate's cell as $G$30."
    ),
    wrong="w1 = E32-G30*X32, then E33-G31*X33",
    right="w1 = E32-$G$30*X32, then E33-$G$30*X33",
)
