"""SP214: something that is no weight is updated like one."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.quantity import LEARNING_RATE, PREVIOUS
from sheetprop.maths.trees.expr import Name
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Case

SAYS = "is updated by η · {gradient}, as if it were a weight"
COMPUTED = Case(
    "what is computed",
    SAYS,
    "Only weights (and biases) learn. {own} follows from them and is computed anew in every "
    "iteration: {formula}. The update was filled into its column too.",
)
GIVEN = Case(
    "what is given",
    SAYS,
    "Only weights (and biases) learn. {own} is given and stays the same in every iteration; the "
    "update was filled into its column too.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    own = subject.quantity.name
    if own in subject.network.parameters:
        return
    case = COMPUTED if subject.quantity.tree is not None else GIVEN
    for name, quantity in subject.network.quantities.items():
        if quantity.kind == "gradient":
            blanks = {
                "own": Name(own),
                "gradient": Name(name),
                "formula": subject.tree,
            }
            tree = Name(own, PREVIOUS) - Name(LEARNING_RATE) * Name(name, PREVIOUS)
            yield Variant(tree, case, blanks, "update")


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
    cases=(COMPUTED, GIVEN),
    rank=140,
    variants=_variants,
)
