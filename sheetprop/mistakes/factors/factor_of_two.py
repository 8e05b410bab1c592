"""SP208: the ½ of the error is lost, or a 2 added."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Expr, Name, Number, Product, product
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

TWICE, HALF = "is twice what it should be", "is half of what it should be"
LOST_HALF = Case(
    "the ½ of the error",
    TWICE,
    "The ½ in {own} = {right} is there so that the 2 of its derivative cancels. The gradients of "
    "this worksheet are made for an error with the ½.",
)
DOUBLED = Case(
    "doubled",
    TWICE,
    "Nothing in {own} = {right} gives a 2; what is made from it takes the 2 along.",
)
HALVED = Case(
    "halved",
    HALF,
    "Nothing in {own} = {right} halves it; what is made from it takes the ½ along.",
)
GRADIENT_TWICE = Case(
    "a doubled gradient",
    TWICE,
    "The 2 from the derivative of the square cancels with the ½ in the error that this worksheet "
    "uses. {own} is {right}, without a 2.",
)
GRADIENT_HALF = Case(
    "a halved gradient",
    HALF,
    "The ½ of the error cancels with the 2 from the derivative of its square, so no ½ is left in "
    "{own} = {right}.",
)
STEP_TWICE = Case(
    "a doubled step",
    "moves by twice η times its gradient",
    "The step of an update is η times the gradient, {own} = {right}. A 2 in it makes the rate "
    "twice what it is called.",
)
STEP_HALF = Case(
    "a halved step",
    "moves by half of η times its gradient",
    "The step of an update is η times the gradient, {own} = {right}. A ½ in it makes the rate "
    "half what it is called.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    yield _told(2 * subject.tree, "×2", subject)
    yield _told(0.5 * subject.tree, "×½", subject)
    for path, node in walk(subject.tree) if subject.quantity.is_given_first else ():
        if path and isinstance(node, Product):
            for factor, signature in ((2.0, "×2"), (0.5, "×½")):
                changed = product([*node.factors, Number(factor)])
                yield _told(replace_at(subject.tree, path, changed), signature, subject, True)


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    for path, node in walk(tree):
        if not isinstance(node, Product):
            continue
        for index, factor in enumerate(node.factors):
            if factor in (Number(2.0), Number(0.5)):
                rest = product([*node.factors[:index], *node.factors[index + 1 :]])
                signature = "×2" if factor == Number(2.0) else "×½"
                in_step = bool(path) and subject.quantity.is_given_first
                yield _told(replace_at(tree, path, rest), signature, subject, in_step)


def _told(tree: Expr, signature: str, subject: Subject, in_step: bool = False) -> Variant:
    blanks = {"own": Name(subject.quantity.name), "right": subject.tree}
    is_twice = signature == "×2"
    if subject.quantity.kind in ("gradient", "hidden error"):
        case = GRADIENT_TWICE if is_twice else GRADIENT_HALF
    elif in_step:
        case = STEP_TWICE if is_twice else STEP_HALF
    elif subject.quantity.kind == "error" and is_twice:
        case = LOST_HALF
    else:
        case = DOUBLED if is_twice else HALVED
    return Variant(tree, case, blanks, signature)


FACTOR_OF_TWO = Mistake(
    code="SP208",
    name="factor-of-two",
    summary="½ lost or 2 added",
    explanation=(
        "The ½ in E = ½(t - a)² is there so that the 2 of the derivative cancels. Whichever form "
        "is used, error and gradient must use the same."
    ),
    wrong="E1 = (t1-a_o1)^2",
    right="E1 = 0.5*(t1-a_o1)^2",
    cases=(LOST_HALF, DOUBLED, HALVED, GRADIENT_TWICE, GRADIENT_HALF, STEP_TWICE, STEP_HALF),
    rank=80,
    variants=_variants,
    undone=_undone,
)
