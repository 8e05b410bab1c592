"""SP246: a determinant without its sign, or with it where areas are meant."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Call, Name
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.derivatives.matrices import JACOBIAN, lesson_name
from sheetprop.mistakes.words import Case

NOT_ABSOLUTE = Case(
    "not absolute",
    "is the determinant with its sign",
    "By how much areas grow is never negative: {own} is {right}. Where the image is turned over, "
    "the determinant is negative.",
)
ABSOLUTE = Case(
    "absolute",
    "is the determinant without its sign",
    "The sign of the determinant tells whether the image is turned over: {own} is {right}.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    name, tree = subject.quantity.name, subject.tree
    if lesson_name(subject.lesson) != JACOBIAN or "det" not in name:
        return
    blanks = {"own": Name(name), "right": tree}
    if isinstance(tree, Call) and tree.function == "ABS":
        yield Variant(tree.arguments[0], NOT_ABSOLUTE, blanks, NOT_ABSOLUTE.name)
    else:
        yield Variant(Call("ABS", (tree,)), ABSOLUTE, blanks, ABSOLUTE.name)


DETERMINANT_SIGN = Mistake(
    code="SP246",
    name="determinant-sign",
    summary="a determinant without its sign, or with it where areas are meant",
    explanation=(
        "Under a change of variables an area grows by the absolute value of the determinant; the "
        "determinant itself is negative where the image is turned over."
    ),
    wrong="absdet = df1/dx*df2/dy-df1/dy*df2/dx",
    right="absdet = ABS(df1/dx*df2/dy-df1/dy*df2/dx)",
    cases=(NOT_ABSOLUTE, ABSOLUTE),
    rank=16,
    is_of_rows=True,
    variants=_variants,
)
