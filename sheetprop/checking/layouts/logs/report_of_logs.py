"""The report of a workbook of training logs: each formula beside the right one, and its claims.

What is typed in words is no formula; it is held against the numbers of the runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.layouts.aligned import aligned, is_text
from sheetprop.checking.layouts.evidence import told
from sheetprop.checking.layouts.judged import Judged, Pattern, judged
from sheetprop.checking.layouts.logs.lesson_of_logs import logs_pattern
from sheetprop.checking.layouts.report import report_on
from sheetprop.checking.ledger.entries import Entry
from sheetprop.checking.logs.claims import RIGHT, WRONG
from sheetprop.checking.logs.held import Held
from sheetprop.checking.logs.recognise import HELD, Logs, logs_of, with_claims
from sheetprop.checking.report import Report
from sheetprop.errors import SheetpropError
from sheetprop.mistakes.finding import Finding
from sheetprop.notation.address import address
from sheetprop.rows.training_log import NAME
from sheetprop.workbooks.exercise_names import asks, kind_in
from sheetprop.workbooks.sheet import Address, Workbook

CORRECT = "correct"
CLAIMED = Entry("wrong", "the numbers of the log say something else")


def compared_with(report: Report, workbook: Workbook, start: float) -> Report | None:
    """Return the report of training logs whose every formula is compared with the right one.

    `report` is that of its tables; None is returned where it finds the same cells wrong, which it
    has names for, and of an exercise with wrong answers: these may be given in many ways.
    """
    pattern = pattern_of(workbook)
    if pattern is None:
        return None
    claims = [*_claims(workbook)]
    cells = [*judged(pattern, workbook), *_claimed(pattern, workbook, claims)]
    found = report_on(cells, workbook, report.file, start, claimed=_found(cells, claims))
    if found.verdict != CORRECT and asks(workbook.names):
        return None
    is_same = (found.verdict, _told(found)) == (report.verdict, _told(report))
    return None if is_same else _with_tables(found, report)


def _told(report: Report) -> set[tuple[str, Address]]:
    """Return the cells that a report's errors are about."""
    return {
        (place.sheet, at)
        for finding in report.errors
        for place in finding.places
        for at in place.cells
    }


def _with_tables(found: Report, report: Report) -> Report:
    """Return a report whose tables say how many epochs they have, and where, as another does."""
    known = {one.sheet: one for one in report.tables}
    tables = (
        replace(known[one.sheet], cells=one.cells) if one.sheet in known else one
        for one in found.tables
    )
    return replace(found, tables=tuple(tables))


def evidence(workbook: Workbook, sheet: str, cell: Address) -> list[tuple[str, str]]:
    """Return what is said of a cell of such a workbook; nothing of another workbook."""
    pattern = pattern_of(workbook)
    if pattern is None:
        return []
    claimed = _claimed(pattern, workbook, [*_claims(workbook)])
    cells = [*judged(pattern, workbook), *claimed]
    return [*told(cells, workbook, sheet, cell, f'of the lesson "{NAME}"')]


def pattern_of(workbook: Workbook) -> Pattern | None:
    """Return the right workbook; None where no runs are declared."""
    if kind_in(workbook.names) != NAME:
        return None
    try:
        return logs_pattern(workbook)
    except SheetpropError:
        return None


def _claims(workbook: Workbook) -> Iterator[Held]:
    """Yield what typed texts claim that can be told, each text once: what is wrong in it first."""
    found = logs_of(workbook, Recalculated(workbook), (), is_marked=True).claims
    told_ = [one for one in found if one.verdict.kind in (RIGHT, WRONG)]
    seen: set[tuple[str, Address]] = set()
    for one in sorted(told_, key=lambda one: one.verdict.kind == RIGHT):
        place = one.claim.sheet, one.claim.cell
        if place not in seen and is_text(workbook[place[0]].cells[place[1]]):
            seen.add(place)
            yield one


def _claimed(pattern: Pattern, workbook: Workbook, claims: Sequence[Held]) -> Iterator[Judged]:
    places = aligned(pattern.workbook.sheets, workbook)
    names = {one.sheet: name for name, one in places.items()}
    for one in claims:
        sheet, at = one.claim.sheet, one.claim.cell
        entry = CLAIMED if one.verdict.kind == WRONG else HELD
        yield Judged((sheet, at), (names.get(sheet, sheet), at), entry, one.claim.text)


def _found(cells: Sequence[Judged], claims: Sequence[Held]) -> list[tuple[Finding, list[Judged]]]:
    """Return each finding of a claim with the cells that it stands in."""
    findings = with_claims((), Logs((), tuple(claims)))
    pairs = []
    for one in findings:
        places = {(place.sheet, place.range) for place in one.places}
        own = [c for c in cells if c.entry is CLAIMED and _where(c) in places]
        pairs.append((one, own))
    return pairs


def _where(one: Judged) -> tuple[str, str]:
    sheet, at = one.place
    return sheet, address(*at)
