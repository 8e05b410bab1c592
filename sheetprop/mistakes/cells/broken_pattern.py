"""SP303: some rows differ from the rest of their column."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.mistakes.base import NOTHING, Diagnosis, Mistake
from sheetprop.mistakes.words import Case
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement, Wrong

WITH_CAUSE = Case(
    "with a cause",
    "differs from the rest of its column: it {cause}",
    "The other rows of {own} are right. Rows that differ are usually left from a drag, an "
    "insertion or a repair; fill the column again from a row that is right.",
)
ODD = Case(
    "odd",
    "differs from the rest of its column",
    "The other rows of {own} are right, and what these say is something else. Fill the column "
    "again from a row that is right.",
)
HELPER = Case(
    "a helper cell",
    "{helper}, which {own} takes, differs from the same cell of other rows.",
    "The formula of {own} is the same as in rows where it is right; {helper} makes the difference. "
    "Fill {helper} again from a row that is right.",
)


def is_exception(judgement: Judgement, wrong: Wrong) -> bool:
    """Whether most cells of the quantity are right; gaps cut one slip into several fills."""
    alike = [other for other in judgement.wrong if other.quantity == wrong.quantity]
    return wrong.right_elsewhere > sum(len(other.steps) for other in alike)


def exception(quantity: str, causes: Sequence[Diagnosis]) -> Diagnosis:
    """Return the diagnosis of rows that differ, with what explains them where that is known."""
    own = name_text(quantity)
    if not causes:
        return Diagnosis(BROKEN_PATTERN, ODD, {"own": own}, NOTHING)
    cause = " and ".join(one.phrase for one in causes)
    return Diagnosis(BROKEN_PATTERN, WITH_CAUSE, {"own": own, "cause": cause}, cause)


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
    cases=(WITH_CAUSE, ODD, HELPER),
)
