"""SP303: some rows differ from the rest of their column."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

BROKEN_PATTERN = Mistake(
    code="SP303",
    name="broken-pattern",
    summary="some rows differ from the rest of their column",
    explanation=(
        "In a table that is filled down every row says the same. Rows that differ are usually "
        "left from a drag, an insertion or a repair; fill the column again from a row that is "
        "right."
    ),
    wrong="E2 = 0.5*(t1-a_o1)^2 in one row",
    right="E2 = 0.5*(t2-a_o2)^2 in every row",
)
