"""Derivatives by differences: nothing tells how nearly they have to be right."""

from __future__ import annotations

from dataclasses import replace

from sheetprop.checking.cells.matrices import AGAIN
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.rows.consistent import Unreachable
from sheetprop.tables.judgement import Compared, Unread, Wrong

LARGEST_STEP = 0.1
"""A difference is taken over no more."""

NEARLY = 10.0
"""So many steps, as a share of the slope or of 1, a difference may be off."""

TINY, NEAR = 1e-5, 1e-3
"""At such a step a difference is this near the slope, as a share of it or of 1."""

BY_DIFFERENCES = "it is taken by differences, and nothing tells how nearly it has to be right"


def without_differences(judgement: RowJudgement) -> RowJudgement:
    """Return the judgement with slopes left open that take a small step and are about right."""
    steps = _steps(judgement)
    judgement = _with_limits(judgement, frozenset(steps))
    open_ = {
        one.quantity
        for one in judgement.wrong
        if "/" in one.quantity and any(_is_near(judgement, one.quantity, step) for step in steps)
        if {leaf.name for leaf in names(one.tree)} & {*steps}
    }
    if not open_:
        return judgement
    return replace(
        judgement,
        compared={
            name: tuple(_left_open(one) for one in found) if name in open_ else found
            for name, found in judgement.compared.items()
        },
        wrong=tuple(one for one in judgement.wrong if one.quantity not in open_),
        unread=(*judgement.unread, *(Unread(name, (0,), BY_DIFFERENCES) for name in sorted(open_))),
    )


def _with_limits(judgement: RowJudgement, steps: frozenset[str]) -> RowJudgement:
    """Return the judgement in which second entries are right that are so for tiny steps."""
    right = {
        one.quantity
        for one in judgement.wrong
        if one.quantity.endswith(AGAIN) and _is_limit(judgement, one, steps)
    }
    compared = {
        name: tuple(one._replace(is_right=True) for one in found) if name in right else found
        for name, found in judgement.compared.items()
    }
    wrong = tuple(one for one in judgement.wrong if one.quantity not in right)
    return replace(judgement, compared=compared, wrong=wrong) if right else judgement


def _is_limit(judgement: RowJudgement, one: Wrong, steps: frozenset[str]) -> bool:
    """Whether a formula comes to the slope at random points, as its step goes to 0."""
    points, right = judgement.points_at(0), judgement.quantity_at(one.quantity, 0).tree
    tiny = substitute(
        one.tree,
        lambda leaf: Number(TINY) if isinstance(leaf, Name) and leaf.name in steps else None,
    )
    if tiny is one.tree or right is None:
        return False
    try:
        pairs = zip(points.evaluate(tiny), points.evaluate(right), strict=True)
    except Unreachable:
        return False
    return all(abs(own - slope) <= NEAR * max(1.0, abs(slope)) for own, slope in pairs)


def _left_open(one: Compared) -> Compared:
    return Compared(one.steps, None, None, BY_DIFFERENCES)


def _steps(judgement: RowJudgement) -> dict[str, float]:
    """Return the given numbers that no function takes and that are small: by name."""
    trees = [one.tree for one in judgement.lesson.quantities.values() if one.tree is not None]
    taken = {leaf.name for tree in trees for leaf in names(tree)}
    found = {
        name: number
        for name, line in judgement.lines.items()
        if name not in taken and judgement.lesson.quantities[name].tree is None
        for number in line.numbers.values()
    }
    return {name: number for name, number in found.items() if 0 < abs(number) <= LARGEST_STEP}


def _is_near(judgement: RowJudgement, name: str, step: str) -> bool:
    """Whether a slope is as nearly right as a difference over a step may be."""
    right = judgement.own_value(name, 0)
    own = judgement.value_of(judgement.table.sheet, judgement.table.cell(name, 0))
    if right is None or isinstance(own, bool) or not isinstance(own, int | float):
        return False
    allowed = NEARLY * abs(_steps(judgement)[step]) * max(1.0, abs(right))
    return abs(own - right) <= allowed
