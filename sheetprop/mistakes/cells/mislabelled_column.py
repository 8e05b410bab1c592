"""SP102: the header says one quantity, the formulas compute another."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

MISLABELLED_COLUMN = Mistake(
    code="SP102",
    name="mislabelled-column",
    summary="the header says one quantity, the formulas compute another",
    explanation=(
        "The formulas are right, but the text above them names something else, so that whoever "
        "reads the sheet follows the wrong column. Correct the header."
    ),
    wrong="header h2 over the formulas of a_h2",
    right="header a_h2 over the formulas of a_h2",
)
