"""Headers turned round: each of several columns computes what another one is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table

LEAST = 3
"""So many columns are turned; two are exchanged, which `relabel` finds."""


def reordered(judgement: Judgement, trees: Mapping[str, Expr]) -> Iterator[Table]:
    """Yield the table with each column of one kind called what it computes.

    `trees` are the formulas of the wrong columns. Turned headers of the gradients also make all
    updates look wrong, and the other way round: which of the kinds it was is to be tried.
    """
    quantities = judgement.network.quantities
    for kind in dict.fromkeys(quantities[name].kind for name in trees):
        own = {n: t for n, t in trees.items() if quantities[n].kind == kind}
        names = _cycles(judgement, own) if len(own) >= LEAST else {}
        if len(names) >= LEAST:
            yield judgement.table.called(names)


def _computed(judgement: Judgement, name: str, tree: Expr) -> str | None:
    """Return the quantity, another than its header says, that a column computes.

    A weight whose header was turned refers to itself under that name.
    """
    kind = judgement.network.quantities[name].kind
    for other, quantity in judgement.network.quantities.items():
        if other == name or quantity.kind != kind or quantity.tree is None:
            continue
        if judgement.points.same(_called(tree, name, other), quantity.tree):
            return other
    return None


def _called(tree: Expr, name: str, other: str) -> Expr:
    def new(leaf: Expr) -> Expr | None:
        is_itself = isinstance(leaf, Name) and leaf.name == name
        return Name(other, leaf.shift) if is_itself and isinstance(leaf, Name) else None

    return substitute(tree, new)


def _cycles(judgement: Judgement, trees: Mapping[str, Expr]) -> dict[str, str]:
    """Return what columns compute, without those whose name nobody gives or takes."""
    computed = {name: _computed(judgement, name, tree) for name, tree in trees.items()}
    found = {name: other for name, other in computed.items() if other is not None}
    while True:
        kept = {n: o for n, o in found.items() if o in found and n in found.values()}
        if kept == found:
            return found if len(set(found.values())) == len(found) else {}
        found = kept
