"""One file's share of a call: read, judged, given marks, reported and marked in a copy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sheetprop.batch.given import Given
from sheetprop.checking.check import check_file
from sheetprop.checking.report import Report
from sheetprop.checking.score import Rubric, marks
from sheetprop.errors import WorkbookError
from sheetprop.reports import Format
from sheetprop.reports.look import Look, Piece
from sheetprop.workbooks.reading.package import content_at


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with one file, the one with a number counted from 1.

    The marked copy is written to the place `copy`, if there is one.
    """

    given: Given
    number: int
    form: Format
    look: Look
    rubric: Rubric | None = None
    copy: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: the report, what is written about it, and why there is no marked copy.

    `has_copy` tells whether a copy was written; a file without a table has none, and no reason.
    """

    report: Report
    piece: Piece
    has_copy: bool = False
    no_copy: str | None = None


def answer(task: Task) -> Answer:
    """Do it. What is wrong with the file is in the answer; nothing is raised for it."""
    with_pictures = task.form.pictures or task.rubric is not None
    path, content = Path(task.given.name), task.given.content
    if task.given.path is not None:
        try:
            content = content_at(task.given.path)
        except WorkbookError as error:
            report = Report(task.given.name, "unreadable", error.reason)
            return Answer(report, task.form.piece(report, task.number, task.look))
    report = check_file(path, content=content, with_pictures=with_pictures)
    report = replace(report, file=task.given.name)
    if task.rubric is not None:
        report = replace(report, marks=marks(report, task.rubric))
    has_copy, no_copy = _copied(task, report, content)
    return Answer(report, task.form.piece(report, task.number, task.look), has_copy, no_copy)


def _copied(task: Task, report: Report, content: bytes | None) -> tuple[bool, str | None]:
    if task.copy is None or content is None or not report.tables:
        return False, None
    from sheetprop.reports.annotations import marks_of
    from sheetprop.workbooks.marking.annotate import mark

    try:
        mark(task.given.name, list(marks_of(report)), task.copy, content)
    except WorkbookError as error:
        return False, error.reason
    except OSError as error:
        return False, f"it cannot be written ({error.strerror or error})"
    return True, None
