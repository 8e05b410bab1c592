"""What is found in tables of layers beside wrong formulas, and what that makes of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetprop.calculating.agreement import is_close
from sheetprop.checking.layers.layer_rows import LayerRow, layer_rows
from sheetprop.checking.layers.oddities import oddities
from sheetprop.checking.layers.printed_shapes import contradictions
from sheetprop.checking.layers.stated import stated_in, total_cells
from sheetprop.checking.ledger.entries import Entry, Ledger, Outside
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.mistakes.cells.typed_number import TYPED_NUMBER
from sheetprop.mistakes.finding import SEVERITIES, Draft, Finding, Place, joined
from sheetprop.mistakes.layers import wrong_total as total
from sheetprop.mistakes.layers.impossible_size import IMPOSSIBLE_SIZE, TYPED
from sheetprop.mistakes.words import Case, filled
from sheetprop.notation.address import address
from sheetprop.rows.architecture import ARCHITECTURE, NORMALISED, PARAMETERS, SIZE
from sheetprop.tables.judgement import ValueOf
from sheetprop.workbooks.sheet import Address, Sheet, Workbook


def with_oddities(
    found: Sequence[Finding],
    judgements: Sequence[RowJudgement],
    workbook: Workbook,
    value_of: ValueOf,
) -> tuple[Finding, ...]:
    """Return the findings with what is odd about tables of layers, errors first."""
    drafts: list[Draft] = []
    findings = list(found)
    for one in judgements:
        if one.rows_of.name != ARCHITECTURE.name:
            continue
        sheet = workbook[one.table.sheet]
        if one.rows_of.key is None:  # a printed summary: of its layers nothing else is said
            drafts += _of_totals(one, workbook, sheet, value_of)
            drafts += contradictions(one, sheet)
            continue
        findings = [_as_size(finding, one, workbook) for finding in findings]
        drafts += oddities(one, workbook, stated_in(sheet, value_of))
        drafts += _of_totals(one, workbook, sheet, value_of)
    every = (*findings, *joined(drafts))
    return tuple(sorted(every, key=lambda one: SEVERITIES.index(one.severity)))


def _as_size(finding: Finding, judgement: RowJudgement, workbook: Workbook) -> Finding:
    """Return what is said of a typed size in a column of typed ones: what layer cannot give it."""
    first = finding.places[0] if finding.places else None
    is_size = first is not None and (first.quantity, first.sheet) == (SIZE, judgement.table.sheet)
    is_typed = finding.mistake == TYPED_NUMBER.name and finding.severity == "error"
    line = judgement.lines.get(SIZE)
    if not (is_size and is_typed) or line is None or line.fills:
        return finding
    assert first is not None
    start = first.range.split(":")[0]
    for row in layer_rows(judgement, workbook):
        if address(*judgement.table.cell(SIZE, row.step)) == start:
            blanks = _sizes(judgement, row, ", ".join(one.range for one in finding.places))
            return replace(
                finding,
                mistake=IMPOSSIBLE_SIZE.name,
                code=IMPOSSIBLE_SIZE.code,
                message=filled(TYPED.says, blanks),
                why=filled(TYPED.why, blanks),
            )
    return finding


def _sizes(judgement: RowJudgement, row: LayerRow, cells: str) -> dict[str, str]:
    right = judgement.own_value(SIZE, row.step)
    numbers = {
        "kernel": row.kernel,
        "stride": row.stride,
        "padding": row.padding,
        "before": row.before,
        "size": row.size,
        "right": right,
    }
    shown = {name: "?" if one is None else f"{one:g}" for name, one in numbers.items()}
    return {"cells": cells, **shown}


def _of_totals(
    judgement: RowJudgement, workbook: Workbook, sheet: Sheet, value_of: ValueOf
) -> Iterator[Draft]:
    rows = layer_rows(judgement, workbook)
    counted = [one for one in rows if one.parameters is not None]
    right = sum(one.parameters or 0 for one in counted)
    for at, number in total_cells(judgement, sheet, value_of) if counted else ():
        if is_close(number, right, 1e-9):
            continue
        case, row = _case(right - number, counted)
        where = address(*at)
        letters = where.rstrip("0123456789")
        first, last = min(judgement.table.places), max(judgement.table.places)
        expected = f"=SUM({letters}{first}:{letters}{last})"
        cell = sheet.cells[at]
        found = cell.formula or f"{number:.12g}"
        blanks = {
            "cells": where,
            "own": f"{number:,.0f}",
            "right": f"{right:,.0f}",
            "row": "" if row is None else address(*judgement.table.cell(PARAMETERS, row.step)),
        }
        place = Place(sheet.name, where, None, found, expected)
        off = abs(number - right) / right if right else None
        yield total.WRONG_TOTAL.found(
            case, (place,), blanks, where, found=found, expected=expected, relative_error=off
        )


def _case(lacking: float, rows: Sequence[LayerRow]) -> tuple[Case, LayerRow | None]:
    """Return how a total came about that lacks so many parameters, and by which row."""
    biases = sum((one.bias or 0) * (one.channels or 0) for one in rows)
    norms = sum(one.parameters or 0 for one in rows if one.kind == NORMALISED)
    if biases and lacking == biases:
        return total.BIAS, None
    if norms and lacking == norms:
        return total.NORM, None
    row = next((one for one in rows if one.parameters and one.parameters == abs(lacking)), None)
    return (total.OTHER, None) if row is None else (total.LAYER, row)


def with_totals_entered(ledger: Ledger, findings: Sequence[Finding]) -> Ledger:
    """Return the ledger with an entry for each wrong total below a table, and each wrong shape."""
    accounts = list(ledger.accounts)
    beside = (total.WRONG_TOTAL.name, IMPOSSIBLE_SIZE.name)
    told = [(k, one) for k, one in enumerate(findings) if one.mistake in beside]
    for index, place in ((k, at) for k, one in told for at in one.places if at.quantity is None):
        own = next(k for k, one in enumerate(accounts) if one.table.sheet == place.sheet)
        at = _address(place.range)
        entry = Outside(place.sheet, at, at, Entry("wrong", "a finding says why", index))
        others = tuple(o for o in accounts[own].outside if (place.sheet, at) not in o)
        accounts[own] = replace(accounts[own], outside=(*others, entry))
    return replace(ledger, accounts=tuple(accounts))


def _address(text: str) -> Address:
    letters = text.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(text[len(letters) :]), column
