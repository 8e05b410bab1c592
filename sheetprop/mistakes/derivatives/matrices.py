"""Which matrix an entry ``df1/dx`` belongs to, as the quantities of a lesson tell it."""

from __future__ import annotations

import re

from sheetprop.maths.quantity import Lesson

_ENTRY = re.compile(r"d(\w+)/d(\w+)")
GATES, SOFTMAX, JACOBIAN = "gates", "temperature", "jacobian"
"""The lessons with such quantities, by their names."""


def lesson_name(lesson: Lesson) -> str:
    """Return the name of a lesson, nothing for a network."""
    return str(getattr(lesson, "name", ""))


def parts(name: str) -> tuple[str, str] | None:
    """Return of which function, and by what, an entry is the derivative; None for others."""
    match = _ENTRY.fullmatch(name)
    return None if match is None else (match[1], match[2])


def entry(function: str, by: str) -> str:
    """Return the name of a derivative."""
    return f"d{function}/d{by}"


def matrix_of(name: str, lesson: Lesson) -> tuple[list[str], list[str]] | None:
    """Return the functions and the variables of the matrix that an entry stands in."""
    own = parts(name)
    if own is None:
        return None
    function, by = own
    known = [found for one in lesson.quantities if (found := parts(one))]
    functions = [f for f, x in known if x == by and not _is_by(known, function, f)]
    variables = [x for f, x in known if f == function and not _is_by(known, x, by)]
    return functions, variables


def _is_by(known: list[tuple[str, str]], one: str, other: str) -> bool:
    """Whether one of two is a function of the other."""
    return one != other and ((one, other) in known or (other, one) in known)
