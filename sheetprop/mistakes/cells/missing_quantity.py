"""SP101: a column of the worksheet is absent or empty."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

MISSING_QUANTITY = Mistake(
    code="SP101",
    name="missing-quantity",
    summary="a column of the worksheet is absent or empty",
    explanation=(
        "Every quantity of the forward pass, the errors, the gradients and the updates has "
        "its own column, so that each step can be followed."
    ),
    wrong="E_total: (empty)",
    right="E_total = E1+E2",
)
