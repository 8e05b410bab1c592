"""A right workbook with mistakes put into it, and the proof that `check` finds just these."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from sheetprop.caller import argument
from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Place
from sheetprop.errors import SpecError
from sheetprop.exercises.planted.bugs import Bug, draw_bugs
from sheetprop.exercises.workbook import RUN, recalculated
from sheetprop.lessons.runs.rate_table import FIRST, RATE, RateTable
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.exercise_names import with_bugs_named
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Cell, ExcelError, Sheet, Workbook

MOST_TRIES = 60


def with_bugs(
    right: Workbook, table: RateTable, number: int, seed: int
) -> tuple[list[Bug], Workbook]:
    """Return mistakes drawn by a seed, and the workbook in which they are made.

    Mistakes that hide one another, or after which numbers overflow, are drawn again.

    Raises:
        SpecError: so many cannot be made in this network, or none can be found.

    """
    if check_workbook(right, "workbook").verdict != "correct":
        problem = "find-the-bug needs a lesson that `sheetprop check` finds correct"
        raise SpecError(argument("variant"), None, f"{problem}, without numbers too large for it")
    draw = random.Random(seed)  # noqa: S311 - a worksheet by its number, not a secret
    for _ in range(MOST_TRIES):
        bugs = draw_bugs(table.network, table.iterations, number, draw)
        wrong = made(right, table, bugs)
        if not _overflows(wrong, right) and _is_found(wrong, table, bugs):
            return bugs, with_bugs_named(wrong, [bug.quantity for bug in bugs], seed)
    problem = f"{number} mistakes are too many: they could not be told apart; choose fewer"
    raise SpecError(argument("mistakes"), None, problem)


def made(right: Workbook, table: RateTable, bugs: Sequence[Bug]) -> Workbook:
    """Return the workbook with mistakes on every sheet of a learning rate, calculated anew."""
    sheets = [
        _made_on(sheet, table, bugs) if sheet.name.startswith(RUN) else sheet
        for sheet in right.sheets
    ]
    return Workbook(recalculated(sheets, right.names), right.names)


def _made_on(sheet: Sheet, table: RateTable, bugs: Sequence[Bug]) -> Sheet:
    cells = dict(sheet.cells)
    for bug in bugs:
        column = table.column[bug.quantity]
        for step in bug.steps:
            cells[FIRST + step, column] = Cell(formula=formula(table, bug.variant.tree, step))
    look = sheet.look
    assert isinstance(look, Look)
    wrong = {table.column[bug.quantity] for bug in bugs}
    kept = tuple(area for area in look.filled if area[0][1] not in wrong)
    return replace(sheet, cells=cells, look=replace(look, filled=kept))


def formula(table: RateTable, tree: Expr, step: int) -> str:
    """Return a tree as the formula of an iteration counted from 0."""

    def reference(leaf: Expr) -> str:
        assert isinstance(leaf, Name)
        if leaf.name == LEARNING_RATE:
            return fixed(RATE)
        return address(FIRST + step + leaf.shift, table.column[leaf.name])

    return to_excel(tree, reference)


def _overflows(wrong: Workbook, right: Workbook) -> bool:
    """Whether a number has become an error value that was none before."""
    return any(
        isinstance(cell.value, ExcelError)
        and not isinstance(right[sheet.name].cells[at].value, ExcelError)
        for sheet in wrong.sheets
        for at, cell in sheet.cells.items()
    )


def range_of(table: RateTable, bug: Bug) -> str:
    """Return where a mistake stands on each sheet of a learning rate, as ``Z6:Z105``."""
    column = table.column[bug.quantity]
    ends = dict.fromkeys(address(FIRST + step, column) for step in (bug.steps[0], bug.steps[-1]))
    return ":".join(ends)


def _is_found(wrong: Workbook, table: RateTable, bugs: Sequence[Bug]) -> bool:
    """Whether `check` finds every mistake under its name, and no other."""
    report = check_workbook(wrong, "workbook")
    runs = [sheet.name for sheet in wrong.sheets if sheet.name.startswith(RUN)]
    wanted = {
        (bug.mistake.name, Place(run, range_of(table, bug), bug.quantity))
        for bug in bugs
        for run in runs
    }
    return wanted == {(one.mistake, place) for one in report.errors for place in one.places}
