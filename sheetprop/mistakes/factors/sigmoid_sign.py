"""SP209: the minus sign in the sigmoid's exponent is lost."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.trees.expr import Call, Expr, Name, Negative
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

EXPONENT = Case(
    "exponent",
    "has exp({wrong}) where exp({right}) belongs",
    "σ(x) = 1/(1 + exp(-x)) rises from 0 to 1. With the other sign {own} falls from 1 to 0 as its "
    "sum grows: the neuron answers the opposite, and the slope a·(1 - a) has the wrong sign for "
    "it.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    for path, node in walk(subject.tree):
        match node:
            case Call("EXP", (Negative(operand),)):
                changed = replace_at(subject.tree, path, Call("EXP", (operand,)))
                yield _told(changed, operand, Negative(operand), subject)
            case _:
                continue


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    for path, node in walk(tree):
        match node:
            case Call("EXP", (argument,)):
                right = argument.operand if isinstance(argument, Negative) else Negative(argument)
                changed = replace_at(tree, path, Call("EXP", (right,)))
                yield _told(changed, argument, right, subject)
            case _:
                continue


def _told(tree: Expr, wrong: Expr, right: Expr, subject: Subject) -> Variant:
    blanks = {"own": Name(subject.quantity.name), "wrong": wrong, "right": right}
    return Variant(tree, EXPONENT, blanks, "exponent")


SIGMOID_SIGN = Mistake(
    code="SP209",
    name="sigmoid-sign",
    summary="1/(1+EXP(x))",
    explanation=(
        "σ(x) = 1/(1+e⁻ˣ) rises from 0 to 1. Without the minus sign it falls from 1 to 0: the "
        "neuron answers the opposite, and the slope a·(1 - a) has the wrong sign for it."
    ),
    wrong="a_h1 = 1/(1+EXP(h1))",
    right="a_h1 = 1/(1+EXP(-h1))",
    cases=(EXPONENT,),
    rank=90,
    variants=_variants,
    undone=_undone,
)
