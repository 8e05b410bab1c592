"""SP210: an update takes another weight's gradient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.trees import kind_of, occurrences, renamed, replacing
from sheetprop.mistakes.words import Blanks, Case

IN_UPDATE = Case(
    "in an update",
    "uses {taken} where {belongs} belongs",
    "{own} goes down its own slope: an update subtracts η times {belongs}. {taken} tells how E "
    "changes with another weight, and following it {own} may as well climb.",
)
ELSEWHERE = Case(
    "elsewhere",
    "uses {taken} where {belongs} belongs",
    "{taken} is a result of the backward pass; only updates use it. {own} needs {belongs}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    network = subject.network
    for own in occurrences(subject.tree):
        if kind_of(own, network) == "gradient":
            for other in network.neighbours(own.name):
                taken = Name(other, own.shift)
                blanks = _blanks(subject, own, taken)
                for tree in replacing(subject.tree, own, taken):
                    yield Variant(tree, IN_UPDATE, blanks, f"{own.name}→{other}")


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    gradients = [one for one in occurrences(tree) if kind_of(one, subject.network) == "gradient"]
    lost = [one for one in occurrences(subject.tree) if one not in names(tree)]
    pairs = dict.fromkeys((*product(gradients, lost), *renamed(tree, subject.network)))
    for taken, belongs in pairs:
        if taken in gradients:
            blanks = _blanks(subject, belongs, taken)
            for changed in replacing(tree, taken, belongs):
                yield Variant(changed, ELSEWHERE, blanks, f"{belongs.name}→{taken.name}")


def _blanks(subject: Subject, belongs: Name, taken: Name) -> Blanks:
    return {"own": Name(subject.quantity.name), "belongs": belongs, "taken": taken}


WRONG_GRADIENT = Mistake(
    code="SP210",
    name="wrong-gradient",
    summary="an update takes another weight's gradient",
    explanation=(
        "Each weight goes down its own slope: w6 is changed by ∂E/∂w6, not by that of a neighbour."
    ),
    wrong="w6 = w6'-eta*dE/dw5'",
    right="w6 = w6'-eta*dE/dw6'",
    cases=(IN_UPDATE, ELSEWHERE),
    rank=100,
    variants=_variants,
    undone=_undone,
)
