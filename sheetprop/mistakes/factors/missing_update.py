"""SP216: a weight is carried on without its update, or updated from nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.names import gradient_of
from sheetprop.maths.quantity import PREVIOUS
from sheetprop.maths.trees.expr import Expr, Name, Sum
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

CARRIED = Case(
    "carried on",
    "keeps {before} without an update",
    "A weight that is only copied from iteration to iteration learns nothing. What is missing is "
    "the step down its slope: η times {gradient} taken away.",
)
FROM_NOTHING = Case(
    "from nothing",
    "takes a step, but not from {before}",
    "The step tells how the weight changes, not what it is: it is taken away from the weight's "
    "last value, {before}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    own, tree = subject.quantity.name, subject.tree
    if own in subject.network.parameters and isinstance(tree, Sum):
        kept, step = tree.terms
        yield _told(kept, CARRIED, own)
        yield _told(step, FROM_NOTHING, own)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    own = subject.quantity.name
    if own in subject.network.parameters and isinstance(subject.tree, Sum):
        kept, step = subject.tree.terms
        yield _told(tree + step, CARRIED, own)
        yield _told(kept + tree, FROM_NOTHING, own)


def _told(tree: Expr, case: Case, own: str) -> Variant:
    blanks = {"before": Name(own, PREVIOUS), "gradient": Name(gradient_of(own), PREVIOUS)}
    return Variant(tree, case, blanks, case.name)


MISSING_UPDATE = Mistake(
    code="SP216",
    name="missing-update",
    summary="a weight is carried on without its update",
    explanation=(
        "In each iteration a weight goes on from its last value, one step down its slope. Copied "
        "down alone it learns nothing, and the loss stays where it is or falls for other reasons."
    ),
    wrong="w5 = w5'",
    right="w5 = w5'-eta*dE/dw5'",
    cases=(CARRIED, FROM_NOTHING),
    rank=75,
    variants=_variants,
    undone=_undone,
)
