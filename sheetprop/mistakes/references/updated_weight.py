"""SP211: the backward pass uses weights of the next iteration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.trees import kind_of, occurrences, renamed, replacing
from sheetprop.mistakes.words import Case
from sheetprop.notation.text import name_text

UPDATED = Case(
    "updated",
    "uses {weights} after the update, from the next iteration",
    "All gradients of an iteration are slopes at the same point, so the error comes back over the "
    "weights that were used on the way forward. {first} is that weight; the value one iteration "
    "further on comes from this very gradient.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    if subject.quantity.kind not in ("gradient", "hidden error"):
        return
    weights = [n for n in occurrences(subject.tree) if kind_of(n, subject.network) == "weight"]
    for size in range(1, len(weights) + 1):
        for chosen in combinations(weights, size):
            yield _variant(_next(subject.tree, chosen), chosen)


def _variant(tree: Expr, weights: tuple[Name, ...]) -> Variant:
    names = ", ".join(name_text(name.name) for name in weights)
    return Variant(tree, UPDATED, {"weights": names, "first": weights[0]}, "next")


def _next(tree: Expr, chosen: tuple[Name, ...]) -> Expr:
    return substitute(
        tree, lambda leaf: Name(leaf.name, 1) if isinstance(leaf, Name) and leaf in chosen else None
    )


def _undone(tree: Expr, subject: Subject) -> Iterator[Variant]:
    for taken, belongs in renamed(tree, subject.network):
        is_weight = kind_of(taken, subject.network) == "weight"
        if taken.name == belongs.name and taken.shift == 1 and is_weight:
            yield from (
                _variant(changed, (belongs,)) for changed in replacing(tree, taken, belongs)
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
    cases=(UPDATED,),
    rank=110,
    variants=_variants,
    undone=_undone,
)
