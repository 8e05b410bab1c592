"""SP214: something that is no weight is updated like one."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.expr import Name
from sheetprop.maths.network import LEARNING_RATE, PREVIOUS
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.notation.text import name_text


def _variants(subject: Subject) -> Iterator[Variant]:
    own = subject.quantity.name
    if own in subject.network.parameters:
        return
    for name, quantity in subject.network.quantities.items():
        if quantity.kind == "gradient":
            step = Name(LEARNING_RATE) * Name(name, PREVIOUS)
            phrase = f"updates {name_text(own)} by η · {name_text(name)}, as if it were a weight"
            yield Variant(Name(own, PREVIOUS) - step, phrase, "update")


UPDATED_ACTIVATION = Mistake(
    code="SP214",
    name="updated-activation",
    summary="a quantity that is not a weight is updated like one",
    explanation=(
        "Only weights (and biases) learn. Sums and activations follow from them and are computed "
        "anew in every iteration; an update filled one column too far breaks the forward pass."
    ),
    wrong="h1 = h1'-eta*dE/dw5'",
    right="h1 = w1*i1+w2*i2",
    variants=_variants,
)
