"""SP502: no chart shows the loss."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

NO_CHART = Mistake(
    code="SP502",
    name="no-chart",
    summary="no chart of E_total",
    explanation=(
        "Whether a network learns, and how the learning rate changes that, is seen in the curve of "
        "E_total over the iterations; the assignment asks for it."
    ),
    wrong="no chart",
    right="a line chart of E_total over all iterations",
)
