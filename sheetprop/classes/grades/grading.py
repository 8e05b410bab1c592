"""A class is graded: every submission checked once, its points given, and the rows put together."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetprop.checking.marks.points import Point, points
from sheetprop.classes.draw import fingerprint
from sheetprop.classes.grades.checked import COPIES, Checked, Cluster, Told, checked
from sheetprop.classes.grades.copied import Work, suspected
from sheetprop.classes.grades.course import Course, draw_into
from sheetprop.classes.grades.decided import decided
from sheetprop.classes.grades.gradebook import Grade, Gradebook, nothing_from
from sheetprop.classes.grades.handed import OWN, rates_handed, values_of
from sheetprop.classes.grades.overrides import Override, by_student
from sheetprop.classes.grades.store import FileStore, Store
from sheetprop.classes.hand_out import FINGERPRINT
from sheetprop.classes.rosters.roster import Student
from sheetprop.classes.submitted.archives import ARCHIVE
from sheetprop.classes.submitted.recognised import by_path, by_properties, unlisted
from sheetprop.classes.submitted.submissions import Submission, submissions
from sheetprop.spec import Spec

MOST_NAMED = 5
NO_COPY = "no marked copy: only .xlsx workbooks can be marked"
"""So many students are named who have the same in common with one."""


@dataclass(frozen=True, slots=True)
class _Handed:
    """A submission with what is known of it, whose it is, and to whom it was handed out."""

    submission: Submission
    checked: Checked
    student: Student
    origin: Student | None

    @property
    def record(self) -> Mapping[str, Any]:
        return self.checked.record


Handed = dict[str, list[_Handed]]


def grade_class(
    course: Course,
    files: Iterable[object],
    folder: Path,
    progress: Told | None = None,
    store: Store | None = None,
    cluster: Cluster | None = None,
    publish: Callable[[Gradebook, Store], None] | None = None,
) -> Gradebook:
    """Check what is not checked yet, and return the grades; the results are kept in the folder.

    They are kept in the `store` instead where one is given, which is closed in the end; a `cluster`
    checks in place of the workers of this machine. What is to be written about the class, `publish`
    writes while the store is open.

    Raises:
        SheetpropError: there is nothing to grade, or something is no path.
        SpecError: a teacher's decision is about nobody of this class.
        WorkbookError: a file cannot be read as an archive, or written.

    """
    with tempfile.TemporaryDirectory(prefix="sheetprop-") as unpacked:
        found = submissions(files, Path(unpacked), folder)
        with closing(store or FileStore(folder)) as kept:
            copies = (folder / COPIES).absolute() if course.copies else None
            own: dict[str, Spec] = {}
            marks = {one.properties.get(FINGERPRINT, "") for one in found}
            drawing = draw_into(own, course, kept, marks)
            known = checked(
                found, course.version, kept, copies, progress, drawing, cluster if found else None
            )
            deque(drawing, maxlen=0)  # what is left of it
            book = _book(course, folder, found, known, own)
            if publish is not None:
                publish(book, kept)
    return book


def _book(
    course: Course,
    folder: Path,
    found: Sequence[Submission],
    known: Sequence[Checked],
    own: Mapping[str, Spec],
) -> Gradebook:
    students, handed = _handed(course, found, known, own)
    decisions = by_student(course.overrides, students)
    newest = [works[-1] for works in handed.values()]
    start = {} if course.lesson is None else course.lesson.start()
    pairs = suspected([_work(one) for one in newest], start)
    in_common = _in_common(pairs)
    handed_rates = rates_handed((one.properties for one in found), course.seed)
    grades = []
    for id_, student in students.items():
        if id_ not in handed:
            grades.append(nothing_from(student))
            continue
        record = handed[id_][-1].record
        values = values_of(record, id_, own, course.lesson, handed_rates)
        facts = in_common.get(id_, "")
        grades.append(_grade(course, handed[id_], values, facts, decisions.get(id_, ())))
    return Gradebook(tuple(grades), folder, course.name, pairs)


def _handed(
    course: Course, found: Sequence[Submission], known: Sequence[Checked], own: Mapping[str, Spec]
) -> tuple[dict[str, Student], Handed]:
    """Return the students, those of the roster first, and what each handed in, the newest last."""
    marks = {id_: fingerprint(spec, course.seed or 0, id_) for id_, spec in own.items()}
    handed: Handed = {}
    students = {one.id: one for one in course.students}
    for submission, one in zip(found, known, strict=True):
        origin = by_properties(submission, course.students, marks)
        student = by_path(submission, course.students) or origin or unlisted(submission)
        students.setdefault(student.id, student)
        handed.setdefault(student.id, []).append(_Handed(submission, one, student, origin))
    for works in handed.values():
        works.sort(key=lambda one: _when(one.submission))
    return students, handed


def _when(one: Submission) -> tuple[bool, float, str]:
    """Return what puts submissions in order: an archive without a workbook is not the newest."""
    return not one.name.lower().endswith(ARCHIVE), one.saved, one.name


def _work(one: _Handed) -> Work:
    return Work(one.student.id, one.submission.sha256, one.submission.properties, one.record)


def _in_common(pairs: Mapping[tuple[str, str], Sequence[str]]) -> dict[str, str]:
    """Return for each student with whom the work has something in common, and what."""
    others: dict[str, dict[str, list[str]]] = {}
    for pair, facts in pairs.items():
        for student, other in (pair, pair[::-1]):
            own = others.setdefault(student, {})
            own.setdefault(" and ".join(facts), []).append(other)
    return {
        student: "; ".join(f"{facts} as {_listed(names)}" for facts, names in own.items())
        for student, own in others.items()
    }


def _listed(names: Sequence[str]) -> str:
    """Return some names, of many the first few and how many follow."""
    shown, rest = names[:MOST_NAMED], len(names) - MOST_NAMED
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


def _grade(
    course: Course,
    works: Sequence[_Handed],
    values: str,
    in_common: str,
    overrides: Sequence[Override],
) -> Grade:
    newest = works[-1]
    record, student = newest.record, newest.student
    plain = points(record["shares"], course.rubric)
    details = decided(plain, overrides)
    earned, possible = sum(p.earned for p in details), sum(p.possible for p in details)
    whole = next(
        (o.points for o in reversed(overrides) if not o.finding and o.points is not None), None
    )
    earned = earned if whole is None else whole
    late = "late" if _is_late(course, newest.submission) else ""
    told = tuple(_told(works, late, overrides, plain))
    remarks = [*_remarks(course, newest, values), *told, *([in_common] if in_common else [])]
    return Grade(
        student.id,
        student.name,
        student.section,
        newest.submission.name,
        record["verdict"],
        earned,
        possible,
        100 * earned / possible if possible else None,
        sum(p.as_it_stands for p in details) if possible else None,
        values,
        " ".join(_mistakes(record, details)),
        late,
        in_common,
        "; ".join(remarks),
        details,
        told,
        record,
        newest.checked.copy,
        newest.checked.key,
        student.email,
        dict(student.accounts),
    )


def _mistakes(record: Mapping[str, Any], details: Iterable[Point]) -> list[str]:
    """Return the mistakes by name: errors, and what else points were lost to."""
    errors = [one["mistake"] for one in record["findings"] if one["severity"] == "error"]
    costly = (one.lost_to.partition(" ")[2] for one in details if one.earned < one.possible)
    return list(dict.fromkeys([*errors, *filter(None, costly)]))


def _is_late(course: Course, submission: Submission) -> bool:
    is_after = course.deadline is not None and submission.saved > course.deadline
    return is_after or submission.is_late


def _remarks(course: Course, newest: _Handed, values: str) -> Iterator[str]:
    """Yield what only the teacher is told."""
    if newest.record["reason"]:
        yield newest.record["reason"]
    if newest.origin is not None and newest.origin.id != newest.student.id:
        yield f"the worksheet of {newest.origin.id}"
    if values and values != OWN:
        yield f"the numbers are {values}"
    if newest.record["verdict"] == "undecided":
        yield "some cells could not be judged"
    if course.copies and newest.submission.name.casefold().endswith(".ods"):
        yield NO_COPY
    if course.students and newest.student not in course.students:
        yield "is not in the roster"


def _told(
    works: Sequence[_Handed], late: str, overrides: Iterable[Override], plain: Sequence[Any]
) -> Iterator[str]:
    """Yield what the student is told, too."""
    if late:
        yield "handed in late"
    if len(works) > 1:
        yield f"{len(works)} files handed in, the newest counts: {works[-1].submission.name}"
    for one in overrides:
        yield one.told()
        if one.finding and not any(one.is_about(p.lost_to, p.quantity) for p in plain):
            yield f"no point was lost to {one.finding}"
