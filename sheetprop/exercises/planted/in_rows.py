"""Mistakes put into a table of a lesson in rows, each in a column, such that `check` names them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sheetprop.calculating.calculated import calculated
from sheetprop.caller import argument
from sheetprop.checking.check import check_workbook
from sheetprop.checking.outcome import outcome_of_rows
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.checking.stages import case_of
from sheetprop.errors import SpecError
from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes import OF_ROWS
from sheetprop.mistakes.base import Mistake, Subject
from sheetprop.mistakes.search import explain
from sheetprop.workbooks.exercise_names import kind_in, with_bugs_named
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

SHARE, MOST_DRAWS = 3, 40
"""At most one computed column of so many is wrong, and so often the mistakes are drawn anew."""


@dataclass(frozen=True)
class RowBug:
    """A mistake: the quantity it is made in, what that becomes, and in which rows."""

    quantity: str
    mistake: Mistake
    tree: Expr
    steps: tuple[int, ...]


def with_bugs(workbook: Workbook, number: int, seed: int) -> Workbook:
    """Return the workbook of a lesson with so many mistakes, that `check` finds and names.

    They are made in one of its tables.

    Raises:
        SpecError: there is no room for so many.

    """
    tables = tables_in(workbook)
    judgement = tables[seed % len(tables)]
    draw = random.Random(seed)  # noqa: S311 - a choice of exercises, no secret
    found = list(made_in(judgement))
    room = len({bug.quantity for bug in found}) // SHARE or 1
    if number > room:
        problem = f"must be at most {room} in a table of this size, not {number}"
        raise SpecError(argument("mistakes"), None, problem)
    for _ in range(MOST_DRAWS):
        chosen = _drawn(found, number, draw)
        changed = changed_by(workbook, judgement, chosen)
        named = {one.mistake for one in check_workbook(changed, "").errors}
        if named == {bug.mistake.name for bug in chosen}:
            return with_bugs_named(changed, [bug.quantity for bug in chosen], seed)
    raise SpecError(argument("seed"), None, "gives no mistakes that can be told apart; try another")


def tables_in(workbook: Workbook) -> tuple[RowJudgement, ...]:
    """Return the judged tables of a workbook that says of which lesson it is."""
    outcome = outcome_of_rows(case_of(workbook, ""), kind_in(workbook.names))
    return tuple(one for one in outcome.judgements if isinstance(one, RowJudgement))


def made_in(judgement: RowJudgement) -> Iterator[RowBug]:
    """Yield the mistakes that may be made in the columns of a table, each named as what it is."""
    for name, compared in judgement.compared.items():
        for one in compared:
            if one.is_right and len(one.steps) >= min(judgement.table.iterations, 2):
                yield from _of_column(judgement, name, tuple(one.steps))


def _of_column(judgement: RowJudgement, name: str, steps: tuple[int, ...]) -> Iterator[RowBug]:
    points = judgement.points_at(steps[0])
    right = points.lesson.quantities[name]
    for mistake in OF_ROWS:
        for made in mistake.variants(Subject(right, points.lesson)):
            bug = RowBug(name, mistake, made.tree, steps)
            if _is_named(judgement, bug):
                yield bug
                break  # one of a kind in a column is enough


def _is_named(judgement: RowJudgement, bug: RowBug) -> bool:
    """Whether a mistake can be written in every row, and is explained as what it is."""
    points = judgement.points_at(bug.steps[0])
    right = points.lesson.quantities[bug.quantity].tree
    leaves = names(bug.tree)
    has_cells = all(judgement.has_cell(leaf, step) for leaf in leaves for step in bug.steps)
    if not has_cells or right is None or points.same(bug.tree, right):
        return False
    told = explain(OF_ROWS, points, bug.quantity, bug.tree)
    return [one.mistake for one in told] == [bug.mistake]


def _drawn(found: list[RowBug], number: int, draw: random.Random) -> list[RowBug]:
    """Return so many mistakes in different columns, of different kinds as far as there are."""
    chosen: list[RowBug] = []
    for bug in draw.sample(found, len(found)):
        others = {other for one in chosen for other in (one.quantity, one.mistake.name)}
        if len(chosen) < number and not {bug.quantity, bug.mistake.name} & others:
            chosen.append(bug)
    return chosen


def changed_by(workbook: Workbook, judgement: RowJudgement, bugs: list[RowBug]) -> Workbook:
    """Return the workbook with the wrong formulas, all of it calculated anew."""
    wrong: dict[Address, str] = {}
    for bug in bugs:
        for step in bug.steps:
            at = judgement.table.cell(bug.quantity, step)
            wrong[at] = judgement.written(bug.tree, step)
    sheets = tuple(_changed(sheet, judgement.table.sheet, wrong) for sheet in workbook.sheets)
    return replace(workbook, sheets=calculated(sheets))


def _changed(sheet: Sheet, own: str, wrong: dict[Address, str]) -> Sheet:
    """Return a sheet without the values of formulas, those of a table's own sheet changed."""
    cells = {
        at: cell._replace(value=None) if cell.formula else cell for at, cell in sheet.cells.items()
    }
    if sheet.name == own:
        cells |= {at: Cell(None, formula) for at, formula in wrong.items()}
    return replace(sheet, cells=cells)
