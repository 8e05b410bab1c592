"""Which mistake made a wrong formula in a row, or a column of wrong numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from sheetprop.calculating.agreement import is_close
from sheetprop.checking.rows.right.own_settings import settled, without_settled
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.maths.trees.walk import Path, nodes, replace_at, walk
from sheetprop.mistakes import OF_ROWS
from sheetprop.mistakes.base import Diagnosis
from sheetprop.mistakes.cells.typed_constant import RIGHT_NOW, TYPED_CONSTANT, WRONG
from sheetprop.mistakes.factors.unexplained import unexplained
from sheetprop.mistakes.own_cells import own_formula
from sheetprop.mistakes.rows import dilated_kernel as kernel
from sheetprop.mistakes.rows import jump_not_carried as jump
from sheetprop.mistakes.rows import miscounted_bias as bias
from sheetprop.mistakes.rows import missing_floor as floor
from sheetprop.mistakes.rows.missing_floor import MISSING_FLOOR
from sheetprop.mistakes.search import explain
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Wrong
from sheetprop.tables.readings.parsed import parsed_of_rows

MOST_READINGS = 200
"""So many ways to read a formula's numbers as references are tried."""

REMARKS: Mapping[Case, Case] = {
    **dict.fromkeys((floor.NONE, floor.NEAREST, floor.UP), floor.RIGHT_NOW),
    kernel.FOR_THREE: kernel.RIGHT_NOW,
    bias.NONE: bias.RIGHT_NOW,
}
"""What is said of formulas that are right for some numbers, and are so here."""

WHOLE_REMARKS: Mapping[Case, Case] = {jump.LOST: jump.RIGHT_NOW}
"""The same of formulas that are right so in a whole column, and not in single cells of one."""

Named = tuple[Wrong, list[Diagnosis]]


def named(judgement: RowJudgement) -> RowJudgement:
    """Return the judgement with each wrong formula and what explains it."""
    made = settled(judgement)
    judgement = without_settled(judgement, made)
    found = tuple(
        (one, diagnosis)
        for wrong in judgement.wrong
        for one, diagnosis in _by_value(
            judgement, wrong, [_unrounded(wrong)] if wrong in made else diagnose(judgement, wrong)
        )
    )
    return replace(judgement, named=found)


def _unrounded(wrong: Wrong) -> Diagnosis:
    """Return what is told of a formula that only lacks its rounding, for the settings it has."""
    return Diagnosis(MISSING_FLOOR, floor.NONE, {"own": Name(wrong.quantity)}, floor.NONE.name)


def diagnose(judgement: RowJudgement, wrong: Wrong) -> list[Diagnosis]:
    """Return what explains a wrong formula best: a mistake, a number for a reference, or two."""
    points = judgement.points_at(wrong.steps[0])
    found = explain(OF_ROWS, points, wrong.quantity, wrong.tree)
    if len(found) == 1:
        return found
    typed = _typed(judgement, wrong)
    return [typed] if typed else found or [unexplained(wrong.quantity)]


def _by_value(judgement: RowJudgement, wrong: Wrong, found: list[Diagnosis]) -> Iterator[Named]:
    """Yield what is right as long as the numbers stay as they are apart from what is wrong."""
    remark = REMARKS.get(found[0].case) if len(found) == 1 else None
    whole = WHOLE_REMARKS.get(found[0].case) if len(found) == 1 else None
    if whole is not None and not wrong.right_elsewhere:
        is_right = all(is_right_here(judgement, wrong.quantity, step) for step in wrong.steps)
        remark = whole if is_right else None
    if remark is None:
        yield wrong, found
        return
    right = tuple(step for step in wrong.steps if is_right_here(judgement, wrong.quantity, step))
    others = tuple(step for step in wrong.steps if step not in right)
    if others:
        yield wrong._replace(steps=others), found
    if right:
        yield wrong._replace(steps=right), [found[0]._replace(case=remark)]


def is_right_here(judgement: RowJudgement, name: str, step: int) -> bool:
    """Whether a cell shows what it should, given the student's own other numbers."""
    table = judgement.table
    value = judgement.value_of(table.sheet, table.cell(name, step))
    right = judgement.own_value(name, step)
    return isinstance(value, int | float) and right is not None and is_close(value, right, 1e-9)


def _typed(judgement: RowJudgement, wrong: Wrong) -> Diagnosis | None:
    """Return the diagnosis where numbers stand for references, right at the moment or not."""
    step = wrong.steps[0]
    right = judgement.quantity_at(wrong.quantity, step).tree
    own = _numbers_in(judgement, wrong)
    places = [(p, n.value) for p, n in walk(wrong.tree) if isinstance(n, Number) and n.value in own]
    options: list[list[tuple[Path, float, Name] | None]] = [
        [None, *((path, value, name) for name in _meant(judgement, wrong))]
        for path, value in places
    ]
    for chosen in islice(product(*options), MOST_READINGS):
        used = [one for one in chosen if one is not None]
        tree = wrong.tree
        for path, _, name in used:
            tree = replace_at(tree, path, name)
        if used and right is not None and judgement.points_at(step).same(tree, right):
            return _told(judgement, wrong, used)
    return None


def _told(judgement: RowJudgement, wrong: Wrong, used: list[tuple[Path, float, Name]]) -> Diagnosis:
    numbers = " and ".join(f"{value:g} for {_text(name)}" for _, value, name in used)
    is_right = all(is_right_here(judgement, wrong.quantity, step) for step in wrong.steps)
    belongs = " and ".join(dict.fromkeys(_text(name) for _, _, name in used))
    blanks: Blanks = {"own": Name(wrong.quantity), "numbers": numbers, "belongs": belongs}
    if is_right:
        return Diagnosis(TYPED_CONSTANT, RIGHT_NOW, blanks, numbers)
    number = f"{used[0][1]:g}"
    return Diagnosis(TYPED_CONSTANT, WRONG, {"number": number, "belongs": used[0][2]}, numbers)


def _text(name: Name) -> str:
    return name_text(name.name, name.shift)


def _numbers_in(judgement: RowJudgement, wrong: Wrong) -> set[float]:
    """Return the numbers that stand in the formula itself."""
    try:
        tree = parsed_of_rows(own_formula(judgement, wrong.quantity, wrong.steps[0]))
    except FormulaError:
        return set()
    return {node.value for node in nodes(tree) if isinstance(node, Number)}


def _meant(judgement: RowJudgement, wrong: Wrong) -> list[Name]:
    """Return the quantities of this row, and those of the one before, that have cells."""
    others = [name for name in judgement.held if name != wrong.quantity]
    back = [name for name in judgement.held if judgement.rows_of.looks_back(name)]
    return [*(Name(one) for one in sorted(others)), *(Name(one, -1) for one in sorted(back))]
