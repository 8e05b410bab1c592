"""Formulas with branches, of which random rows may meet only one: held to what they show."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.calculating.agreement import is_close
from sheetprop.checking.rows.also_right import rights
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.expr import Call, Expr
from sheetprop.maths.trees.walk import nodes

BRANCHING = frozenset({"IF", "MIN", "MAX", "MOD"})

NEAR = 1e-6
"""So near are numbers of one formula, whatever way it is written."""


def showing_others(
    blank: RowJudgement, name: str, steps: Sequence[int], tree: Expr
) -> tuple[int, ...]:
    """Return in which rows a formula shows another number than the right one.

    One with branches may differ only where no random row leads.
    """
    if not any(isinstance(one, Call) and one.function in BRANCHING for one in nodes(tree)):
        return ()
    return tuple(step for step in steps if _shows_other(blank, name, step))


def _shows_other(blank: RowJudgement, name: str, step: int) -> bool:
    value = blank.value_of(blank.table.sheet, blank.table.cell(name, step))
    right = blank.quantity_at(name, step).tree
    ways = rights(blank, name, right, step) if right is not None else ()
    found = (blank.tree_value(one, step) for one in ways)
    known = [one for one in found if one is not None]
    if not isinstance(value, int | float) or not known or blank.rows_of.by_name[name].free:
        return False
    return not any(is_close(value, one, NEAR) for one in known)
