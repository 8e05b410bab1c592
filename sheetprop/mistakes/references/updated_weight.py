"""SP211: the backward pass uses weights of the next iteration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sheetprop.maths.expr import Expr, Name, substitute
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.trees import occurrences
from sheetprop.notation.text import name_text


def _variants(subject: Subject) -> Iterator[Variant]:
    if subject.quantity.kind not in ("gradient", "hidden error"):
        return
    quantities = subject.network.quantities
    weights = [n for n in occurrences(subject.tree) if quantities[n.name].kind == "weight"]
    for size in range(1, len(weights) + 1):
        for chosen in combinations(weights, size):
            names = ", ".join(name_text(name.name) for name in chosen)
            phrase = f"uses {names} after the update, from the next iteration"
            yield Variant(_next(subject.tree, chosen), phrase, "next", 1)


def _next(tree: Expr, chosen: tuple[Name, ...]) -> Expr:
    return substitute(
        tree, lambda leaf: Name(leaf.name, 1) if isinstance(leaf, Name) and leaf in chosen else None
    )


UPDATED_WEIGHT = Mistake(
    code="SP211",
    name="updated-weight",
    summary="the backward pass uses weights of the next iteration",
    explanation=(
        "All gradients of an iteration are slopes at the same point, so the error travels back "
        "through the weights that were used on the way forward; only then are all updated."
    ),
    wrong="dE/dw1 = ((a_o1-t1)*a_o1*(1-a_o1)*w5[+1]+…)*a_h1*(1-a_h1)*i1",
    right="dE/dw1 = ((a_o1-t1)*a_o1*(1-a_o1)*w5+…)*a_h1*(1-a_h1)*i1",
    variants=_variants,
)
