"""One file checked from beginning to end: read, recalculate, recognise, judge, report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from sheetprop.calculating.engine import CalculationError
from sheetprop.calculating.limits import NeedsLimits
from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.finding.forms import with_updates
from sheetprop.checking.finding.recognise import find_tables
from sheetprop.checking.finding.unlabelled import with_unlabelled
from sheetprop.checking.finding.views import is_view
from sheetprop.checking.guard import (
    check_within_limits,
    refusal,
    refuse_large,
)
from sheetprop.checking.judging.diagnose import diagnoses, sums_are_unexplained
from sheetprop.checking.judging.findings import Draft, formula_findings, joined, value_findings
from sheetprop.checking.judging.judge import judge, most_sums_are_wrong
from sheetprop.checking.judging.whatif import verify
from sheetprop.checking.losses import loss_of
from sheetprop.checking.not_attempted import not_attempted, without_checks
from sheetprop.checking.report import Finding, NotJudged, Report, TableFound
from sheetprop.checking.rules.chart_checks import chart_findings
from sheetprop.checking.rules.circles import circle_findings
from sheetprop.checking.rules.error_values import error_findings
from sheetprop.checking.rules.experiment import experiment_findings
from sheetprop.checking.rules.functions import function_findings, rounding_findings
from sheetprop.checking.rules.labels import label_findings
from sheetprop.checking.rules.stale_losses import stale_findings
from sheetprop.checking.texts.texts import text_findings
from sheetprop.errors import WorkbookError
from sheetprop.notation.address import on
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table, range_text, runs
from sheetprop.workbooks.reading.read import no_collection, read
from sheetprop.workbooks.sheet import Workbook

OF_A_TABLE: tuple[Callable[[Judgement, Workbook], Iterator[Draft]], ...] = (
    formula_findings,
    label_findings,
    value_findings,
    error_findings,
    circle_findings,
)
"""What is looked for in each table."""

OfAWorkbook = Callable[[list[Judgement], Workbook, str], Iterator[Draft]]

OF_A_WORKBOOK: tuple[OfAWorkbook, ...] = (
    function_findings,
    rounding_findings,
    experiment_findings,
    stale_findings,
    chart_findings,
    text_findings,
)
"""What is looked for in the workbook as a whole; the text is the file's name."""


def check_file(
    path: str | Path, *, with_pictures: bool = False, content: bytes | None = None
) -> Report:
    """Return the report of one file; one that cannot be read is reported, not raised.

    `content` are its bytes, where they are known. Pictures, the tables' numbers beside those of the
    right run, take extra time.
    """
    start = time.perf_counter()
    try:
        refuse_large(Path(path))
        with no_collection():
            workbook, refuse = read(path, content), refusal()
            return check_workbook(
                workbook,
                str(path),
                start,
                refuse,
                with_pictures=with_pictures,
            )
    except NeedsLimits:
        return check_within_limits(path, with_pictures=with_pictures)
    except WorkbookError as error:
        reason = error.reason
    except CalculationError as error:
        reason = str(error)
    except RecursionError:
        reason = "its formulas are nested too deeply; split them into several cells"
    return Report(str(path), "unreadable", reason, seconds=time.perf_counter() - start)


def check_workbook(
    workbook: Workbook,
    file: str,
    start: float | None = None,
    refuse: Callable[[Workbook], None] | None = None,
    *,
    with_pictures: bool = False,
) -> Report:
    """Return the report of a workbook already read; `file` is the name it is reported under.

    `refuse` may raise `NeedsLimits` before the workbook is calculated.
    """
    start = time.perf_counter() if start is None else start
    workbook = without_checks(workbook)
    found = (table for table in find_tables(workbook) if not is_view(workbook, table))
    tables = with_updates(workbook, list(found))
    value_of = Recalculated(workbook, refuse)
    known = _judged(workbook, tables, value_of) or _judged_otherwise(workbook, value_of)
    if not known:
        reason = _why_not_recognised(workbook, bool(tables))
        return Report(file, "not-recognised", reason, seconds=time.perf_counter() - start)
    report = _report(workbook, file, known, start)
    if report.errors or with_pictures:
        report = replace(report, losses=tuple(loss_of(one) for one in known))
    if not with_pictures:
        return report
    from sheetprop.checking.picture import picture  # with NumPy, which nothing else needs

    return replace(report, pictures=tuple(picture(one, report.findings) for one in known))


def _judged(
    workbook: Workbook,
    tables: Sequence[Table],
    value_of: Recalculated,
    *,
    is_guess: bool = False,
) -> list[Judgement]:
    """Return the tables that form a network; one guessed without headers must not contradict it."""
    judgements = (judge(workbook, table, value_of) for table in tables)
    known = [judgement for judgement in judgements if judgement is not None]
    if is_guess:
        known = [judgement for judgement in known if not most_sums_are_wrong(judgement)]
    else:
        known = _with_unlabelled(workbook, known, value_of)
    for judgement in known:
        value_of.calculate()  # what must not be calculated here must not be experimented with
        verify(workbook, judgement)
        judgement.named = diagnoses(judgement)
    return [one for one in known if not (is_guess and sums_are_unexplained(one))]


def _with_unlabelled(
    workbook: Workbook, judgements: list[Judgement], value_of: Recalculated
) -> list[Judgement]:
    """Let formulas name the columns that no header names, where a table lacks something."""

    @cache
    def structures() -> list[Table]:
        from sheetprop.checking.without_headers.structure import tables_by_structure

        return tables_by_structure(workbook, value_of)

    def judged(table: Table) -> Judgement | None:
        return judge(workbook, table, value_of)

    return [with_unlabelled(one, workbook, structures, judged) for one in judgements]


def _judged_otherwise(workbook: Workbook, value_of: Recalculated) -> list[Judgement]:
    """Judge what no row of headers names, which takes modules that other workbooks do not need."""
    from sheetprop.checking.finding.forms import find_forms
    from sheetprop.checking.without_headers.structure import tables_by_structure

    return _judged(workbook, find_forms(workbook), value_of) or _judged(
        workbook, tables_by_structure(workbook, value_of), value_of, is_guess=True
    )


def _report(
    workbook: Workbook,
    file: str,
    judgements: list[Judgement],
    start: float,
) -> Report:
    drafts = [
        draft
        for find in OF_A_TABLE
        for judgement in judgements
        for draft in find(judgement, workbook)
    ]
    drafts += [draft for find in OF_A_WORKBOOK for draft in find(judgements, workbook, file)]
    findings = joined(drafts)
    right, possible = _score(judgements, findings)
    return Report(
        file=file,
        verdict=_verdict(judgements, findings),
        tables=tuple(_table_found(judgement) for judgement in judgements),
        findings=findings,
        not_judged=tuple(_not_judged(judgements)),
        earned=float(len(right)),
        possible=float(len(possible)),
        seconds=time.perf_counter() - start,
        right=right,
        not_attempted=not_attempted(judgements),
        unfilled=tuple(name for name in possible if name in _unfilled(judgements)),
    )


def _verdict(judgements: list[Judgement], findings: Iterable[Finding]) -> str:
    if any(finding.severity == "error" for finding in findings):
        return "mistakes"
    if any(judgement.unfilled for judgement in judgements):
        return "incomplete"
    return "correct"


def _table_found(judgement: Judgement) -> TableFound:
    table, rate = judgement.table, judgement.rate
    cell = None
    if rate.line is not None:
        first = table.at(rate.line, table.places[0])
        cell = range_text(first, first)
    if rate.cell is not None:
        sheet, place = rate.cell
        cell = range_text(place, place) if sheet == table.sheet else on(sheet, place)
    return TableFound(
        sheet=table.sheet,
        range=table.extent,
        orientation=table.orientation,
        iterations=table.whole_iterations,
        learning_rate=rate.value,
        learning_rate_cell=cell,
        quantities={
            name: table.range_text(name)
            for name in judgement.network.quantities
            if table.holds(name)
        },
    )


def _not_judged(judgements: list[Judgement]) -> Iterable[NotJudged]:
    for judgement in judgements:
        for unread in judgement.unread:
            if judgement.shows_only_errors(unread.quantity, unread.steps):
                continue  # a finding of its own
            for run in runs(unread.steps):
                place = judgement.table.range_text(unread.quantity, run)
                yield NotJudged(judgement.table.sheet, place, unread.reason)


def _score(
    judgements: list[Judgement], findings: Iterable[Finding]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the quantities that are right in all tables, one point each, and all there are."""
    possible = dict.fromkeys(name for one in judgements for name in one.network.quantities)
    lost = {
        place.quantity
        for finding in findings
        if finding.severity == "error"
        for place in finding.places
    }
    lost |= _unfilled(judgements)
    return tuple(name for name in possible if name not in lost), tuple(possible)


def _unfilled(judgements: list[Judgement]) -> set[str]:
    return {name for judgement in judgements for name in judgement.unfilled}


def _why_not_recognised(workbook: Workbook, has_tables: bool) -> str:
    if has_tables:
        return (
            "the columns found do not form a network: inputs i, weights w, sums h and o, "
            "activations a_h and a_o and targets t must fit together"
        )
    if not any(sheet.cells for sheet in workbook.sheets):
        return "the workbook has no cells"
    return (
        "no row of headers names the quantities of backpropagation "
        "(t1, i1, w1, h1, a_h1, …, E_total, ∂E/∂w1); check that each column has its name above it"
    )
