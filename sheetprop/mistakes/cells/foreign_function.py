"""SP306: a function that Excel does not have."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

FOREIGN_FUNCTION = Mistake(
    code="SP306",
    name="foreign-function",
    summary="a function that Excel does not have (POW)",
    explanation=(
        "Google Sheets, LibreOffice and Excel share most functions, but not all. Where the "
        "function is unknown the cell shows #NAME?, and with it everything computed from it."
    ),
    wrong="E1 = 0.5*POW(t1-a_o1,2)",
    right="E1 = 0.5*POWER(t1-a_o1,2)",
)
