"""One file checked from beginning to end: read, recalculate, recognise, judge, report."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from sheetprop.calculating.failures import CalculationError
from sheetprop.checking.layouts.kinds import KINDS, LOGS
from sheetprop.checking.ledger.entries import Account
from sheetprop.checking.ledger.unsettled import not_judged
from sheetprop.checking.losses import loss_of
from sheetprop.checking.not_attempted import not_attempted
from sheetprop.checking.outcome import Outcome, outcome_of, quantities_in
from sheetprop.checking.report import Report, TableFound
from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.checking.stages import case_of, has_tables
from sheetprop.errors import SheetpropError, WorkbookError
from sheetprop.notation.address import Address, on, quoted
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import range_text
from sheetprop.workbooks.exercise_names import bugs_named, kind_in
from sheetprop.workbooks.reading.read import no_collection, read
from sheetprop.workbooks.sheet import Workbook


def check_file(
    path: str | Path,
    *,
    with_pictures: bool = False,
    content: bytes | None = None,
    kept: list[Workbook] | None = None,
) -> Report:
    """Return the report of one file; one that cannot be read is reported, not raised.

    `content` are its bytes, where they are known. The workbook is put into `kept`, if given.
    Pictures, the tables' numbers beside those of the right run, take extra time. Nothing here
    limits what a file may ask for: files of strangers are checked by `sheetprop.check`, in
    processes with limits.
    """
    start = time.perf_counter()
    try:
        with no_collection():
            return _checked(path, content, start, kept, with_pictures=with_pictures)
    except WorkbookError as error:
        reason = error.reason
    except CalculationError as error:
        reason = str(error)
    except RecursionError:
        reason = "its formulas are nested too deeply; split them into several cells"
    return Report(str(path), "unreadable", reason, seconds=time.perf_counter() - start)


def _checked(
    path: str | Path,
    content: bytes | None,
    start: float,
    kept: list[Workbook] | None,
    *,
    with_pictures: bool,
) -> Report:
    """Return the report alone: the workbook is given back before anybody looks for garbage."""
    workbook = read(path, content)
    if kept is not None:
        kept.append(workbook)
    return check_workbook(workbook, str(path), start, with_pictures=with_pictures)


def check_workbook(
    workbook: Workbook,
    file: str,
    start: float | None = None,
    *,
    with_pictures: bool = False,
) -> Report:
    """Return the report of a workbook already read; `file` is the name it is reported under."""
    start = time.perf_counter() if start is None else start
    kind = kind_in(workbook.names)
    if kind in KINDS:
        return _compared(workbook, kind, file, start, with_parts=with_pictures)
    outcome = outcome_of(case_of(workbook, file))
    if not outcome.judgements:
        arrays = None if kind else _of_arrays(workbook, file, start)
        if arrays is not None:
            return arrays
        reason = _why_not(outcome)
        return Report(file, "not-recognised", reason, seconds=time.perf_counter() - start)
    report = report_of(outcome, start)
    if outcome.lesson:
        told = _of_logs(report, workbook, start) if kind == LOGS else None
        return told or _as_arrays(report, workbook, start)
    if report.errors or with_pictures:
        report = replace(report, losses=tuple(loss_of(one) for one in outcome.judgements))
    if not with_pictures:
        return report
    from sheetprop.checking.picture import picture  # with NumPy, which nothing else needs

    pictures = (
        picture(one, account, report.findings)
        for one, account in zip(outcome.judgements, outcome.ledger.accounts, strict=True)
    )
    return replace(report, pictures=tuple(pictures))


def _why_not(outcome: Outcome) -> str:
    from sheetprop.checking.labels.nearest_lesson import nearest
    from sheetprop.checking.not_recognised import NOTHING, why_another_lesson, why_not_recognised

    workbook = outcome.case.workbook
    reason = why_another_lesson(workbook)
    if reason is not None:
        return reason
    from sheetprop.checking.arrays.recognise import found_instead  # which few workbooks need
    from sheetprop.checking.arrays.written_out import written_out
    from sheetprop.checking.one_layer.instead import learning_found
    from sheetprop.checking.without_headers.forms import weights_found

    told = why_not_recognised(workbook, has_tables(outcome.case))
    learning = learning_found(workbook, outcome.case.value_of)
    learning = learning or (weights_found(workbook) if told == NOTHING else None)
    if learning is not None:
        return learning
    found = found_instead(written_out(workbook)) if told == NOTHING else None
    near = nearest(workbook) if told == NOTHING else None
    return "; ".join(one for one in (told, near, found) if one)


def _of_arrays(workbook: Workbook, file: str, start: float) -> Report | None:
    """Return the report of a sheet of arrays that somebody made, None of anything else."""
    from sheetprop.checking.arrays.compared import report_of_arrays  # which few workbooks need

    return report_of_arrays(workbook, file, start)


def _as_arrays(report: Report, workbook: Workbook, start: float) -> Report:
    """Return a lesson's report, or that of arrays where that knows better."""
    if kind_in(workbook.names):
        return report
    from sheetprop.checking.arrays.compared import in_place_of  # which few workbooks need

    return in_place_of(report, workbook, start)


def _of_logs(report: Report, workbook: Workbook, start: float) -> Report | None:
    """Return the report of training logs compared cell by cell, None where it tells no more."""
    from sheetprop.checking.layouts.logs.report_of_logs import compared_with  # with NumPy

    return compared_with(report, workbook, start)


def _compared(
    workbook: Workbook, kind: str, file: str, start: float, *, with_parts: bool
) -> Report:
    """Return the report of a workbook whose right formulas follow from what it declares."""
    from sheetprop.checking.layouts.known import PATTERNS  # with NumPy, which nothing else needs
    from sheetprop.checking.layouts.report import report_of as compared

    try:
        pattern = PATTERNS[kind](workbook)
    except SheetpropError as error:
        reason = f'this is a workbook of the lesson "{kind}", but {error}'
        return Report(file, "not-recognised", reason, seconds=time.perf_counter() - start)
    return compared(pattern, workbook, file, start, with_parts=with_parts)


def report_of(outcome: Outcome, start: float) -> Report:
    """Return the report of a workbook with tables; all of it follows from the ledger."""
    judgements, ledger = outcome.judgements, outcome.ledger
    possible = dict.fromkeys(name for one in judgements for name in quantities_in(one))
    right = ledger.right(possible)
    unfilled = {name for judgement in judgements for name in judgement.unfilled}
    return Report(
        file=outcome.case.file,
        verdict=ledger.verdict,
        tables=tuple(
            _table_found(one, account, outcome.lesson)
            for one, account in zip(judgements, ledger.accounts, strict=True)
        ),
        findings=outcome.findings,
        not_judged=tuple(not_judged(ledger)),
        earned=float(len(right)),
        possible=float(len(possible)),
        seconds=time.perf_counter() - start,
        right=right,
        not_attempted=_not_attempted(outcome),
        unfilled=tuple(name for name in possible if name in unfilled),
        ledger=ledger,
        planted=bugs_named(outcome.case.workbook.names, possible),
    )


def _not_attempted(outcome: Outcome) -> int:
    if outcome.lesson is None:
        return not_attempted(outcome.judgements)
    is_exercise = any(one.table.is_exercise for one in outcome.judgements)
    return outcome.ledger.counts["blank"] if is_exercise else 0


def _table_found(judgement: Judgement, account: Account, lesson: str | None) -> TableFound:
    table, rate = judgement.table, judgement.rate
    found = rate.cell
    if rate.line is not None:
        found = table.sheet, table.at(rate.line, table.places[0])
    return TableFound(
        sheet=table.sheet,
        range=account.extent,
        orientation=table.orientation,
        iterations=table.whole_iterations,
        learning_rate=rate.value,
        learning_rate_cell=None if found is None else _shown(account, account.moves.of(*found)),
        quantities={
            name: _range(account, name)
            for name in judgement.lesson.quantities
            if table.holds(name)
            and not (name in judgement.lines and name not in account.quantities)
        },
        cells=account.counts,
        lesson=judgement.whole.name
        if isinstance(judgement, RowJudgement) and judgement.whole
        else lesson,
        labels=judgement.called if isinstance(judgement, RowJudgement) else {},
        behind=judgement.behind if isinstance(judgement, RowJudgement) else {},
    )


def _shown(account: Account, cell: tuple[str, Address]) -> str:
    """Return a cell, with its sheet where that is another than the table's."""
    sheet, place = cell
    return range_text(place, place) if sheet == account.table.sheet else on(sheet, place)


def _range(account: Account, quantity: str) -> str:
    sheet, text = account.where(quantity)
    return text if sheet == account.table.sheet else f"{quoted(sheet)}!{text}"
