"""SP204: another kind of quantity than the one that belongs there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sheetprop.maths.expr import Name
from sheetprop.maths.network import Network
from sheetprop.maths.units import ACTIVATIONS
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.trees import computing, occurrences, replacing
from sheetprop.notation.text import name_text
from sheetprop.spec import Architecture


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
    yield from _other_slopes(subject)


def _other_slopes(subject: Subject) -> Iterator[Variant]:
    """Yield a gradient with the slope of another activation, such as a·(1 - a) behind tanh.

    That of the identity is 1: a factor that is missing, not another one.
    """
    if subject.quantity.kind not in ("gradient", "hidden error"):
        return
    shape = subject.network.architecture
    for other in [n for n, u in ACTIVATIONS.items() if u.is_common and n != "identity"]:
        for right, changed in (
            (shape.hidden_activation, replace(shape, hidden_activation=other)),
            (shape.output_activation, replace(shape, output_activation=other)),
        ):
            tree = _network(changed).quantities[subject.quantity.name].tree
            if right != other and tree is not None and tree != subject.tree:
                phrase = f"takes the slope of {other} where that of {right} belongs"
                yield Variant(tree, phrase, f"slope {right}→{other}")


@lru_cache(maxsize=64)
def _network(shape: Architecture) -> Network:
    return Network(shape)


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
