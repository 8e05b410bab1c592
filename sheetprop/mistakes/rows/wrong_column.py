"""SP218: in a table of rows, a reference to another column than the one that belongs there."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.trees import occurrences, replacing
from sheetprop.mistakes.words import Blanks, Case

TAKEN = Case(
    "takes another",
    "takes {taken} where {belongs} belongs",
    "{own} is {right}. {taken} has cells of its own, often right beside those of {belongs}: look "
    "at where the reference points.",
)
COPIED = Case(
    "has the formula of another",
    "has the formula of {taken}",
    "{taken} has cells of its own. {own} is {right}; this formula was filled or copied too far.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    if isinstance(subject.lesson, Network):
        return  # there the kinds of quantities tell more
    quantities = subject.lesson.quantities
    for old in occurrences(subject.tree):
        for other in quantities:
            new = Name(other, old.shift)
            if other != old.name and new != Name(subject.quantity.name):
                for tree in replacing(subject.tree, old, new):
                    yield Variant(tree, TAKEN, _blanks(subject, old, new), f"{old}→{new}")
    for other, quantity in quantities.items():
        if other != subject.quantity.name and quantity.tree is not None:
            blanks = _blanks(subject, Name(other), Name(other))
            yield Variant(quantity.tree, COPIED, blanks, f"is {other}", 2)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    if isinstance(subject.lesson, Network):
        return
    belonging = [name for name in names(subject.tree) if isinstance(name, Name)]
    for taken in occurrences(tree):
        for belongs in belonging:
            if taken != belongs and taken.name != belongs.name:
                for changed in replacing(tree, taken, belongs):
                    blanks = _blanks(subject, belongs, taken)
                    yield Variant(changed, TAKEN, blanks, f"{belongs}→{taken}")


def _blanks(subject: Subject, belongs: Name, taken: Name) -> Blanks:
    return {
        "own": Name(subject.quantity.name),
        "right": subject.tree,
        "belongs": belongs,
        "taken": taken,
    }


WRONG_COLUMN = Mistake(
    code="SP218",
    name="wrong-column",
    summary="a reference to another column than the one that belongs there",
    explanation=(
        "Each row is computed from quantities that have columns of their own. A reference that "
        "points to the column beside computes with another quantity, and nothing shows it as long "
        "as the numbers look alike."
    ),
    wrong="jump = jump'*padding",
    right="jump = jump'*stride",
    cases=(TAKEN, COPIED),
    rank=125,
    is_of_rows=True,
    variants=_variants,
    undone=_undone,
)
