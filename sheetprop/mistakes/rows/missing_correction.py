"""SP231: the running means of an optimizer are not freed from their beginning at 0."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Power
from sheetprop.maths.trees.walk import names, put, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case
from sheetprop.rows.optimizer_trees import MEANS, STEP

WHY = (
    "The means begin at 0, so that after t steps they hold only the part 1 - βᵗ of what they "
    "should. Without dividing by it "
)
BOTH = Case(
    "both",
    "takes both means without the correction of their beginning",
    WHY + "the first steps are far too large or too small.",
)
ONE = Case(
    "one",
    "takes {mean} without the correction of its beginning",
    WHY + "the first steps are far too large or too small; {corrected} has the correction.",
)
LEFT_OUT = Case(
    "left out",
    "does not correct {mean} for its beginning at 0",
    WHY + "{own} is no other number than {mean}.",
)
NOT_RAISED = Case(
    "not raised",
    "corrects {mean} in every step as in the first",
    "After t steps the mean holds the part 1 - βᵗ of what it should: β has to be raised to the "
    "number of the step, or the correction never fades.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    own = Name(subject.quantity.name)
    pairs = [(Name(hat), Name(mean)) for hat, mean in MEANS.items() if _holds(subject, hat)]
    taken = [pair for pair in pairs if pair[0] in names(subject.tree)]
    for hat, mean in taken:
        blanks = {"own": own, "mean": mean, "corrected": hat}
        yield Variant(put(subject.tree, hat, mean), ONE, blanks, f"{ONE.name} {mean.name[0]}")
    if len(taken) > 1:
        tree = subject.tree
        for hat, mean in taken:
            tree = put(tree, hat, mean)
        yield Variant(tree, BOTH, {"own": own}, BOTH.name)
    if own.name in MEANS:
        mean = Name(MEANS[own.name])
        blanks = {"own": own, "mean": mean}
        yield Variant(mean, LEFT_OUT, blanks, LEFT_OUT.name)
        yield from (
            Variant(tree, NOT_RAISED, blanks, NOT_RAISED.name) for tree in _flat(subject.tree)
        )


def _holds(subject: Subject, hat: str) -> bool:
    return hat in subject.lesson.quantities


def _flat(tree: Expr) -> Iterator[Expr]:
    """Yield a tree with no power of the step."""
    for path, node in walk(tree):
        if isinstance(node, Power) and node.exponent == Name(STEP):
            yield replace_at(tree, path, node.base)


MISSING_CORRECTION = Mistake(
    code="SP231",
    name="missing-correction",
    summary="the running means of an optimizer without the correction of their beginning",
    explanation=(
        "Adam's means of gradients and of squared gradients begin at 0 and are too small at first. "
        "Divided by 1 - βᵗ, where t is the number of the step, they are what they should be."
    ),
    wrong="w = w'-rate*m_w/(SQRT(v_w)+epsilon)",
    right="w = w'-rate*mhat_w/(SQRT(vhat_w)+epsilon)",
    cases=(BOTH, ONE, LEFT_OUT, NOT_RAISED),
    rank=46,
    is_of_rows=True,
    variants=_variants,
)
