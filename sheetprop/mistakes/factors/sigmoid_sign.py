"""SP209: the minus sign in the sigmoid's exponent is lost."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import Call, Negative, replace_at, walk
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.notation.text import to_text


def _variants(subject: Subject) -> Iterator[Variant]:
    for path, node in walk(subject.tree):
        match node:
            case Call("EXP", (Negative(operand),)):
                changed = replace_at(subject.tree, path, Call("EXP", (operand,)))
                phrase = f"has exp({to_text(operand)}) where exp(-{to_text(operand)}) belongs"
                yield Variant(changed, phrase, "exponent")
            case _:
                continue


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
    variants=_variants,
)
