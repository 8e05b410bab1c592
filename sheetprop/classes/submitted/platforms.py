"""How course platforms name what students handed in, when a teacher downloads all of it.

Moodle      ``Ada Marlow_1234_assignsubmission_file_/work.xlsx``, or all of it in one name
Canvas      ``marlowada_LATE_567_89_work.xlsx``: name, account and submission
Gradescope  ``submission_123/work.xlsx``, and who that is in ``submission_metadata.yml``
GitHub Classroom  ``gradient-descent-adam/work.xlsx``: the assignment and the account

In any other folder the parts of the path are looked at from the outside in: folders are made by
whoever collects the files, and the names of files by students.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

METADATA = "submission_metadata.yml"
LARGEST_METADATA = 64 << 20
MOST_LINES, LONGEST_LINE = 2_000_000, 4096

_MOODLE = re.compile(r"(?P<name>.+?)_(?P<user>\d+)_assignsubmission_")
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<user>\d+)_\d+_.+")
_GRADESCOPE = re.compile(r"submission_\d+")
_FACT = re.compile(r"\s+(?:- )?:(?:name|sid|email): (?P<value>.+)")


@dataclass(frozen=True, slots=True)
class NamedBy:
    """The texts that may name a student, the surest first.

    `is_sure` tells that a platform wrote them, and that the rest of the path says nothing. Of two
    who are called alike, the platform's `number` differs. With `is_group` they name all who handed
    in together.
    """

    texts: tuple[str, ...]
    is_late: bool = False
    is_sure: bool = False
    number: str = ""
    is_group: bool = False


def named_by(name: str, metadata: Mapping[str, tuple[str, ...]]) -> NamedBy:
    """Return what the path of a submission, without its suffix, tells of who handed it in.

    `metadata` are those of Gradescope: the submitters' names, ids and addresses by submission.
    """
    parts = name.split("/")
    for part in parts:
        if found := _MOODLE.match(part):
            return NamedBy((found["name"],), is_sure=True, number=found["user"])
        if _GRADESCOPE.fullmatch(part) and part in metadata:
            return NamedBy(metadata[part], is_sure=True, is_group=True)
    for part in (*(one for one in parts if one.lower().endswith(".zip")), parts[-1]):
        if found := _CANVAS.fullmatch(part):
            user = found["user"]
            return NamedBy((user, found["name"]), bool(found["late"]), is_sure=True, number=user)
    return NamedBy(tuple(parts))


def is_metadata(name: str) -> bool:
    """Whether a path is that of Gradescope's metadata: what lies in a submission is a student's."""
    *folders, last = name.split("/")
    return last == METADATA and not any(map(_GRADESCOPE.fullmatch, folders))


def submitters(file: TextIO) -> dict[str, tuple[str, ...]]:
    """Return who made each submission, from Gradescope's metadata; the id before the name."""
    found: dict[str, list[str]] = {}
    own: list[str] = []
    lines = (line.rstrip("\n") for line in iter(lambda: file.readline(LONGEST_LINE), ""))
    for line in islice(lines, MOST_LINES):
        key = line.rstrip(": ")
        if _GRADESCOPE.fullmatch(key):
            own = found.setdefault(key, [])
        elif fact := _FACT.fullmatch(line):
            own.append(fact["value"].strip(" '\""))
    return {key: tuple(facts) for key, facts in found.items() if facts}
