"""Formulas made for the settings of their own rows: ``=D2`` for a layer whose stride is 1.

Who writes each row's formula by hand leaves out of it what its kernel, stride or padding makes
superfluous. Such a formula is right there as long as these stay; one filled down is not made so.
"""

from __future__ import annotations

from dataclasses import replace

from sheetprop.checking.rows.right.also_right import rights
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.maths.trees.simplified import simplified
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.tables.judgement import Wrong

FEWEST_WAYS = 2
"""So many different formulas of a column, each right in its own rows, show that it is made so."""


def settled(judgement: RowJudgement) -> tuple[Wrong, ...]:
    """Return the wrong formulas that are right with their rows' own settings, rounded or not."""
    if not judgement.rows_of.is_counting:
        return ()
    by_column: dict[str, list[Wrong]] = {}
    for one in judgement.wrong:
        if all(_fits(judgement, one, step) for step in one.steps):
            by_column.setdefault(one.quantity, []).append(one)
    made = [found for found in by_column.values() if len({w.tree for w in found}) >= FEWEST_WAYS]
    return tuple(one for found in made for one in found)


def without_settled(judgement: RowJudgement, found: tuple[Wrong, ...]) -> RowJudgement:
    """Return the judgement in which those that round where their rows need it are right."""
    right = {
        (one.quantity, one.steps)
        for one in found
        if all(_fits(judgement, one, step, is_rounded=True) for step in one.steps)
    }
    if not right:
        return judgement
    compared = {
        name: tuple(
            one._replace(is_right=True) if (name, tuple(one.steps)) in right else one
            for one in cells
        )
        for name, cells in judgement.compared.items()
    }
    wrong = tuple(one for one in judgement.wrong if (one.quantity, one.steps) not in right)
    return replace(judgement, compared=compared, wrong=wrong)


def _fits(judgement: RowJudgement, one: Wrong, step: int, *, is_rounded: bool = False) -> bool:
    """Whether a formula is right with the settings of a row; unless `is_rounded`, but for INT."""
    right = judgement.quantity_at(one.quantity, step).tree
    points = judgement.points_at(step)
    own = _with_settings(judgement, one.tree, step)
    for way in rights(judgement, one.quantity, right, step) if right is not None else ():
        known = _with_settings(judgement, way, step)
        if points.same(own, known) or (not is_rounded and points.same(own, _unrounded(known))):
            return True
    return False


def _with_settings(judgement: RowJudgement, tree: Expr, step: int) -> Expr:
    """Return a tree with the numbers that are typed in a row for what is given there alone."""
    stated = judgement.rows_of.by_name
    taken: dict[Name, Expr] = {}
    for leaf in names(tree):
        is_setting = leaf.name in stated and stated[leaf.name].is_setting
        value = judgement.student_value(leaf, step) if is_setting and not leaf.shift else None
        if value is not None:
            taken[leaf] = Number(float(value))
    changed = substitute(tree, lambda leaf: taken.get(leaf) if isinstance(leaf, Name) else None)
    return simplified(changed)


def _unrounded(tree: Expr) -> Expr:
    def bare(node: Expr) -> Expr:
        children = tuple(map(bare, node.children))
        if isinstance(node, Call) and node.function in ("INT", "CEILING"):
            return children[0]
        return node.with_children(children) if children else node

    return bare(tree)
