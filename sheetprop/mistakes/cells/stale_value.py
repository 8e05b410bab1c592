"""SP304: the stored value is not what the formula gives."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

STALE_VALUE = Mistake(
    code="SP304",
    name="stale-value",
    summary="the stored value is not what the formula gives",
    explanation=(
        "The file shows numbers that its own formulas do not give: calculation was set to "
        "manual, or the file was written by a program that does not calculate. Recalculate it "
        "(Ctrl+Alt+F9) and save."
    ),
    wrong="E_total shows 0.3, its formula gives 0.2425",
    right="E_total shows 0.2425",
)
