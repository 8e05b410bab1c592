"""SP224: what does not go evenly is not rounded down."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Call, Expr, Name
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

WHY = (
    "The kernel moves in whole steps and stops before it would leave the image: of the steps that "
    "do not go evenly only the whole ones count. "
)
NONE = Case("not at all", "does not round down", WHY + "Put INT around the quotient of {own}.")
NEAREST = Case(
    "to the nearest",
    "rounds to the nearest whole number, not down",
    WHY + "Rounded to the nearest, half a step counts as one: take INT.",
)
UP = Case(
    "up",
    "rounds up, not down",
    WHY + "Rounded up, a part of a step counts as one: take INT.",
)
RIGHT_NOW = Case(
    "not yet seen",
    "does not round down",
    WHY + "With the numbers here it goes evenly, so {own} is right as long as these stay: with "
    "another stride or size it would not be a whole number.",
    severity="warning",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    blanks = {"own": Name(subject.quantity.name)}
    for path, node in walk(subject.tree):
        if isinstance(node, Call) and node.function == "INT":
            for case, instead in _instead(node):
                changed = replace_at(subject.tree, path, instead)
                yield Variant(changed, case, blanks, case.name)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    has_floor = any(isinstance(n, Call) and n.function == "INT" for _, n in walk(subject.tree))
    blanks = {"own": Name(subject.quantity.name)}
    for path, node in walk(tree) if has_floor else ():
        if node.children:
            yield Variant(replace_at(tree, path, Call("INT", (node,))), NONE, blanks, NONE.name)


def _instead(node: Call) -> Iterator[tuple[Case, Expr]]:
    (inner,) = node.arguments
    yield NONE, inner
    yield NEAREST, Call("ROUND", (inner,))
    yield UP, Call("CEILING", (inner,))


MISSING_FLOOR = Mistake(
    code="SP224",
    name="missing-floor",
    summary="a number of steps that is not rounded down",
    explanation=(
        "The kernel moves in whole steps and stops before it would leave the image. What is left "
        "of the image behind the last step is seen by nothing."
    ),
    wrong="size = (size'+2*padding-dilation*(kernel-1)-1)/stride+1",
    right="size = INT((size'+2*padding-dilation*(kernel-1)-1)/stride)+1",
    cases=(NONE, NEAREST, UP, RIGHT_NOW),
    rank=31,
    is_of_rows=True,
    variants=_variants,
    undone=_undone,
)
