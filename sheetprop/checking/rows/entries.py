"""The ledger of tables in rows: one entry for every cell of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sheetprop.checking.ledger.account import (
    BLANK,
    CARRIED,
    GIVEN,
    NO_NUMBER,
    SAME_TREE,
    TYPED,
    TYPED_INSIDE,
    UNNAMED,
    UNTOLD,
    Cells,
    stretches,
)
from sheetprop.checking.ledger.areas import mentioned
from sheetprop.checking.ledger.entries import Account, Entry, Ledger
from sheetprop.checking.ledger.outside import outside_of
from sheetprop.checking.ledger.unknown import unknown_columns
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.checking.rows.typed_cells import typed_cells
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes.cells.typed_constant import TYPED_CONSTANT
from sheetprop.mistakes.finding import Finding
from sheetprop.mistakes.rows.dilated_kernel import DILATED_KERNEL
from sheetprop.mistakes.rows.jump_not_carried import JUMP_NOT_CARRIED
from sheetprop.mistakes.rows.miscounted_bias import MISCOUNTED_BIAS
from sheetprop.mistakes.rows.missing_floor import MISSING_FLOOR
from sheetprop.notation.address import ROWS
from sheetprop.workbooks.sheet import ExcelError, Workbook

STARTED = Entry("given", "what the first row starts from")
TEXT = Entry("given", "a text, where a row needs no number")
CHOSEN = Entry("given", "chosen by what else is given in its row")
COUNTED = Entry("given", "counted on from the row before")
COMPUTED = Entry("not_judged", "it is computed where a number is given")
AS_SHAPE = Entry("not_judged", "a size written as a text such as 28x28x16")
_SHAPE = pattern(r"\s*\d+\s*[x×*]\s*\d+", re.I)
AS_LONG = Entry("right", "right as long as the numbers stay as they are")
TAKEN = Entry("not_judged", "nothing says what it is to be: its own formula was taken")
RIGHT_NOW = {
    TYPED_CONSTANT.name: TYPED_INSIDE,
    MISSING_FLOOR.name: AS_LONG,
    DILATED_KERNEL.name: AS_LONG,
    MISCOUNTED_BIAS.name: AS_LONG,
    JUMP_NOT_CARRIED.name: AS_LONG,
}
"""What a cell is whose formula a warning is about."""


def ledger_of(
    workbook: Workbook, judgements: Sequence[RowJudgement], findings: Sequence[Finding]
) -> Ledger:
    """Return the ledger of all tables; `findings` say which cells are wrong."""
    accounts = []
    for judgement in judgements:
        quantities = {
            name: tuple(stretches(_with_findings(judgement, name, findings)))
            for name in judgement.lines
            if is_in_sheet(workbook, judgement, name)
        }
        outside = outside_of(workbook, judgement)
        if not judgement.table.is_exercise:
            outside += tuple(unknown_columns(workbook, judgement, outside))
        edge = ROWS, max((column for _, column in workbook[judgement.table.sheet].cells), default=1)
        accounts.append(Account(judgement.table, quantities, outside, edge=edge))
    return Ledger(tuple(accounts))


def is_in_sheet(workbook: Workbook, judgement: RowJudgement, name: str) -> bool:
    """Whether a column is one of the sheet, and not what its shapes alone tell."""
    table = judgement.table
    return table.header_of(table.lines[name]) in workbook[table.sheet].cells or not judgement.texts


def _with_findings(judgement: RowJudgement, name: str, findings: Sequence[Finding]) -> Cells:
    cells = _of_line(judgement, name)
    table = judgement.table
    for index, finding in enumerate(findings):
        for place in finding.places:
            if place.sheet == table.sheet and place.quantity == name:
                entry = _found(finding, index)
                for step in _steps(judgement, name, place.range):
                    if entry is not None:
                        cells[step] = entry
    return cells


def _found(finding: Finding, index: int) -> Entry | None:
    if finding.severity == "error":
        return Entry("wrong", "a finding says why", index)
    return RIGHT_NOW.get(finding.mistake)


def _steps(judgement: RowJudgement, name: str, where: str) -> Iterator[int]:
    """Yield the steps of a quantity whose cells are in a range."""
    table = judgement.table
    for area in mentioned(where, table.sheet):
        places = (table.split(cell)[1] for cell in (area.first, area.last))
        ends = [table.step_of[place] for place in places if place in table.step_of]
        if len(ends) == 2:  # else it is in another table of the sheet
            yield from (s for s in range(min(ends), max(ends) + 1) if table.cell(name, s) in area)


def _of_line(judgement: RowJudgement, name: str) -> Cells:
    line, table = judgement.lines[name], judgement.table
    is_given = judgement.lesson.quantities[name].tree is None
    cells: Cells = [None] * table.iterations
    for step in line.numbers:
        cells[step] = GIVEN
    for step in line.others:
        value = judgement.value_of(table.sheet, table.cell(name, step))
        is_text = is_given and not isinstance(value, ExcelError)
        is_shape = isinstance(value, str) and _SHAPE.match(value) is not None
        cells[step] = TEXT if is_text else AS_SHAPE if is_shape else NO_NUMBER
    for step in line.blanks:
        cells[step] = None if is_given or not _is_needed(judgement, name, step) else BLANK
    for compared in judgement.compared.get(name, ()):
        for step in compared.steps:
            if judgement.is_computed_given(name, compared):
                cells[step] = _of_given(judgement, name, compared.tree)
            else:
                cells[step] = _compared(judgement, name, step, compared.is_right)
    for one in judgement.unread:
        for step in one.steps if one.quantity == name else ():
            cells[step] = CARRIED if is_given else Entry("not_judged", one.reason)
    if not is_given:
        _put_typed(judgement, name, cells)
    return cells


def _of_given(judgement: RowJudgement, name: str, tree: Expr | None) -> Entry:
    """Return what a formula is that computes what is given: chosen, or counted on."""
    if judgement.is_counted(name, tree):
        return COUNTED
    return CHOSEN if _is_choice(judgement, tree) else COMPUTED


def _is_choice(judgement: RowJudgement, tree: Expr | None) -> bool:
    """Whether a formula takes nothing but what is given in its row: a padding of (k - 1)/2."""
    quantities = judgement.lesson.quantities
    is_counting = judgement.rows_of.is_counting
    return (
        is_counting
        and tree is not None
        and all(
            not leaf.shift and leaf.name in quantities and quantities[leaf.name].tree is None
            for leaf in names(tree)
        )
    )


def _is_needed(judgement: RowJudgement, name: str, step: int) -> bool:
    """Whether an empty cell lacks something: not where everything starts, or nothing is counted."""
    tree = judgement.quantity_at(name, step).tree
    if step == 0 and (judgement.starts or (isinstance(tree, Name) and tree.shift < 0)):
        return False
    key = judgement.lines.get(judgement.rows_of.key or "")
    if key is not None and step in key.blanks and not judgement.table.is_exercise:
        return False
    return judgement.table.is_exercise or not isinstance(tree, Number)


def _compared(judgement: RowJudgement, name: str, step: int, is_right: bool | None) -> Entry:
    if is_right is None:
        return STARTED if judgement.rows_of.looks_back(name) else CARRIED
    table = judgement.table
    value = judgement.value_of(table.sheet, table.cell(name, step))
    if isinstance(value, ExcelError):
        return Entry("error", f"shows {value}", follows=is_right)
    if not is_right:
        return UNNAMED
    return TAKEN if name in judgement.rows_of.taken else SAME_TREE


def _put_typed(judgement: RowJudgement, name: str, cells: Cells) -> None:
    for typed in typed_cells(judgement):
        if typed.quantity == name:
            _put(cells, typed.given, STARTED)
            _put(cells, typed.right, TYPED)
            _put(cells, (*typed.untold, *typed.wrong), UNTOLD)


def _put(cells: Cells, steps: Iterable[int], entry: Entry) -> None:
    for step in steps:
        cells[step] = entry
