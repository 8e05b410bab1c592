"""Samples in rows that share one update: weights stay for some rows and move by the mean gradient.

With n samples in n rows under one another, each weight is carried on in n - 1 of them, and the n-th
update takes the sum or the mean of n gradients. Each row is an iteration of its own in all else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sheetprop.checking.judging.further_terms import form_of
from sheetprop.checking.judging.left_open import left_open
from sheetprop.maths.names import gradient_of, is_gradient
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names
from sheetprop.tables.judgement import Compared, Judgement, Wrong

OTHER_MEAN = "it takes the gradients of other rows than of those that share this update"
MOST_SAMPLES = 5
"""Rows back that random points know of."""


def with_shared_updates(judgement: Judgement) -> Judgement:
    """Return a judgement in which updates shared by several rows are held against their mean."""
    count = _samples(judgement)
    if count < 2:
        return judgement
    compared = dict(judgement.compared)
    for name in judgement.network.parameters:
        own = compared.get(name, ())
        compared[name] = tuple(part for one in own for part in _held(judgement, name, one, count))
    wrong = tuple(
        left for one in judgement.wrong for left in _still_wrong(one, compared[one.quantity])
    )
    return replace(judgement, compared=compared, wrong=wrong)


def without_other_means(judgement: Judgement) -> Judgement:
    """Return a judgement that accuses no shared updates which all take the same other rows.

    Which rows they are to take nobody tells.
    """
    parameters = judgement.network.parameters
    is_shared = any(
        one.is_right and _is_carried(one)
        for name in parameters
        for one in judgement.compared.get(name, ())
    )
    others = [wrong for wrong, _ in judgement.named if wrong.quantity in parameters]
    said = {(form_of(one.quantity, one.tree), *one.steps) for one in others if one.tree}
    is_alike = len(others) == len(parameters) and len(said) == 1
    if not (is_shared and is_alike):
        return judgement
    return left_open(judgement, others, OTHER_MEAN)


def _samples(judgement: Judgement) -> int:
    """Return how many rows share an update: as many as lie between those of all parameters.

    Where that varies, as many as most updates take gradients of.
    """
    parameters = judgement.network.parameters
    by_name = [[o for o in judgement.compared.get(n, ()) if _is_other(o)] for n in parameters]
    period = _period(by_name)
    if period > 1:
        return period
    wrong = [one for own in by_name for one in own]
    counts = [len(_gradients(one.tree)) for one in wrong if one.tree is not None]
    shared = [count for count in counts if 2 <= count <= MOST_SAMPLES]
    carried = sum(_is_carried(one) for one in wrong)
    if not shared or not carried or len(shared) + carried < len(wrong):
        return 0
    return max(set(shared), key=shared.count)


def _is_other(one: Compared) -> bool:
    return one.is_right is False and one.tree is not None


def _period(by_name: Sequence[Sequence[Compared]]) -> int:
    """Return how many rows lie between updates that carry nothing on, 0 where that varies."""
    carried, due = (
        {
            frozenset(s for one in own if _is_carried(one) is so for s in one.steps)
            for own in by_name
        }
        for so in (True, False)
    )
    if len(carried) != 1 or len(due) != 1 or not carried.pop():
        return 0
    between = {b - a for a, b in pairwise(sorted({0, *due.pop()}))}
    period = between.pop() if len(between) == 1 else 0
    return period if period <= MOST_SAMPLES else 0


def _gradients(tree: Expr) -> set[Name]:
    """Return the gradients of one parameter, in several rows, that a tree takes."""
    return {leaf for leaf in names(tree) if is_gradient(leaf.name)}


def _is_carried(one: Compared) -> bool:
    return isinstance(one.tree, Name) and one.tree.shift == -1


def _held(judgement: Judgement, name: str, one: Compared, count: int) -> Iterator[Compared]:
    """Yield cells of a weight as they are right among rows that share an update, or wrong."""
    if one.is_right is not False or one.tree is None:
        yield one
        return
    due = tuple(step for step in one.steps if step % count == 0)
    between = tuple(step for step in one.steps if step % count)
    shared = any(judgement.points.same(one.tree, right) for right in _shared(name, count))
    for steps, is_right in ((due, shared), (between, one.tree == Name(name, -1))):
        if steps:
            yield one._replace(steps=steps, is_right=is_right)


def _shared(name: str, count: int) -> Iterator[Expr]:
    """Yield the updates by the mean and by the sum of the gradients of so many rows."""
    before: Expr = Name(name, -1)
    total: Expr = Name(gradient_of(name), -1)
    for back in range(2, count + 1):
        total = total + Name(gradient_of(name), -back)
    yield before - Name(LEARNING_RATE) * total * Number(1 / count)
    yield before - Name(LEARNING_RATE) * total


def _still_wrong(wrong: Wrong, compared: Sequence[Compared]) -> Iterator[Wrong]:
    """Yield what is left of wrong formulas without the steps that are right."""
    right = {step for one in compared if one.is_right for step in one.steps}
    steps = tuple(step for step in wrong.steps if step not in right)
    if steps:
        tree = next(
            (one.tree for one in compared if steps[0] in one.steps and one.tree), wrong.tree
        )
        yield wrong._replace(steps=steps, tree=tree)
