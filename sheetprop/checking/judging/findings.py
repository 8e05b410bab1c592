"""Judgements turned into findings: named, placed, and one for each slip however often filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sheetprop.calculating.agreement import (
    agrees_as_stored,
    agrees_as_typed,
    is_close,
    relative_error,
)
from sheetprop.calculating.engine_values import CIRCLE
from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.judging.diagnose import NOTHING, Diagnosis
from sheetprop.checking.report import Finding, Place
from sheetprop.maths.expr import Expr, Name
from sheetprop.maths.network import LEARNING_RATE, Quantity
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.address import address, fixed, on
from sheetprop.notation.excel_write import number, to_excel
from sheetprop.notation.text import name_text, to_text
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.tables.lines import Line
from sheetprop.tables.table import runs
from sheetprop.workbooks.sheet import Address, ExcelError, Value, Workbook


@dataclass(frozen=True)
class Draft:
    """A finding of one quantity, before those that are one slip are joined; `key` tells which."""

    key: tuple[object, ...]
    finding: Finding


def formula_findings(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield what is wrong in a table's formulas."""
    for wrong, found in judgement.named:
        for diagnosis in found:
            yield _formula_finding(judgement, workbook, wrong, diagnosis)


def _formula_finding(
    judgement: Judgement, workbook: Workbook, wrong: Wrong, diagnosis: Diagnosis
) -> Draft:
    quantity = judgement.network.quantities[wrong.quantity]
    step = wrong.steps[0]
    cell = judgement.table.cell(wrong.quantity, step)
    value = judgement.value_of(judgement.table.sheet, cell)
    finding = Finding(
        mistake=diagnosis.mistake.name,
        code=diagnosis.mistake.code,
        severity="warning" if diagnosis.is_right_by_value else "error",
        places=places(judgement, wrong.quantity, wrong.steps),
        message=_message(quantity, diagnosis),
        found=workbook[judgement.table.sheet].cells[cell].formula,
        expected=expected_formula(judgement, quantity, step),
        relative_error=relative_error(value, judgement.own_value(wrong.quantity, step)),
    )
    # What nothing explains is one slip only where it is in the same rows.
    key = diagnosis.signature if diagnosis.signature != NOTHING else wrong.steps
    return Draft((diagnosis.mistake.code, key), finding)


def _message(quantity: Quantity, diagnosis: Diagnosis) -> str:
    right = f"{name_text(quantity.name)} = {to_text(quantity.tree)}" if quantity.tree else ""
    said = f"{name_text(quantity.name)} {diagnosis.phrase}."
    return f"{said} Right is {right}." if right else said


def places(judgement: Judgement, quantity: str, steps: Iterable[int]) -> tuple[Place, ...]:
    """Return the ranges of some steps of a quantity."""
    table = judgement.table
    return tuple(
        Place(table.sheet, table.range_text(quantity, run), quantity) for run in runs(steps)
    )


def expected_formula(judgement: Judgement, quantity: Quantity, step: int) -> str | None:
    """Return the right formula in the student's own references, for one step's cell."""
    tree = quantity.tree or Name(quantity.name, -1)
    if quantity.is_given_first and step == 0:
        return None
    return to_excel(tree, lambda leaf: _reference(judgement, leaf, step))


def _reference(judgement: Judgement, leaf: Expr, step: int) -> str:
    assert isinstance(leaf, Name)
    if leaf.name == LEARNING_RATE:
        return _rate_reference(judgement, step)
    if judgement.table.holds(leaf.name):
        return address(*judgement.table.cell(leaf.name, step + leaf.shift))
    return leaf.name  # a quantity without a column: its name says what is meant


def _rate_reference(judgement: Judgement, step: int) -> str:
    rate, table = judgement.rate, judgement.table
    if rate.line is not None:
        return address(*table.at(rate.line, table.places[step]))
    if rate.cell is None:
        return number(rate.value) if rate.value is not None else "η"
    sheet, cell = rate.cell
    return fixed(cell) if sheet == table.sheet else on(sheet, cell)


def value_findings(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield what is wrong in a table's values: typed, stale."""
    yield from _typed(judgement)
    yield from _typed_rate(judgement, workbook)
    yield from _stale(judgement, workbook)


def _typed(judgement: Judgement) -> Iterator[Draft]:
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities.get(name)
        if quantity is None or quantity.tree is None:
            continue
        first = 1 if quantity.is_given_first else 0
        steps = [step for step in line.numbers if step >= first]
        right = {step: judgement.own_value(name, step) for step in steps}
        wrong = [s for s in steps if not _typed_right(line.numbers[s], right[s])]
        is_whole = len(steps) == judgement.table.iterations - first
        if is_whole and not wrong and _typed_rounded(line.numbers, right):
            yield _typed_digits_draft(judgement, quantity, steps, line.numbers, right)
            continue
        for severity, chosen in (
            ("error", wrong),
            ("warning", [s for s in steps if s not in set(wrong)]),
        ):
            if chosen:
                yield _typed_draft(judgement, quantity, severity, chosen, line.numbers, right)


def _typed_rate(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield the learning rate typed into the updates: right until somebody wants another."""
    if not judgement.rate.is_typed:
        return
    mistake = BY_NAME["typed-constant"]
    cells = workbook[judgement.table.sheet].cells
    for name in judgement.network.parameters:
        line = judgement.lines.get(name)
        steps = [s for fill in line.fills for s in fill.steps if s > 0] if line else []
        if steps:
            found = cells[judgement.table.cell(name, min(steps))].formula
            message = f"η = {judgement.rate.value:g} is typed into the updates."
            where = places(judgement, name, steps)
            finding = Finding(mistake.name, mistake.code, "warning", where, message, found=found)
            yield Draft((mistake.code, "η"), finding)


def _typed_right(typed: float, right: float | None) -> bool:
    return right is None or agrees_as_typed(typed, right)


def _typed_rounded(typed: dict[int, float], right: dict[int, float | None]) -> bool:
    """Whether typed numbers that are right show fewer digits than there are."""
    pairs = [(typed[step], value) for step, value in right.items() if value is not None]
    return any(not is_close(number, value, 1e-9) for number, value in pairs)


def _typed_digits_draft(
    judgement: Judgement,
    quantity: Quantity,
    steps: list[int],
    typed: dict[int, float],
    right: dict[int, float | None],
) -> Draft:
    """Return the finding of a whole column of numbers that are right only to the digits shown."""
    mistake = BY_NAME["rounded"]
    name = name_text(quantity.name)
    first = next(s for s in steps if not is_close(typed[s], right[s] or 0.0, 1e-9))
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        places(judgement, quantity.name, steps),
        f"{name} are typed numbers, right only to the digits shown: {typed[first]!r} for "
        f"{right[first]:.12g}.",
        found=f"{typed[first]!r}",
        expected=expected_formula(judgement, quantity, first),
        relative_error=relative_error(typed[first], right[first]),
    )
    return Draft((mistake.code, "typed"), finding)


def _typed_draft(
    judgement: Judgement,
    quantity: Quantity,
    severity: str,
    steps: list[int],
    typed: dict[int, float],
    right: dict[int, float | None],
) -> Draft:
    first = steps[0]
    name = name_text(quantity.name)
    said = f"{name} is the typed number {typed[first]:.12g} where a formula belongs"
    if severity == "error":
        said += f", and it is wrong: {name} is {right[first]:.12g} there"
    mistake = BY_NAME["typed-number"]
    finding = Finding(
        mistake.name,
        mistake.code,
        severity,
        places(judgement, quantity.name, steps),
        said + ".",
        found=f"{typed[first]!r}",
        expected=expected_formula(judgement, quantity, first),
        relative_error=relative_error(typed[first], right[first]),
    )
    return Draft((mistake.code, severity), finding)


Suspects = Mapping[Address, Value] | None
"""Cells that are stale or show an error, mostly none, with their values; None: all may be."""


def suspects_of(judgement: Judgement) -> Suspects:
    """Return the cells of a table's sheet to look at for stale values and errors."""
    known = judgement.value_of
    return known.suspects(judgement.table.sheet) if isinstance(known, Recalculated) else None


def among(
    suspects: Suspects, judgement: Judgement, line: Line
) -> Iterator[tuple[int, Address, Value]]:
    """Yield the steps, cells and values of a line's formulas that are suspects."""
    table = judgement.table
    if suspects is None or suspects:
        for step in (step for fill in line.fills for step in fill.steps):
            cell = table.cell(line.quantity, step)
            if suspects is None:
                yield step, cell, judgement.value_of(table.sheet, cell)
            elif cell in suspects:
                yield step, cell, suspects[cell]


def _stale(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    cells, suspects = workbook[judgement.table.sheet].cells, suspects_of(judgement)
    for name, line in judgement.lines.items():
        stale: list[int] = []
        for step, cell, now in among(suspects, judgement, line):
            is_decided = suspects is not None and not isinstance(now, ExcelError)
            is_known = now is not None and now != CIRCLE
            if is_decided or (is_known and not agrees_as_stored(cells[cell].value, now)):
                stale.append(step)
        if stale:
            yield _stale_draft(judgement, workbook, name, sorted(stale))


def _stale_draft(judgement: Judgement, workbook: Workbook, name: str, steps: list[int]) -> Draft:
    mistake = BY_NAME["stale-value"]
    cell = judgement.table.cell(name, steps[0])
    stored = workbook[judgement.table.sheet].cells[cell]
    now = judgement.value_of(judgement.table.sheet, cell)
    message = f"{name_text(name)} shows {stored.value}, but its formula gives {now}."
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        places(judgement, name, steps),
        message,
        found=stored.formula,
        relative_error=relative_error(stored.value, now if isinstance(now, float) else None),
    )
    return Draft((mistake.code,), finding)


def joined(drafts: Iterable[Draft]) -> tuple[Finding, ...]:
    """Return one finding for all drafts of one slip, errors first, in the order of the sheet."""
    by_key: dict[tuple[object, ...], Finding] = {}
    for draft in drafts:
        key = (draft.finding.severity, *draft.key)
        known = by_key.get(key)
        if known is None:
            by_key[key] = draft.finding
        else:
            by_key[key] = replace(known, places=known.places + draft.finding.places)
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(by_key.values(), key=lambda finding: order[finding.severity]))
