"""Error values (#REF!, #DIV/0!, …): where one begins, not everywhere it is passed on to."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.engine_values import CIRCLE
from sheetprop.checking.judging.findings import (
    Draft,
    Suspects,
    among,
    expected_formula,
    places,
    suspects_of,
)
from sheetprop.checking.report import Finding
from sheetprop.errors import FormulaError
from sheetprop.maths.expr import walk
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.notation.text import name_text
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, ExcelError, Workbook

DEEPEST = 20
"""So many helper cells are followed to where an error comes from."""

BEYOND = {
    "#NUM!": "its result is too large for a spreadsheet",
    "#DIV/0!": "it divides by a number that is 0 here, such as 1 - a of a saturated neuron",
}
"""Errors that a right formula shows for the numbers of one worksheet, and why."""

Step = tuple[str, int]


def error_findings(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield error values; those that only follow from another cell's error are not repeated."""
    accused = {(wrong.quantity, step) for wrong, _ in judgement.named for step in wrong.steps}
    broken, suspects = _broken(judgement), suspects_of(judgement)
    if suspects is not None:
        suspects = {a: value for a, value in suspects.items() if isinstance(value, ExcelError)}
    for name in judgement.lines:
        shown = dict(_shown(judgement, workbook, name, suspects))
        own = {
            s for s in shown if (name, s) in broken or not _inherits(judgement, workbook, name, s)
        }
        own |= _with_own(judgement, name, own) & set(shown)
        by_error: dict[str, list[int]] = {}
        for step in sorted(own):
            if (name, step) not in accused:
                by_error.setdefault(shown[step], []).append(step)
        for error, steps in by_error.items():
            yield _draft(judgement, workbook, name, error, steps)


def _broken(judgement: Judgement) -> set[Step]:
    """Return the steps whose formulas have no value whatever they refer to, such as x/0."""
    return {
        (wrong.quantity, step)
        for wrong in judgement.wrong
        if judgement.has_value(wrong.tree) is False
        for step in wrong.steps
    }


def _with_own(judgement: Judgement, name: str, own: set[int]) -> set[int]:
    """Return the steps as unreadable, for the same reason, as one that has an error of its own.

    From the second on, such a formula also meets the errors that the first has led to.
    """
    unread = [one for one in judgement.unread if one.quantity == name]
    reasons = {one.reason for one in unread if own & set(one.steps)}
    return {step for one in unread if one.reason in reasons for step in one.steps}


def _shown(
    judgement: Judgement, workbook: Workbook, name: str, suspects: Suspects
) -> Iterator[tuple[int, str]]:
    """Yield the steps that show an error, by a formula or typed over it, and which."""
    line, cells = judgement.lines[name], workbook[judgement.table.sheet].cells
    for step, _, value in among(suspects, judgement, line):
        if isinstance(value, ExcelError) and value != CIRCLE:  # said once for all
            yield step, str(value)
    for step in line.others:
        value = cells[judgement.table.cell(name, step)].value
        if isinstance(value, ExcelError):
            yield step, str(value)


def _inherits(judgement: Judgement, workbook: Workbook, name: str, step: int) -> bool:
    """Whether an error comes from another cell of the table, through helper cells or not."""
    return _comes_from_table(
        judgement, workbook, judgement.table.sheet, judgement.table.cell(name, step), DEEPEST
    )


def _comes_from_table(
    judgement: Judgement, workbook: Workbook, sheet: str, cell: Address, depth: int
) -> bool:
    table = judgement.table.sheet
    for place in _referred(workbook, sheet, cell):
        if not isinstance(judgement.value_of(*place), str):  # errors are texts too
            continue
        is_held = place[0].casefold() == table.casefold() and judgement.holds(place[1])
        if is_held or (depth and _comes_from_table(judgement, workbook, *place, depth - 1)):
            return True
    return False


def _referred(workbook: Workbook, sheet: str, cell: Address) -> list[tuple[str, Address]]:
    """Return the cells that a cell's formula refers to."""
    found = next((s for s in workbook.sheets if s.name.casefold() == sheet.casefold()), None)
    content = found.cells.get(cell) if found else None
    try:
        tree = parse((content.formula if content else None) or "")
    except FormulaError:
        return []
    nodes = (node for _, node in walk(tree))
    return [(n.sheet or sheet, (n.row, n.column)) for n in nodes if isinstance(n, CellReference)]


def _is_right(judgement: Judgement, name: str) -> bool:
    others = [w.quantity for w in judgement.wrong] + [u.quantity for u in judgement.unread]
    return name not in others


def _draft(
    judgement: Judgement, workbook: Workbook, name: str, error: str, steps: list[int]
) -> Draft:
    mistake = BY_NAME["error-value"]
    reason = BEYOND.get(error) if _is_right(judgement, name) else None
    message = f"{name_text(name)} shows {error}."
    if reason:
        message = f"{name_text(name)} shows {error}: the formula is right, but {reason}."
    first = workbook[judgement.table.sheet].cells[judgement.table.cell(name, steps[0])]
    finding = Finding(
        mistake.name,
        mistake.code,
        "note" if reason else "error",
        places(judgement, name, steps),
        message,
        found=first.formula or error,
        expected=expected_formula(judgement, judgement.network.quantities[name], steps[0]),
    )
    return Draft((mistake.code, error), finding)
