"""SP244: the slopes of softmax: the form of the diagonal elsewhere, or that of others on it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Negative
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.derivatives.matrices import SOFTMAX, lesson_name, parts
from sheetprop.mistakes.words import Case

TEMPERATURE = Name("T")
ON_DIAGONAL = Case(
    "as on the diagonal",
    "has the form of the diagonal, a·(1 - a)",
    "A share grows with its own value and shrinks as another grows, by the product of both: {own} "
    "is {right}.",
)
OFF_DIAGONAL = Case(
    "as off the diagonal",
    "has the form of the entries beside the diagonal, -a·a",
    "By its own value a share grows: {own} is {right}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    own = parts(subject.quantity.name)
    if lesson_name(subject.lesson) != SOFTMAX or own is None or own[0][0] != "a":
        return
    one, other = Name(own[0]), Name(f"a{own[1][1:]}")
    is_divided = TEMPERATURE in names(subject.tree)
    case = OFF_DIAGONAL if one == other else ON_DIAGONAL
    made: list[Expr] = [Negative(one * other)]
    if one != other:
        made = [a * (1 - b) for a, b in ((one, one), (one, other), (other, other), (other, one))]
    for tree in made:
        blanks = {"own": Name(subject.quantity.name), "right": subject.tree}
        yield Variant(tree / TEMPERATURE if is_divided else tree, case, blanks, case.name)


SOFTMAX_SLOPE = Mistake(
    code="SP244",
    name="softmax-slope",
    summary="an entry of softmax's matrix of slopes has the form of another kind of entry",
    explanation=(
        "On the diagonal a share's slope is a·(1 - a), as sigmoid's; everywhere else it is minus "
        "the product of two shares. With the form of the diagonal everywhere rows no longer add "
        "up to 0."
    ),
    wrong="da1/dz2 = a1*(1-a2)/T",
    right="da1/dz2 = -a1*a2/T",
    cases=(ON_DIAGONAL, OFF_DIAGONAL),
    rank=14,
    is_of_rows=True,
    variants=_variants,
)
