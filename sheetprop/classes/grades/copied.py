"""Which submissions may be copies: facts that a teacher can look at, and no verdict.

Two students who make the same usual mistake prove nothing; the same file, the worksheet or the
private numbers of another, or mistakes that hardly anybody else makes in the same cells do tell.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sheetprop.classes.hand_out import FINGERPRINT

FEW, PART = 3, 0.03
"""A mistake is unusual when at most so many students, or so large a part of them, make it."""

ENOUGH = 2
"""So many unusual mistakes in common are no chance."""

TELLING = ("SP299", "SP302")
"""Mistakes of which one is enough: nobody can name them, or they are numbers typed by somebody."""

PAIRED = 12
"""Of a larger group that shares a fact, only the first is named to each of the others."""

NOTHING = hashlib.sha256().hexdigest()
"""Of an empty file, or one that cannot be opened."""

Signature = tuple[str, tuple[str, ...], str]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Work:
    """What may be compared of one student's submission."""

    student: str
    sha256: str
    properties: Mapping[str, str]
    record: Mapping[str, Any]


def suspected(works: Sequence[Work], lesson_start: Mapping[str, float]) -> dict[Pair, list[str]]:
    """Return for each pair of students that is worth a look what they have in common."""
    found: dict[Pair, list[str]] = defaultdict(list)
    most = _most(len(works))
    facts = (
        ("the same file", lambda one: [one.sha256] if one.sha256 != NOTHING else [], None),
        ("the same worksheet, by its fingerprint", lambda one: [_mark(one)], None),
        ("the same private numbers", lambda one: [_private(one, lesson_start)], most),
    )
    for fact, facts_of, limit in facts:
        for pair, many in _sharing(works, facts_of, limit):
            found[pair].append(f"{fact} (shared by {many} students)" if many else fact)
    for pair, mistakes in _mistakes_shared(works, most).items():
        if len(mistakes) >= ENOUGH or any(code in TELLING for code, _, _ in mistakes):
            names = ", ".join(
                f"{code} in {' '.join(where) or 'a cell'}" for code, where, _ in mistakes
            )
            found[pair].append(f"the same unusual mistakes ({names})")
    return dict(sorted(found.items()))


def _most(count: int) -> int:
    return max(FEW, int(PART * count))


def _sharing(
    works: Sequence[Work], facts_of: Any, most: int | None = None
) -> Iterator[tuple[Pair, int]]:
    """Yield the pairs of students who share a fact, unless more than `most` do.

    Of a group too large for all pairs stands behind each how many it is, else 0.
    """
    for owners in _by_fact(works, facts_of).values():
        if most is not None and len(owners) > most:
            continue
        many = len(owners) if len(owners) > PAIRED else 0
        yield from ((pair, many) for pair in _pairs(sorted(owners)))


def _pairs(students: Sequence[str]) -> Iterator[Pair]:
    """Yield each pair of a few students; of many, which would be endless, the first with each."""
    if len(students) <= PAIRED:
        yield from combinations(students, 2)
    else:
        yield from ((students[0], other) for other in students[1:])


def _mark(one: Work) -> str | None:
    return one.properties.get(FINGERPRINT)


def _by_fact(works: Sequence[Work], facts_of: Any) -> dict[Any, set[str]]:
    owners: dict[Any, set[str]] = defaultdict(set)
    for one in works:
        for fact in facts_of(one):
            if fact:
                owners[fact].add(one.student)
    return owners


def _private(one: Work, lesson_start: Mapping[str, float]) -> tuple[tuple[str, float], ...] | None:
    """Return the given numbers of a submission; None for those of the lesson, which all know."""
    given: Mapping[str, float] = one.record["given"]
    if all(lesson_start.get(name) == number for name, number in given.items()):
        return None
    return tuple(sorted(given.items()))


def _mistakes_shared(works: Sequence[Work], most: int) -> dict[Pair, list[Signature]]:
    found: dict[Pair, list[Signature]] = defaultdict(list)
    for fact, students in sorted(_by_fact(works, _signatures).items()):
        if len(students) <= most:
            for pair in _pairs(sorted(students)):
                found[pair].append(fact)
    return found


def _signatures(one: Work) -> set[Signature]:
    """Return the mistakes of a submission with the formulas in which they were made."""
    return {
        (found["code"], tuple(found["quantities"]), found["found"])
        for found in one.record["findings"]
        if found["severity"] == "error" and found["found"]
    }
