"""Errors of the outputs that add up to the right total in other shares: not judged.

Squared errors of which E_total is the mean are twice the half squares whose sum it is: the total
is the same, and so is every gradient.
"""

from __future__ import annotations

from sheetprop.checking.judging.left_open import left_open
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.tables.judgement import Judgement

TOTAL = "E_total"
REASON = "the errors are other shares of the total than known here, but the total is right"


def without_other_shares(judgement: Judgement) -> Judgement:
    """Return a judgement whose errors are not accused where they make up the right total."""
    trees = _whole_trees(judgement)
    errors = [name for name in trees if name != TOTAL]
    if TOTAL not in trees or not errors or not _is_total(judgement, trees):
        return judgement
    return left_open(judgement, [w for w in judgement.wrong if w.quantity in trees], REASON)


def _whole_trees(judgement: Judgement) -> dict[str, Expr]:
    """Return what wrong errors and totals say, of those that are nowhere right."""
    kinds = ("error", "total error")
    return {
        wrong.quantity: wrong.tree
        for wrong in judgement.wrong
        if judgement.network.quantities[wrong.quantity].kind in kinds and not wrong.right_elsewhere
    }


def _is_total(judgement: Judgement, trees: dict[str, Expr]) -> bool:
    """Whether the total of the errors as they stand is the total of the right ones."""
    alike = [one for one in judgement.wrong if one.quantity in trees]
    quantities = judgement.network.quantities
    if len(alike) != len(trees):
        return False  # several fills, which say different things

    def put_in(leaf: Expr) -> Expr | None:
        is_error = isinstance(leaf, Name) and not leaf.shift and leaf.name != TOTAL
        return trees.get(leaf.name) if is_error and isinstance(leaf, Name) else None

    right = quantities[TOTAL].tree
    every = {n for n, q in quantities.items() if q.kind == "error"}
    if right is None or not every <= set(trees):
        return False
    return judgement.points.same(substitute(trees[TOTAL], put_in), right)
