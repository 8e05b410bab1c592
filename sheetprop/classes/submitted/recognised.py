"""Whose a submission is: by its own properties, the folder it lies in, or the name of its file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sheetprop.classes.hand_out import FINGERPRINT, STUDENT
from sheetprop.classes.rosters.roster import Student
from sheetprop.classes.submitted.submissions import Submission

_UNKNOWN = re.compile(r"[\W_]+")


def by_path(submission: Submission, students: Sequence[Student]) -> Student | None:
    """Return the student whose id, account or name stands in the path; None if nobody's does.

    The first part that names one student counts, and of two that fit there the longer.
    """
    names = _names_of(tuple(students))
    for part in submission.named_by.texts:
        fitting = _fitting(_plain(part), names, only_whole=submission.named_by.is_sure)
        best = max(fitting.values(), default=0)
        found = [k for k, length in fitting.items() if length == best]
        if len(found) == 1 and found[0] != SHARED:
            return students[found[0]]
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
    if submission.named_by.is_sure:
        return Student(submission.named_by.texts[-1])
    own = submission.properties.get(STUDENT)
    parts = submission.name.removesuffix(submission.path.suffix).split("/")
    return Student(own or parts[-1].strip() or submission.name)


MOST_WORDS = 40
"""In a part of a path; more of them are no name."""

SHARED = -1
"""In place of a student, where a name is that of several."""


def _fitting(told: str, names: Mapping[str, int], *, only_whole: bool) -> Mapping[int, int]:
    """Return who may be meant, with the length of the longest name by which they are.

    A single word of a name that a platform wrote may be anybody's first one: it counts as a whole.
    """
    found: dict[int, int] = {}
    words = told.split()
    ranges = ((a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1))
    for a, b in ranges if len(words) <= MOST_WORDS else ():
        name = f" {' '.join(words[a:b])} "
        is_enough = not only_whole or b - a > 1 or b - a == len(words)
        if name in names and is_enough:
            found[names[name]] = max(len(name), found.get(names[name], 0))
    return found


@lru_cache(maxsize=4)
def _names_of(students: tuple[Student, ...]) -> Mapping[str, int]:
    """Return how paths may name students, each between spaces, with who that is."""
    found: dict[str, int] = {}
    for k, student in enumerate(students):
        for name in set(_names(student)):
            found[name] = k if found.get(name, k) == k else SHARED
    return found


def _names(student: Student) -> list[str]:
    names = [student.id, student.name, student.email, student.email.partition("@")[0]]
    words = _plain(student.name).split()
    turned = " ".join([words[-1], *words[:-1]]) if len(words) > 1 else ""
    joined = ["".join(words), "".join(turned.split())] if len(words) > 1 else []
    names += [*(name for _, name in student.accounts), turned, *joined]
    return [_plain(name) for name in names if name.strip()]


def _plain(text: str) -> str:
    """Return a text in lower case without accents, its words between single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return f" {_UNKNOWN.sub(' ', bare).strip()} "
