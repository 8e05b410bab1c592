"""SP401: the file, a sheet or a chart names a learning rate that η does not have."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

RATE_MISMATCH = Mistake(
    code="SP401",
    name="rate-mismatch",
    summary="file, sheet or chart names a rate that η does not have",
    explanation=(
        "Whoever looks at the name believes it. When a sheet is copied for the next rate, the "
        "cell of η, the name of the sheet and the title of the chart all have to be changed."
    ),
    wrong="sheet LR=0.8 with η = 0.5",
    right="sheet LR=0.8 with η = 0.8",
)
