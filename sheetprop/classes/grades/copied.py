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

MANY = 30
"""So many students who handed in the same file were all given it."""

ENOUGH = 2
"""So many unusual mistakes in common are no chance."""

TELLING = ("SP299", "SP302")
"""Mistakes of which one is enough: nobody can name them, or they are numbers typed by somebody."""

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
    for pair in _sharing(works, lambda one: [one.sha256] if one.sha256 != NOTHING else []):
        found[pair].append("the same file")
    for pair in _sharing(works, lambda one: [one.properties.get(FINGERPRINT)]):
        found[pair].append("the same worksheet, by its fingerprint")
    most = _most(len(works))
    for pair in _sharing(works, lambda one: [_private(one, lesson_start)], most):
        found[pair].append("the same private numbers")
    for pair, mistakes in _mistakes_shared(works, most).items():
        if len(mistakes) >= ENOUGH or any(code in TELLING for code, _, _ in mistakes):
            names = ", ".join(
                f"{code} in {' '.join(where) or 'a cell'}" for code, where, _ in mistakes
            )
            found[pair].append(f"the same unusual mistakes ({names})")
    return dict(sorted(found.items()))


def _most(count: int) -> int:
    return max(FEW, int(PART * count))


def _sharing(works: Sequence[Work], facts_of: Any, most: int | None = None) -> Iterator[Pair]:
    """Yield the pairs of students who share a fact, unless more than `most` do."""
    for students in _by_fact(works, facts_of).values():
        if most is None or len(students) <= most:
            yield from _pairs(sorted(students))


def _pairs(students: Sequence[str]) -> Iterator[Pair]:
    """Yield each pair of a few students; of many, which would be endless, the first with each."""
    if len(students) <= MANY:
        yield from combinations(students, 2)
    else:
        yield from ((students[0], other) for other in students[1:])


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
