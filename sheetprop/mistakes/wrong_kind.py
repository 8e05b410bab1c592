"""SP204: another kind of quantity than the one that belongs there."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import Name
from sheetprop.mistakes.base import (
    Mistake,
    Subject,
    Variant,
    computing,
    occurrences,
    replacing,
)
from sheetprop.notation.text import name_text


def _variants(subject: Subject) -> Iterator[Variant]:
    quantities = subject.network.quantities
    for old in occurrences(subject.tree):
        if old.name not in quantities:
            continue
        for other, quantity in quantities.items():
            if quantity.kind == quantities[old.name].kind or quantity.kind == "gradient":
                continue
            phrase = f"takes {name_text(other)} where {name_text(old.name)} belongs"
            for changed, cost in replacing(subject.tree, old, Name(other, old.shift)):
                yield Variant(changed, phrase, f"{old.name}→{other}", cost)
    for other, quantity in quantities.items():
        if quantity.kind != subject.quantity.kind:
            yield computing(other)


WRONG_KIND = Mistake(
    code="SP204",
    name="wrong-kind",
    summary="h for a_h, o for a_o, a for t …: the wrong kind of quantity",
    explanation=(
        "A neuron has a sum (h1) and an activation (a_h1 = σ(h1)); what it passes on, and what a "
        "weight behind it is multiplied with, is the activation."
    ),
    wrong="dE/dw6 = (a_o1-t1)*a_o1*(1-a_o1)*h2",
    right="dE/dw6 = (a_o1-t1)*a_o1*(1-a_o1)*a_h2",
    variants=_variants,
)
