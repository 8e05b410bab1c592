"""SP243: the temperature of softmax multiplied by, or left out, where it divides."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Quotient
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.derivatives.matrices import SOFTMAX, lesson_name
from sheetprop.mistakes.words import Case

TEMPERATURE = Name("T")
MULTIPLIED = Case(
    "multiplied",
    "multiplies by {T}, where it divides",
    "A high temperature makes shares alike because the values are divided by it: {own} is {right}.",
)
LEFT_OUT = Case(
    "left out",
    "leaves out the temperature {T}",
    "{own} is {right}: at a temperature of 1 the two are the same, at any other one they are not.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    if lesson_name(subject.lesson) != SOFTMAX:
        return
    blanks = {"T": TEMPERATURE, "own": Name(subject.quantity.name), "right": subject.tree}
    places = [path for path, node in walk(subject.tree) if _divides(node)]
    for case in (MULTIPLIED, LEFT_OUT):
        changed = subject.tree
        for path in reversed(places):
            tree = _put(subject.tree, path, case)
            changed = _put(changed, path, case)
            if len(places) > 1:
                yield Variant(tree, case, blanks, case.name)
        if places:
            yield Variant(changed, case, blanks, case.name)


def _divides(node: Expr) -> bool:
    return isinstance(node, Quotient) and node.denominator == TEMPERATURE


def _put(tree: Expr, path: tuple[int, ...], case: Case) -> Expr:
    node = tree
    for index in path:
        node = node.children[index]
    assert isinstance(node, Quotient)
    above = node.numerator
    return replace_at(tree, path, above * TEMPERATURE if case is MULTIPLIED else above)


MISPLACED_TEMPERATURE = Mistake(
    code="SP243",
    name="misplaced-temperature",
    summary="the temperature of softmax multiplied by, or left out, where it divides",
    explanation=(
        "Softmax at a temperature T is that of z/T, and every slope by z has a factor 1/T. "
        "Multiplied by it, hot becomes cold."
    ),
    wrong="u1 = (z1+c)*T",
    right="u1 = (z1+c)/T",
    cases=(MULTIPLIED, LEFT_OUT),
    rank=13,
    is_of_rows=True,
    variants=_variants,
)
