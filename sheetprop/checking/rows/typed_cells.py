"""Numbers typed where formulas belong: right to their digits, wrong, or not to be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isqrt
from typing import NamedTuple

from sheetprop.calculating.agreement import is_close
from sheetprop.checking.rows.number_columns import explained, fits, number_columns
from sheetprop.checking.rows.right.also_right import with_also
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes.base import Diagnosis
from sheetprop.tables.digits import are_chosen, half_unit

EXACT = 1e-9
FEWEST_DIGITS = 0.05
"""Of the right number: what may be off by more tells nothing."""

MOST_IN_VAIN = 3
"""After so many columns that nothing explains, the others are taken number by number."""


class TypedCells(NamedTuple):
    """The typed numbers of a computed quantity, by step: what is right, wrong, or unknown.

    Where one `mistake` made a whole column, `tree` is what is right there.
    """

    quantity: str
    given: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    untold: tuple[int, ...] = ()
    mistake: Diagnosis | None = None
    tree: Expr | None = None


def typed_cells(judgement: RowJudgement) -> tuple[TypedCells, ...]:
    """Return the typed numbers of each computed quantity, told once for all who ask."""
    return judgement.once("typed cells", lambda: tuple(_typed_cells(judgement)))


def _typed_cells(judgement: RowJudgement) -> Iterator[TypedCells]:
    """Yield the typed numbers of each computed quantity."""
    in_vain = 0
    for cells in each_by_itself(judgement):
        is_alone = judgement.rows_of.is_counting or in_vain >= MOST_IN_VAIN
        found = cells if is_alone else _as_column(judgement, cells)
        in_vain += bool(found.wrong) and found.mistake is None
        yield found


def each_by_itself(judgement: RowJudgement) -> Iterator[TypedCells]:
    """Yield the typed numbers of each computed quantity, whatever their column tells."""
    found = [
        _of_line(judgement, name)
        for name, line in judgement.lines.items()
        if line.numbers and judgement.lesson.quantities[name].tree is not None
    ]
    wrong = {(one.quantity, step) for one in found for step in one.wrong}
    for one in found:
        behind = [step for step in one.wrong if _follows(judgement, one.quantity, step, wrong)]
        rest = tuple(step for step in one.wrong if step not in behind)
        yield one._replace(wrong=rest, right=tuple(sorted((*one.right, *behind))))


def _follows(judgement: RowJudgement, name: str, step: int, wrong: set[tuple[str, int]]) -> bool:
    """Whether a number is wrong only beside others that are: right with what those should be."""
    tree = judgement.quantity_at(name, step).tree
    other = {
        leaf: right
        for leaf in (names(tree) if tree is not None else ())
        if (leaf.name, step + leaf.shift) in wrong
        and (right := judgement.own_value(leaf.name, step + leaf.shift)) is not None
    }
    right = judgement.valued(name, step, other) if other else None
    return right is not None and is_close(judgement.lines[name].numbers[step], right, EXACT)


def _as_column(judgement: RowJudgement, cells: TypedCells) -> TypedCells:
    """Return what typed numbers are where the whole column tells it: right, or one mistake."""
    if not cells.wrong and not cells.untold:
        return cells
    for column in number_columns(judgement, [cells.quantity]):
        steps = tuple(column.numbers)
        tree = column.lesson.quantities[cells.quantity].tree
        if tree is not None and fits(column, tree):
            return TypedCells(cells.quantity, right=steps)
        mistake = explained(column) if cells.wrong else None
        if mistake is not None:
            return TypedCells(cells.quantity, wrong=steps, mistake=mistake, tree=tree)
    return cells


def _of_line(judgement: RowJudgement, name: str) -> TypedCells:
    found: dict[str, list[int]] = {"given": [], "right": [], "wrong": [], "untold": []}
    for step, number in judgement.lines[name].numbers.items():
        found[_told(judgement, name, step, number)].append(step)
    odd = [step for step in found["right"] if _is_odd(judgement, name, step, found["right"])]
    found["right"] = [step for step in found["right"] if step not in odd]
    found["untold"] += odd
    given, right, wrong, untold = (tuple(steps) for steps in found.values())
    return TypedCells(name, given, right, wrong, untold)


def _told(judgement: RowJudgement, name: str, step: int, number: float) -> str:
    looks_back = judgement.rows_of.looks_back(name)
    if step == 0 and looks_back:
        return "given"
    if step == 1 and judgement.starts and looks_back and number == first_of(judgement, name):
        return "given"
    right = judgement.own_value(name, step)
    if _is_also_right(judgement, name, step, number):
        return "right"
    if right is None:
        return "given" if _is_first(judgement, name, step) else "untold"
    if is_close(number, right, EXACT):
        return "right"
    off = slack(judgement, name, step)
    allowed = off + half(judgement, number) + EXACT * abs(right)
    if abs(number - right) > allowed:
        return "right" if right and _is_by_pixel(judgement, name, step, number / right) else "wrong"
    return "right" if allowed <= max(FEWEST_DIGITS, FEWEST_DIGITS * abs(right)) else "untold"


def _is_also_right(judgement: RowJudgement, name: str, step: int, number: float) -> bool:
    """Whether a number is right with another one for what the sheet leaves out: with a bias."""
    others = (judgement.tree_value(tree, step) for _, tree in with_also(judgement, name, step))
    return any(other is not None and is_close(number, other, EXACT) for other in others)


def _is_by_pixel(judgement: RowJudgement, name: str, step: int, times: float) -> bool:
    """Whether a number is what is right, once for each pixel of a square image."""
    own = (kind for kind in judgement.rows_of.kinds if kind.name in judgement.kinds[step].split())
    is_flat = any(kind.by_pixel == name for kind in own)
    return is_flat and times >= 1 and float(times).is_integer() and isqrt(int(times)) ** 2 == times


def _is_odd(judgement: RowJudgement, name: str, step: int, right: Sequence[int]) -> bool:
    """Whether a number is right without what as many rows of its kind have: a bias."""
    alike = [one for one in right if judgement.kinds[one] == judgement.kinds[step]]
    numbers = judgement.lines[name].numbers
    more = [one for one in alike if _is_largest(judgement, name, one, numbers[one])]
    return step not in more and len(alike) <= 2 * len(more)


def _is_largest(judgement: RowJudgement, name: str, step: int, number: float) -> bool:
    """Whether a number is the largest of several that are as right."""
    others = (judgement.tree_value(tree, step) for _, tree in with_also(judgement, name, step))
    ways = [one for one in (judgement.own_value(name, step), *others) if one is not None]
    return bool(ways) and min(ways) < max(ways) and is_close(number, max(ways), EXACT)


def _is_first(judgement: RowJudgement, name: str, step: int) -> bool:
    """Whether the sheet has nothing that a quantity is computed from, and so begins with it."""
    if step == 0 and judgement.starts:
        return True
    tree = judgement.quantity_at(name, step).tree
    if tree is None or judgement.rows_of.is_counting:
        return False
    return not any(leaf.name in judgement.held for leaf in names(tree))


def first_of(judgement: RowJudgement, name: str) -> float | None:
    """Return the number that a quantity, or what it is in the row before, starts from."""
    tree = judgement.rows_of.quantities[name].tree
    own = tree.name if isinstance(tree, Name) else name
    first = judgement.rows_of.by_name[own].first
    return float(first) if isinstance(first, int | float) else None


def half(judgement: RowJudgement, number: float) -> float:
    """Return half a unit of a number's last digit; whole numbers that count things are exact."""
    return 0.0 if judgement.rows_of.is_counting else half_unit(number)


def slack(judgement: RowJudgement, name: str, step: int) -> float:
    """Return how far off a right number may be for the digits that typed numbers behind it lack."""
    tree = judgement.quantity_at(name, step).tree
    right = judgement.own_value(name, step)
    if tree is None or right is None or judgement.rows_of.is_counting:
        return 0.0
    found = 0.0
    for leaf in names(tree):
        value = judgement.student_value(leaf, step)
        if value is None or not is_typed(judgement, leaf, step) or is_exact(judgement, leaf.name):
            continue
        by = half_unit(value)
        ends = (judgement.valued(name, step, {leaf: value + sign * by}) for sign in (-1, 1))
        found += max((abs(end - right) for end in ends if end is not None), default=0.0)
    return found


def is_exact(judgement: RowJudgement, name: str) -> bool:
    """Whether a column of given numbers was chosen, and so is none of rounded ones."""
    line = judgement.lines.get(name)
    is_given = judgement.lesson.quantities[name].tree is None
    return is_given and line is not None and not line.fills and are_chosen(line.numbers.values())


def is_typed(judgement: RowJudgement, leaf: Name, step: int) -> bool:
    """Whether the cell that a name stands for holds a number without a formula."""
    line = judgement.lines.get(leaf.name)
    return line is None or step + leaf.shift in line.numbers
