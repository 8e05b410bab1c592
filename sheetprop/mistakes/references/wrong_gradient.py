"""SP210: an update takes another weight's gradient."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import Name
from sheetprop.maths.network import PREVIOUS
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.trees import replacing
from sheetprop.notation.text import name_text


def _variants(subject: Subject) -> Iterator[Variant]:
    own = f"dE/d{subject.quantity.name}"
    others = [n for n, q in subject.network.quantities.items() if q.kind == "gradient" and n != own]
    if own not in subject.network.quantities:
        return
    for other in others:
        changed, _ = next(replacing(subject.tree, Name(own, PREVIOUS), Name(other, PREVIOUS)))
        phrase = f"uses {name_text(other)} where {name_text(own)} belongs"
        yield Variant(changed, phrase, f"{own}→{other}")


WRONG_GRADIENT = Mistake(
    code="SP210",
    name="wrong-gradient",
    summary="an update takes another weight's gradient",
    explanation=(
        "Each weight goes down its own slope: w6 is changed by ∂E/∂w6, not by that of a neighbour."
    ),
    wrong="w6 = w6'-eta*dE/dw5'",
    right="w6 = w6'-eta*dE/dw6'",
    variants=_variants,
)
