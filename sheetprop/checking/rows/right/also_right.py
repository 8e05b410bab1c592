"""What is right beside the one right formula, for what a sheet leaves out or writes as a text.

Formulas with branches, of which random rows may meet only one, are held to what they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.calculating.agreement import is_close
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.maths.trees.simplified import simplified
from sheetprop.maths.trees.walk import names, nodes, put
from sheetprop.rows.row_lesson import RowQuantity

BRANCHING = frozenset({"IF", "MIN", "MAX", "MOD"})

NEAR = 1e-6
"""So near are numbers of one formula, whatever way it is written."""


def rights(blank: RowJudgement, name: str, right: Expr, step: int) -> list[Expr]:
    """Return all that is right in a cell: the right formula, and what says the same there."""
    found = [right, *(tree for _, tree in with_also(blank, name, step))]
    typed = [with_texts(blank, one, step) for one in found]
    typed.append(_as_chosen(blank, right, step))
    return [*found, *(one for one in typed if one is not None)]


def _as_chosen(blank: RowJudgement, tree: Expr, step: int) -> Expr | None:
    """Return what choices of 0 and 1 leave of a tree, None where it takes none of them."""
    known = blank.rows_of.by_name
    taken = [leaf for leaf in names(tree) if leaf.name in known and known[leaf.name].is_chosen]
    values = [blank.student_value(leaf, step) for leaf in taken]
    if not taken or not all(value in (0.0, 1.0) for value in values):
        return None
    for leaf, value in zip(taken, values, strict=True):
        tree = put(tree, leaf, Number(float(value or 0)))
    return simplified(tree)


def with_texts(blank: RowJudgement, tree: Expr | None, step: int) -> Expr | None:
    """Return a tree with the numbers that a formula has to have typed, None where it has none.

    A size that is written as a text can be taken from no cell.
    """
    changed = tree
    for leaf in names(tree) if tree is not None and blank.texts else ():
        place = step + leaf.shift
        is_row = leaf.name in blank.table.lines and 0 <= place < blank.table.iterations
        value = blank.student_value(leaf, step)
        if is_row and value is not None and not blank.has_cell(leaf, step):
            assert changed is not None
            changed = simplified(put(changed, leaf, Number(value)))
    return None if changed is tree else changed


Taken = tuple[str, float] | None
"""A quantity that the sheet leaves out, and a number that it may be; None for the default ones."""


def with_also(blank: RowJudgement, name: str, step: int) -> Iterator[tuple[Taken, Expr]]:
    """Yield what else is right where the sheet leaves out what may be another number."""
    other = blank.rows_of.trees_of(blank.kinds[step])
    whole = other.get(name, blank.rows_of.by_name[name].tree)
    taken = names(whole) if whole is not None else frozenset()
    for one in blank.rows_of.stated:
        leaves = [leaf for leaf in taken if leaf.name == one.name]
        for number in one.also if leaves and _may_be(blank, one) else ():
            tree = whole
            for leaf in leaves:
                assert tree is not None
                tree = put(tree, leaf, Number(number))
            assert tree is not None
            yield (one.name, number), _as_held(blank, name, tree)
    for kind in blank.rows_of.kinds:
        if name in kind.also and kind.name in blank.kinds[step].split(" "):
            yield None, _as_held(blank, name, kind.also[name])


def _as_held(blank: RowJudgement, name: str, tree: Expr) -> Expr:
    """Return a tree in what a sheet holds, where that says it."""
    own = _in_sheet(blank, tree)
    return blank.rows_of.in_held(own, name, lambda leaf: leaf.name in blank.held) or own


def chosen(blank: RowJudgement, name: str, step: int, tree: Expr) -> frozenset[Taken]:
    """Return with which of the numbers that are as right as each other a formula is right."""
    points = blank.points_at(step)
    right = blank.quantity_at(name, step).tree
    ways: list[tuple[Taken, Expr]] = [] if right is None else [(None, right)]
    ways += with_also(blank, name, step)
    typed = [(taken, with_texts(blank, way, step)) for taken, way in ways]
    ways += [(taken, way) for taken, way in typed if way is not None]
    return frozenset(taken for taken, way in ways if points.same(way, tree))


def _may_be(blank: RowJudgement, one: RowQuantity) -> bool:
    """Whether a sheet leaves open what a quantity is: it, and all that it follows from.

    Where rows are of kinds that differ, it cannot be taken to be the same in all.
    """
    if one.name in blank.held:
        return False
    if one.tree is None:
        return True
    others = {leaf.name for leaf in names(one.tree)} | _also_called(blank, one.name)
    own = {kind.name for kind in blank.rows_of.kinds if kind.trees}
    return not others & blank.held and not own & {kind.split(" ")[0] for kind in blank.kinds}


def _also_called(blank: RowJudgement, name: str) -> set[str]:
    """Return the other quantities that say the same of the row before."""
    ways = blank.rows_of.equal.get(Name(name, -1), ())
    return {leaf.name for way in ways for leaf in names(way)}


def _in_sheet(blank: RowJudgement, tree: Expr) -> Expr:
    """Return a tree in which what the sheet leaves out is what it is by default."""
    for one in blank.rows_of.stated:
        if one.default is not None and one.name not in blank.held:
            tree = put(tree, Name(one.name), Number(one.default))
    return simplified(tree)


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
