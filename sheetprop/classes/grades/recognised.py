"""Whose a submission is: by its own properties, the folder it lies in, or the name of its file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from sheetprop.classes.grades.submissions import Submission
from sheetprop.classes.hand_out import FINGERPRINT, STUDENT
from sheetprop.classes.rosters.roster import Student

_UNKNOWN = re.compile(r"[\W_]+")


def by_path(submission: Submission, students: Sequence[Student]) -> Student | None:
    """Return the student whose id, account or name stands in the path; None if nobody's does.

    What stands nearest to the file counts, and of two that fit there the longer.
    """
    for part in reversed(submission.name.removesuffix(submission.path.suffix).split("/")):
        told = _plain(part)
        fitting = {
            student.id: (length, student)
            for student in students
            if (length := max((len(n) for n in _names(student) if n in told), default=0))
        }
        best = max((length for length, _ in fitting.values()), default=0)
        found = [student for length, student in fitting.values() if length == best]
        if len(found) == 1:
            return found[0]
    return None


def by_properties(
    submission: Submission, students: Sequence[Student], fingerprints: Mapping[str, str]
) -> Student | None:
    """Return the student to whom the worksheet was handed out.

    Where fingerprints are known (by student), only a right one counts.
    """
    own = submission.properties
    if fingerprints:
        mark = own.get(FINGERPRINT, "")
        return next((one for one in students if mark and fingerprints.get(one.id) == mark), None)
    return next((one for one in students if one.id == own.get(STUDENT)), None)


def unlisted(submission: Submission) -> Student:
    """Return a student for a submission of somebody no roster names."""
    own = submission.properties.get(STUDENT)
    parts = submission.name.removesuffix(submission.path.suffix).split("/")
    return Student(own or parts[-1])


def _names(student: Student) -> list[str]:
    """Return how a path may name a student, each between spaces."""
    names = [student.id, student.name, student.email, student.email.partition("@")[0]]
    words = _plain(student.name).split()
    turned = " ".join([words[-1], *words[:-1]]) if len(words) > 1 else ""
    joined = ["".join(words), "".join(turned.split())] if len(words) > 1 else []
    return [_plain(name) for name in (*names, turned, *joined) if name.strip()]


def _plain(text: str) -> str:
    """Return a text in lower case without accents, its words between single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return f" {_UNKNOWN.sub(' ', bare).strip()} "
