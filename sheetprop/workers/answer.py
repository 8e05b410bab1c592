"""One file's share of a call: read, judged, given marks, reported and marked in a copy."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Report
from sheetprop.errors import SpecError, WorkbookError
from sheetprop.reports.cleaned import clean
from sheetprop.whole import make_folder
from sheetprop.workbooks.reading.active import active
from sheetprop.workbooks.reading.package import content_at
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workers.limits import allow, limits_for
from sheetprop.workers.task import Answer, Task, answered


def answer(task: Task) -> Answer:
    """Do it. What is wrong with the file is in the answer; nothing is raised for it."""
    try:
        content = content_at(task.path) if task.content is None and task.path else task.content
    except WorkbookError as error:
        return answered(task, Report(task.name, "unreadable", error.reason))
    content = content or b""
    allow(limits_for(content, task.limits))
    if task.cell is not None:
        return _told(task, task.cell, content)
    report, workbook = _report(task, content)
    has_copy, no_copy = _copied(task, report, content, workbook)
    return replace(answered(task, report), has_copy=has_copy, no_copy=no_copy)


def _told(task: Task, cell: str, content: bytes) -> Answer:
    """Return how a cell came to its verdict; the report tells only whether the file is readable."""
    from sheetprop.checking.why import why

    try:
        lines = why(task.name, cell, content)
    except WorkbookError as error:
        return answered(task, Report(task.name, "unreadable", error.reason))
    except SpecError as error:
        return Answer(Report(task.name, "undecided"), "", refused=error.problem)
    told = "\n".join(f"{stage:<10} {clean(said)}" for stage, said in lines)
    return Answer(Report(task.name, "undecided"), "", told=told)


def _report(task: Task, content: bytes) -> tuple[Report, Workbook | None]:
    """Return the report, and the workbook as it was read where it is needed again."""
    with_pictures = task.form.pictures or task.rubric is not None
    kept: list[Workbook] | None = None if task.copy is None else []
    report = check_file(task.name, content=content, with_pictures=with_pictures, kept=kept)
    workbook = kept[0] if kept else None
    report = replace(
        report,
        file=task.name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        active=active(content),
    )
    if task.rubric is None:
        return report, workbook
    from sheetprop.checking.marks.points import marks

    return replace(report, marks=marks(report, task.rubric)), workbook


def _copied(
    task: Task, report: Report, content: bytes, workbook: Workbook | None
) -> tuple[bool, str | None]:
    if task.copy is None or not report.tables:
        return False, None
    from sheetprop.reports.annotations import marks_of
    from sheetprop.workbooks.marking.annotate import mark

    try:
        make_folder(task.copy)
        task.copy.unlink(missing_ok=True)  # what a worker left that failed
        mark(task.name, list(marks_of(report)), task.copy, content, workbook)
    except WorkbookError as error:
        return False, error.reason
    except OSError as error:
        return False, f"it cannot be written ({error.strerror or error})"
    return True, None
