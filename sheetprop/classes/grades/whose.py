"""Who handed in what: each student's submissions, the newest last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheetprop.classes.draw import fingerprint
from sheetprop.classes.grades.checked import Checked
from sheetprop.classes.grades.course import Course
from sheetprop.classes.rosters.roster import Student
from sheetprop.classes.submitted.archives import ARCHIVE
from sheetprop.classes.submitted.recognised import by_path, by_properties, group_of, unlisted
from sheetprop.classes.submitted.submissions import Submission
from sheetprop.spec import Spec


@dataclass(frozen=True, slots=True)
class Handed:
    """A submission with what is known of it, whose it is, and to whom it was handed out.

    `group` are all who handed it in together, none for who did so alone.
    """

    submission: Submission
    checked: Checked
    student: Student
    origin: Student | None
    group: tuple[Student, ...] = ()

    @property
    def record(self) -> Mapping[str, Any]:
        """What is kept of it."""
        return self.checked.record


def handed_in(
    course: Course, found: Sequence[Submission], known: Sequence[Checked], own: Mapping[str, Spec]
) -> tuple[dict[str, Student], dict[str, list[Handed]]]:
    """Return the students, those of the roster first, and what each handed in, the newest last."""
    marks = {id_: fingerprint(spec, course.seed or 0, id_) for id_, spec in own.items()}
    handed: dict[str, list[Handed]] = {}
    students = {one.id: one for one in course.students}
    origins = [by_properties(one, course.students, marks) for one in found]
    named = [by_path(one, course.students) for one in found]
    pairs = list(zip(named, origins, strict=True))
    others = iter(unlisted([f for f, own in zip(found, pairs, strict=True) if not any(own)]))
    for submission, one, (path, origin) in zip(found, known, pairs, strict=True):
        group = group_of(submission, course.students)
        for student in group or [path or origin or next(others)]:
            work = Handed(submission, one, student, origin, tuple(group))
            students.setdefault(student.id, student)
            handed.setdefault(student.id, []).append(work)
    for works in handed.values():
        works.sort(key=lambda one: _when(one.submission))
    return students, handed


def _when(one: Submission) -> tuple[bool, float, str]:
    """Return what puts submissions in order: an archive without a workbook is not the newest."""
    return not one.name.lower().endswith(ARCHIVE), one.saved, one.name
