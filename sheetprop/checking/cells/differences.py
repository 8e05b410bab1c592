"""Derivatives by differences: nothing tells how nearly they have to be right."""

from __future__ import annotations

from dataclasses import replace

from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.walk import names
from sheetprop.tables.judgement import Compared, Unread

LARGEST_STEP = 0.1
"""A difference is taken over no more."""

NEARLY = 10.0
"""So many steps, as a share of the slope or of 1, a difference may be off."""

BY_DIFFERENCES = "it is taken by differences, and nothing tells how nearly it has to be right"


def without_differences(judgement: RowJudgement) -> RowJudgement:
    """Return the judgement with slopes left open that take a small step and are about right."""
    steps = _steps(judgement)
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
