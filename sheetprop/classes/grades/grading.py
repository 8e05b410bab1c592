"""A class is graded: every submission checked once, its points given, and the rows put together."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetprop.checking.points import Point
from sheetprop.checking.score import Rubric
from sheetprop.classes.draw import drawn_for, fingerprint
from sheetprop.classes.grades.gradebook import Grade, Gradebook, reports_folder, write_gradebook
from sheetprop.classes.grades.handed import OWN, values_of
from sheetprop.classes.grades.recognised import by_path, by_properties, unlisted
from sheetprop.classes.grades.record import RecordFormat
from sheetprop.classes.grades.store import Store
from sheetprop.classes.grades.submissions import Submission, submissions
from sheetprop.classes.rosters.roster import Student
from sheetprop.reports.look import Look
from sheetprop.spec import Spec
from sheetprop.whole import written
from sheetprop.workers.pool import answers
from sheetprop.workers.task import Answer, Task

PRELOAD = ("formualizer", "sheetprop.checking.picture", "sheetprop.classes.grades.record")
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of a class: its students, its lesson, and the seed it was handed out with."""

    students: tuple[Student, ...]
    lesson: Spec
    seed: int | None
    rubric: Rubric
    version: str


@dataclass(frozen=True, slots=True)
class _Handed:
    """A submission with its record, the student it is of, and to whom it was handed out."""

    submission: Submission
    record: Mapping[str, Any]
    student: Student
    origin: Student | None


def grade_class(
    course: Course, files: Iterable[object], folder: Path, progress: Told | None = None
) -> Gradebook:
    """Check what is not checked yet, write the gradebook and the reports, and return it.

    Raises:
        SheetpropError: there is nothing to grade, or something is no path.
        WorkbookError: a file cannot be read as an archive, or written.

    """
    with tempfile.TemporaryDirectory(prefix="sheetprop-") as unpacked:
        found = submissions(files, Path(unpacked))
        with closing(Store(folder)) as store:
            records = _records(course, found, store, progress)
    drawn = _drawn(course)
    book = Gradebook(tuple(_grades(course, found, records, drawn)), folder)
    pages = {one.name: record["html"] for one, record in zip(found, records, strict=True)}
    for one in book.grades:
        if one.file:
            _write_report(reports_folder(folder), one, pages[one.file])
    write_gradebook(book)
    return book


def _records(
    course: Course, found: Sequence[Submission], store: Store, progress: Told | None
) -> list[Mapping[str, Any]]:
    """Return the record of each submission; those that are not stored are checked and stored."""
    keys = [_key(course, one) for one in found]
    first = {key: k for k, key in reversed(list(enumerate(keys))) if store.get(key) is None}
    open_ = sorted(first.values())
    form = RecordFormat("html", ".json", pictures=True, rubric=course.rubric)
    tasks = [
        Task(
            found[k].name,
            1,
            form,
            Look(has_marks=True),
            found[k].path.resolve(),
            rubric=form.rubric,
        )
        for k in open_
    ]
    with closing(_checked(tasks)) as replies:
        for done, (k, answer) in enumerate(zip(open_, replies, strict=True), 1):
            store.put(keys[k], answer.text)
            if progress:
                progress(done, len(open_))
    return [store.get(key) or {} for key in keys]


def _checked(tasks: Sequence[Task]) -> Generator[Answer]:
    yield from answers(tasks, PRELOAD) if tasks else ()


def _key(course: Course, submission: Submission) -> str:
    """Return what a record depends on: the bytes, the name told in the page, version and rubric."""
    rubric = json.dumps(dict(course.rubric.points), sort_keys=True)
    texts = (submission.sha256, submission.name, course.version, course.rubric.source, rubric)
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogateescape")).hexdigest()


def _drawn(course: Course) -> Mapping[str, Spec]:
    """Return the lesson of each student as it was handed out; none where no seed is known."""
    if course.seed is None:
        return {}
    return {one.id: drawn_for(course.lesson, course.seed, one.id) for one in course.students}


def _grades(
    course: Course,
    found: Sequence[Submission],
    records: Sequence[Mapping[str, Any]],
    drawn: Mapping[str, Spec],
) -> Iterable[Grade]:
    """Yield a row for each student of the roster, then one for each other who handed in."""
    seed = course.seed or 0
    marks = {id_: fingerprint(spec, seed, id_) for id_, spec in drawn.items()}
    handed: dict[str, list[_Handed]] = {}
    students = {one.id: one for one in course.students}
    for submission, record in zip(found, records, strict=True):
        origin = by_properties(submission, course.students, marks)
        student = by_path(submission, course.students) or origin or unlisted(submission)
        students.setdefault(student.id, student)
        handed.setdefault(student.id, []).append(_Handed(submission, record, student, origin))
    owners: dict[str, set[str]] = {}
    for own in handed.values():
        for one in own:
            owners.setdefault(one.submission.sha256, set()).add(one.student.id)
    listed = {one.id for one in course.students}
    for id_, student in students.items():
        if id_ not in handed:
            yield Grade(id_, student.name, student.section, remarks="nothing handed in")
            continue
        own = sorted(handed[id_], key=lambda one: (one.submission.saved, one.submission.name))
        values = values_of(own[-1].record, id_, drawn, course.lesson)
        remarks = list(_remarks(own, owners, values))
        if course.students and id_ not in listed:
            remarks.append("is not in the roster")
        yield _grade(own[-1], values, "; ".join(remarks))


def _remarks(own: Sequence[_Handed], owners: Mapping[str, set[str]], values: str) -> Iterable[str]:
    newest = own[-1]
    if newest.record["reason"]:
        yield newest.record["reason"]
    if len(own) > 1:
        yield f"{len(own)} files handed in, the newest counts"
    if newest.origin is not None and newest.origin.id != newest.student.id:
        yield f"the worksheet of {newest.origin.id}"
    if values and values != OWN:
        yield f"the numbers are {values}"
    others = sorted(owners[newest.submission.sha256] - {newest.student.id})
    if others:
        yield f"the same file as {', '.join(others)}"
    if newest.record["verdict"] == "undecided":
        yield "some cells could not be judged"


def _grade(handed: _Handed, values: str, remarks: str) -> Grade:
    record, student = handed.record, handed.student
    details = tuple(Point(**point) for point in record["points"])
    earned, possible = sum(p.earned for p in details), sum(p.possible for p in details)
    return Grade(
        student.id,
        student.name,
        student.section,
        handed.submission.name,
        record["verdict"],
        earned,
        possible,
        100 * earned / possible if possible else None,
        record["as_it_stands"],
        values,
        " ".join(record["mistakes"]),
        remarks,
        details,
    )


def _write_report(folder: Path, grade: Grade, page: str) -> None:
    safe = "".join(sign if sign.isalnum() or sign in "-_.@ " else "_" for sign in grade.student)
    with written(folder / f"{safe[:100].lstrip('.') or '_'}.html", force=True) as path:
        path.write_text(page, encoding="utf-8")
