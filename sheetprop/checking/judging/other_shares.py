"""Errors of the outputs that make up their total in another way than known here: not judged.

Squared errors of which E_total is the mean are twice the half squares whose sum it is: the total
is the same, and so is every gradient. The mean of the half squares is another total, of which all
gradients are as much less. And of several samples the total may be shown as a sum, though all that
is learned is their mean.
"""

from __future__ import annotations

from collections.abc import Collection

from sheetprop.checking.judging.left_open import left_open
from sheetprop.maths.trees.expr import Expr, Name, Number, Product, Quotient
from sheetprop.maths.trees.walk import substitute
from sheetprop.tables.judgement import Judgement

TOTAL = "E_total"
OF_THE_MEAN = "E_total is the mean over the outputs here, and all gradients are those of the mean"
OF_SAMPLES = "of E_total and the gradients one is a sum over the samples, the other their mean"
REASON = "the errors are other shares of the total than known here, but the total is right"
OTHER = "the other errors are other shares of the total than known here, this one is none of them"


def without_other_shares(judgement: Judgement) -> Judgement:
    """Return a judgement whose errors are not accused where they make up the right total."""
    judgement = _without_sum_of_samples(_without_mean(judgement))
    trees = _whole_trees(judgement)
    errors = [name for name in trees if name != TOTAL]
    if TOTAL not in trees or not errors:
        return judgement
    shares = trees if _is_total(judgement, trees) else _shares_of_half(judgement, trees)
    odd = [w for w in judgement.wrong if shares and w.quantity in trees.keys() - shares.keys()]
    alike = [w for w in judgement.wrong if w.quantity in shares]
    return left_open(left_open(judgement, alike, REASON), odd, OTHER)


def _shares_of_half(judgement: Judgement, trees: dict[str, Expr]) -> dict[str, Expr]:
    """Return whole squares with the half of their sum, where other errors have a slip besides."""
    quantities, same = judgement.network.quantities, judgement.points.same

    def is_share(name: str, tree: Expr) -> bool:
        right = quantities[name].tree
        if right is None:
            return False
        half = Quotient(right, Number(2))
        return same(tree, half if name == TOTAL else Product((Number(2), right)))

    found = {name: tree for name, tree in trees.items() if is_share(name, tree)}
    return found if TOTAL in found and len(found) > 1 else {}


def _without_mean(judgement: Judgement) -> Judgement:
    """Return a judgement that accuses no total and gradients of the mean, if all of them are."""
    quantities = judgement.network.quantities
    wanted = {n for n, q in quantities.items() if q.kind in ("total error", "gradient")}
    trees = _whole_trees(judgement, ("total error", "gradient"))
    alike = [one for one in judgement.wrong if one.quantity in trees]
    outputs = sum(quantity.kind == "error" for quantity in quantities.values())
    if set(trees) != wanted or len(alike) != len(trees) or outputs == 1:
        return judgement
    for name, tree in trees.items():
        right = quantities[name].tree
        if right is None or not judgement.points.same(tree, Quotient(right, Number(outputs))):
            return judgement
    return left_open(judgement, alike, OF_THE_MEAN)


def _without_sum_of_samples(judgement: Judgement) -> Judgement:
    """Return a judgement that accuses no total of samples which is right but for their number."""
    count = judgement.network.architecture.samples
    trees, right = _whole_trees(judgement, ("total error",)), judgement.network.quantities[TOTAL]
    alike = [one for one in judgement.wrong if one.quantity in trees]
    if count == 1 or len(alike) != 1 or right.tree is None:
        return judgement
    others = (Product((Number(count), right.tree)), Quotient(right.tree, Number(count)))
    if not any(judgement.points.same(trees[TOTAL], other) for other in others):
        return judgement
    return left_open(judgement, alike, OF_SAMPLES)


def _whole_trees(
    judgement: Judgement, kinds: Collection[str] = ("error", "total error")
) -> dict[str, Expr]:
    """Return what wrong quantities of some kinds say, of those that are nowhere right."""
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
