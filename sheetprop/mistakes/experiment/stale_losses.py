"""SP404: pasted losses that no run gives."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

STALE_LOSSES = Mistake(
    code="SP404",
    name="stale-losses",
    summary="pasted losses match no run in the workbook",
    explanation=(
        "Pasted numbers stay as they were when a formula, a weight or a rate is changed. After "
        "every change they have to be pasted again; a formula that refers to E_total needs no "
        "such care."
    ),
    wrong="under LR = 0.8: 0.2425, 0.2401, … (the losses of η = 0.5)",
    right="under LR = 0.8: 0.2425, 0.2386, …",
)
