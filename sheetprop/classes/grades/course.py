"""What is known of a class before anything is handed in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sheetprop.checking.score import Rubric
from sheetprop.classes.draw import drawn_for, handed_to
from sheetprop.classes.grades.overrides import Override
from sheetprop.classes.grades.store import Store
from sheetprop.classes.rosters.roster import Student
from sheetprop.spec import Spec

DRAWN = ("inputs", "targets", "weights", "biases", "learning_rates")


@dataclass(frozen=True, slots=True)
class Course:
    """A class: its students, its lesson, the seed it was handed out with, and what gives points.

    Of a lesson that is no network no numbers are drawn, so that its `name` is all that is asked.
    `deadline` is in seconds since 1970. With `copies` a marked copy is made of each workbook.
    """

    students: tuple[Student, ...]
    name: str
    lesson: Spec | None
    seed: int | None
    rubric: Rubric
    version: str
    overrides: tuple[Override, ...] = ()
    deadline: float | None = None
    copies: bool = True


def draw_into(
    own: dict[str, Spec], course: Course, store: Store, marks: Container[str] = ()
) -> Iterator[None]:
    """Enter the lesson of each student as it was handed out, one at a time, as far as it is asked.

    None is entered where no seed is known. What was drawn once is kept in the store. `marks` are
    the fingerprints of what was handed in, by which most draws are known.
    """
    lesson, seed = course.lesson, course.seed
    if lesson is None or seed is None:
        return
    of_class = (str(seed), course.version, repr(lesson))
    for one in course.students:
        own[one.id] = _drawn(lesson, seed, one.id, store, of_class, marks)
        yield


def _drawn(
    lesson: Spec,
    seed: int,
    student: str,
    store: Store,
    of_class: Sequence[str],
    marks: Container[str],
) -> Spec:
    texts = (student, *of_class)
    key = "draw " + hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()
    known = store.get(key)
    if known is not None:
        numbers: dict[str, Any] = {name: tuple(known[name]) for name in DRAWN}
        return replace(lesson, **numbers)
    spec = handed_to(lesson, seed, student, marks) or drawn_for(lesson, seed, student)
    store.put(key, json.dumps({name: getattr(spec, name) for name in DRAWN}))
    return spec
