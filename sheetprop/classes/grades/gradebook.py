"""The gradebook of a class: a grade for each student, with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sheetprop.checking.marks.points import Point
from sheetprop.classes.rosters.roster import Student
from sheetprop.reports.cleaned import clean

MOST_OTHERS = 3
"""So many files are named that are no workbooks."""

NO_RECORD: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Grade:
    """One student's row: what was handed in and what it earned, with follow-through.

    `percent` is None for who handed nothing in, or what could not be judged; `as_it_stands` are the
    points where all that is computed from something wrong is lost. `values` says whose numbers the
    file has, `suspected` with whom it has something in common that is worth a look. `remarks` are
    for the teacher, `told` for the student; `record` and `copy` are what checking left, `key` is
    where the store has the page.
    """

    student: str
    name: str
    section: str
    file: str = ""
    verdict: str = ""
    points: float = 0.0
    possible: float = 0.0
    percent: float | None = None
    as_it_stands: float | None = None
    values: str = ""
    mistakes: str = ""
    late: str = ""
    suspected: str = ""
    remarks: str = ""
    details: tuple[Point, ...] = field(default=(), repr=False)
    told: tuple[str, ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    copy: Path | None = field(default=None, repr=False, compare=False)
    key: str = field(default="", repr=False, compare=False)
    email: str = field(default="", repr=False)
    accounts: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def mistaken(self) -> list[Mapping[str, Any]]:
        """The findings that are errors, and the remarks that points were lost to."""
        costly = self.mistakes.split()
        return [
            found
            for found in self.record.get("findings", ())
            if found["severity"] == "error" or found["mistake"] in costly
        ]

    def explained(self) -> str:
        """Return each point earned or lost, with its cells."""
        lines = [f"{self.student} {self.name}".strip(), f"{self.file or 'nothing handed in'}"]
        lines += [self.remarks] if self.remarks else []
        for one in self.details:
            what = f"{one.family} {one.quantity}"
            lines.append(f"  {one.earned:6.2f} of {one.possible:5.2f}  {what:28} {one.place}")
            lines.append(f"  {'':18}{one.why}")
        earned = sum(one.earned for one in self.details)
        if self.details and abs(earned - self.points) > 1e-9:
            lines.append(f"  {earned:6.2f} of {self.possible:5.2f}  before the teacher's decision")
        lines.append(f"  {self.points:6.2f} of {self.possible:5.2f}  in all")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Gradebook:
    """The rows of a class, and the folder in which they and the reports are written.

    `pairs` are the students whose work has something in common that is worth a look.
    """

    grades: tuple[Grade, ...]
    folder: Path
    lesson: str = ""
    pairs: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)


def named(grades: Sequence[Grade], student: str) -> Grade | None:
    """Return the grade of a student, by id or name."""
    wanted = student.casefold()
    return next((g for g in grades if wanted in (g.student.casefold(), g.name.casefold())), None)


def file_names(grades: Sequence[Grade]) -> Iterator[tuple[Grade, str]]:
    """Yield each grade with a name for its files, which no other has on any system."""
    taken: set[str] = set()
    for one in grades:
        plain = _safe(one.student)
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.casefold())
        yield one, name


def _safe(student: str) -> str:
    safe = "".join(sign if sign.isalnum() or sign in "-_.@ " else "_" for sign in student)
    return safe[:100].strip(". ") or "_"


def nothing_from(student: Student, others: Sequence[str] = ()) -> Grade:
    """Return the grade of who handed nothing in, or `others` that are no workbooks."""
    told = f"handed in {', '.join(others[:MOST_OTHERS])}, which is no workbook"
    return Grade(
        student.id,
        student.name,
        student.section,
        remarks=clean(told) if others else "nothing handed in",
        email=student.email,
        accounts=dict(student.accounts),
    )
