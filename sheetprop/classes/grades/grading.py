"""A class is graded: every submission checked once, its points given, and the rows put together."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sheetprop.checking.marks.points import Point, points
from sheetprop.classes.grades.checked import COPIES, Checked, Cluster, Told, checked
from sheetprop.classes.grades.copied import Work, suspected
from sheetprop.classes.grades.course import Course, draw_into
from sheetprop.classes.grades.decided import decided
from sheetprop.classes.grades.gradebook import Grade, Gradebook, nothing_from
from sheetprop.classes.grades.handed import (
    OWN,
    handed_out_to,
    not_run,
    rates_handed,
    run_by_some,
    values_of,
)
from sheetprop.classes.grades.overrides import Override, by_student
from sheetprop.classes.grades.store import FileStore, Store
from sheetprop.classes.grades.whose import Handed, handed_in
from sheetprop.classes.hand_out import FINGERPRINT
from sheetprop.classes.submitted.others import handed_otherwise
from sheetprop.classes.submitted.recognised import (
    is_of_several,
)
from sheetprop.classes.submitted.submissions import Submission, submissions
from sheetprop.spec import Spec

MOST_NAMED = 5
"""So many students are named who have the same in common with one."""

OF_GROUP = "the group's, handed to "
SEVERAL = "several in the roster are called so, and nothing tells which of them it is"
NO_COPY = "no marked copy: only .xlsx workbooks can be marked"


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
    files = tuple(files)
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
            others = handed_otherwise(files, folder, course.students)
            book = _book(course, folder, found, known, own, others)
            if publish is not None:
                publish(book, kept)
    return book


def _book(
    course: Course,
    folder: Path,
    found: Sequence[Submission],
    known: Sequence[Checked],
    own: Mapping[str, Spec],
    others: Mapping[str, Sequence[str]],
) -> Gradebook:
    students, handed = handed_in(course, found, known, own)
    decisions = by_student(course.overrides, students)
    newest = [works[-1] for works in handed.values()]
    start = {} if course.lesson is None else course.lesson.start()
    pairs = {
        pair: facts
        for pair, facts in suspected([_work(one) for one in newest], start).items()
        if len({handed[id_][-1].submission.name for id_ in pair}) > 1  # and no group
    }
    in_common = _in_common(pairs)
    handed_rates = rates_handed((one.properties for one in found), course.seed)
    records = {id_: works[-1].record for id_, works in handed.items()}
    some = run_by_some(records, own, handed_rates)
    grades = []
    for id_, student in students.items():
        if id_ not in handed:
            grades.append(nothing_from(student, others.get(id_, ())))
            continue
        record = records[id_]
        group = [one.id for one in handed[id_][-1].group]
        whose = handed_out_to(record, (id_, *group), own)
        values = values_of(record, whose, own, course.lesson, handed_rates)
        values = f"{OF_GROUP}{whose}" if values == OWN and whose != id_ else values
        facts = in_common.get(id_, "")
        lacking = not_run(record, whose, own, handed_rates, some)
        grades.append(_grade(course, handed[id_], values, facts, decisions.get(id_, ()), lacking))
    return Gradebook(tuple(grades), folder, course.name, pairs)


def _work(one: Handed) -> Work:
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
    works: Sequence[Handed],
    values: str,
    in_common: str,
    overrides: Sequence[Override],
    lacking: Sequence[float],
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
    told = (*_not_there(lacking), *_told(works, late, overrides, plain))
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


def _remarks(course: Course, newest: Handed, values: str) -> Iterator[str]:
    """Yield what only the teacher is told."""
    if newest.record["reason"]:
        yield newest.record["reason"]
    owners = (newest.student, *newest.group)
    if newest.origin is not None and newest.origin.id not in {one.id for one in owners}:
        yield f"the worksheet of {newest.origin.id}"
    if values and values != OWN and not values.startswith(OF_GROUP):
        yield f"the numbers are {values}"
    if newest.record["verdict"] == "undecided":
        yield "some cells could not be judged"
    if course.copies and newest.submission.name.casefold().endswith(".ods"):
        yield NO_COPY
    if course.students and newest.student not in course.students:
        is_several = is_of_several(newest.submission, course.students)
        yield SEVERAL if is_several else "is not in the roster"


def _not_there(rates: Sequence[float]) -> Iterator[str]:
    if rates:
        *others, last = (f"η = {rate:g}" for rate in rates)
        named = f"{', '.join(others)} and {last}" if others else last
        yield f"there is no table for {named}, where others have theirs"


def _told(
    works: Sequence[Handed], late: str, overrides: Iterable[Override], plain: Sequence[Any]
) -> Iterator[str]:
    """Yield what the student is told, too."""
    if late:
        yield "handed in late"
    numbers = sorted({one.submission.named_by.number for one in works} - {""})
    if len(numbers) > 1:
        yield f"handed in under several numbers of the platform: {', '.join(numbers)}"
    if others := [one.name or one.id for one in works[-1].group if one != works[-1].student]:
        yield f"handed in together with {', '.join(others)}"
    if len(works) > 1:
        yield f"{len(works)} files handed in, the newest counts: {works[-1].submission.name}"
    for one in overrides:
        yield one.told()
        if one.finding and not any(one.is_about(p.lost_to, p.quantity) for p in plain):
            yield f"no point was lost to {one.finding}"
