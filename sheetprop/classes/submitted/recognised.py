"""Whose a submission is: by its own properties, the folder it lies in, or the name of its file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from sheetprop.classes.hand_out import FINGERPRINT, STUDENT
from sheetprop.classes.rosters.roster import Student
from sheetprop.classes.submitted.platforms import NamedBy
from sheetprop.classes.submitted.submissions import Submission

_UNKNOWN = re.compile(r"[\W_]+")


def by_path(submission: Submission, students: Sequence[Student]) -> Student | None:
    """Return the student whose id, account or name stands in the path; None if nobody's does.

    The first part that names one student counts, and of two that fit there the longer.
    """
    place = _meant(submission, students)
    return None if place in (None, SHARED) else students[place]


def group_of(submission: Submission, students: Sequence[Student]) -> list[Student]:
    """Return all whom the platform names as who handed it in together; none for one alone."""
    if not submission.named_by.is_group:
        return []
    texts = submission.named_by.texts
    alone = (replace(submission, named_by=NamedBy((text,), is_sure=True)) for text in texts)
    found = (by_path(one, students) for one in alone)
    members = list(dict.fromkeys(one for one in found if one is not None))
    return members if len(members) > 1 else []


def is_of_several(submission: Submission, students: Sequence[Student]) -> bool:
    """Whether the path names nobody alone, but in one part several who are called alike."""
    return _meant(submission, students) == SHARED


def _meant(submission: Submission, students: Sequence[Student]) -> int | None:
    """Return the place of the student who stands in the path, SHARED where it may be several."""
    names, is_shared = _names_of(tuple(students)), False
    for part in submission.named_by.texts:
        fitting = _fitting(_plain(part), names, only_whole=submission.named_by.is_sure)
        best = max(fitting.values(), default=0)
        found = [k for k, length in fitting.items() if length == best]
        if len(found) == 1 and found[0] != SHARED:
            return found[0]
        is_shared = is_shared or found == [SHARED]
    return SHARED if is_shared else None


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


def unlisted(found: Sequence[Submission]) -> list[Student]:
    """Return a student for each submission of somebody no roster names.

    Files that are called alike in several folders are not taken for those of one student, nor are
    those of two whom a platform gives one name and two numbers.
    """
    titles = [_title(one) for one in found]
    sources: dict[str, set[str]] = {}
    for title, one in zip(titles, found, strict=True):
        sources.setdefault(title, set()).add(_source(one))
    inside = Counter(source for own in sources.values() for source in own)
    alone = {title for title, own in sources.items() if all(inside[s] == 1 for s in own)}
    return [
        Student(title if len(sources[title]) == 1 else _apart(title, one, title in alone))
        for title, one in zip(titles, found, strict=True)
    ]


def _title(one: Submission) -> str:
    """Return what a submission calls its student, alone: others may be called so, too."""
    if one.named_by.is_sure:
        return one.named_by.texts[-1]
    return one.properties.get(STUDENT) or _parts(one)[-1].strip() or one.name


def _source(one: Submission) -> str:
    """Return the platform's number of who handed in, or the folder that the file lies in."""
    return one.named_by.number if one.named_by.is_sure else "/".join(_parts(one)[:-1])


def _apart(title: str, one: Submission, is_folder: bool) -> str:
    """Return what tells a student from others: the folder, where each holds this title alone."""
    source = _source(one)
    if one.named_by.is_sure or STUDENT in one.properties:
        return f"{title} ({source})" if source else title
    return source if source and is_folder else "/".join(filter(None, (source, title)))


def _parts(one: Submission) -> list[str]:
    return one.name.removesuffix(one.path.suffix).split("/")


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
