"""What a teacher decides otherwise: a CSV file or a workbook, a decision in each row.

Its columns are ``student``, ``finding``, ``decision`` (keep or drop), ``points`` and ``remark``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sheetprop.classes.rosters.roster_rows import Row, rows_of
from sheetprop.errors import SpecError
from sheetprop.validate import shown

COLUMNS = ("student", "finding", "decision", "points", "remark")
DECISIONS = ("", "keep", "drop")
LONGEST_REMARK = 2000
MOST_FOR_ONE = 100
"""Decisions about one student: each is looked for in all points, and told in what it changes."""


@dataclass(frozen=True, slots=True)
class Override:
    """One decision about a student's finding, or about the whole mark where no finding is named.

    A `finding` is named by its code, its name or the quantity that it is about. With `points` a
    finding that is kept costs so many, and a whole mark is so many.
    """

    student: str
    finding: str = ""
    decision: str = ""
    points: float | None = None
    remark: str = ""
    line: int = 0

    @property
    def is_dropped(self) -> bool:
        """Whether the finding is to cost nothing."""
        return self.decision == "drop"

    def is_about(self, lost_to: str, quantity: str) -> bool:
        """Whether a mistake, as ``SP203 wrong-neuron``, that a quantity was lost to is meant."""
        wanted = self.finding.casefold().split()
        names = {*lost_to.casefold().split(), quantity.casefold()}
        return bool(lost_to) and bool(wanted) and names.issuperset(wanted)

    def told(self) -> str:
        """Return the decision in words."""
        if self.is_dropped:
            what = f"{self.finding} dropped"
        elif self.points is None:
            what = f"{self.finding} kept" if self.finding else "remark"
        elif self.finding:
            what = f"{self.finding} costs {self.points:g}"
        else:
            what = f"the mark is {self.points:g} points"
        return f"by the teacher: {what}" + (f" ({self.remark})" if self.remark else "")


def read_overrides(path: str | Path) -> tuple[Override, ...]:
    """Return the decisions in a file, in its order.

    Raises:
        SpecError: it cannot be read, or a row cannot be used; the sentence names the line.
        WorkbookError: it is a workbook that cannot be read.

    """
    source = str(path)
    rows = rows_of(path, lambda header: len(_places(header)))
    if not rows:
        raise SpecError(source, None, f"is empty; its first line names {', '.join(COLUMNS)}")
    (line, header), *rest = rows
    places = _places(header)
    if "student" not in places:
        known = ", ".join(COLUMNS)
        raise SpecError(source, None, f'line {line} names no column "student"; there are {known}')
    found = [_override(source, row, places) for row in rest]
    counts = Counter[str]()
    for one in found:
        counts[one.student] += 1
        if counts[one.student] > MOST_FOR_ONE:
            problem = f"more than {MOST_FOR_ONE} decisions about {shown(one.student)}"
            raise SpecError(source, None, f"line {one.line}: {problem}; keep the last of each")
    return tuple(found)


def by_student(
    overrides: Iterable[Override], students: Container[str]
) -> dict[str, list[Override]]:
    """Return the teacher's decisions about each student. Raises `SpecError` for a stranger."""
    found: dict[str, list[Override]] = {}
    for one in overrides:
        if one.student not in students:
            problem = f"nobody of this class has the id {shown(one.student)}"
            raise SpecError("overrides", None, f"line {one.line}: {problem}")
        found.setdefault(one.student, []).append(one)
    return found


def _places(header: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in header]
    return {name: names.index(name) for name in COLUMNS if name in names}


def _override(source: str, row: Row, places: dict[str, int]) -> Override:
    line, cells = row
    own = {name: cells[k].strip() if k < len(cells) else "" for name, k in places.items()}
    decision = own.get("decision", "").casefold()
    problem = None
    if not own["student"]:
        problem = "names no student"
    elif decision not in DECISIONS:
        problem = f'the decision must be "keep" or "drop", not {shown(decision)}'
    elif decision == "drop" and not own.get("finding"):
        problem = 'says "drop" and names no finding'
    elif decision == "keep" and not own.get("finding") and not own.get("points"):
        problem = 'says "keep" and names neither a finding nor points'
    elif decision == "drop" and own.get("points"):
        problem = 'says "drop" and gives points; a finding that is dropped costs nothing'
    elif len(own.get("remark", "")) > LONGEST_REMARK:
        problem = f"the remark has more than {LONGEST_REMARK} characters"
    if problem:
        raise SpecError(source, None, f"line {line}: {problem}")
    points = _number(source, line, own.get("points", ""))
    finding, remark = own.get("finding", ""), own.get("remark", "")
    return Override(own["student"], finding, decision, points, remark, line)


def _number(source: str, line: int, text: str) -> float | None:
    if not text:
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        problem = f"the points must be a number from 0, not {shown(text)}"
        raise SpecError(source, None, f"line {line}: {problem}")
    return number
