"""SP402: runs for different rates start from different values."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

DIFFERENT_START = Mistake(
    code="SP402",
    name="different-start",
    summary="runs for different rates start from different weights or inputs",
    explanation=(
        "The experiment compares learning rates, so everything else must be alike: with other "
        "first weights, inputs or targets the curves differ for two reasons, and nobody can tell "
        "which."
    ),
    wrong="first w6 = 0.45 for η = 0.1, 0.445 for η = 0.5",
    right="first w6 = 0.45 for every η",
)
