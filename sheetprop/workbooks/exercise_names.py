"""The names by which an exercise tells its readers which cells are answers and which only judge.

A spreadsheet program keeps defined names whatever it does with styles and sheets, and they say
nothing about the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import column_number, fixed, on
from sheetprop.workbooks.sheet import Address, Workbook

TABLE_NAME, CHECKS_NAME = "exercise_table_", "exercise_checks_"
ASKED_NAME = "exercise_answers_"
_RANGE = pattern(
    r"(?:(?<!')'((?:[^']|'')++)'|([^'!]{1,255}))!\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})",
    re.I,
)

Area = tuple[Address, Address]


def areas(names: Mapping[str, str], prefix: str) -> dict[str, Area]:
    """Return the range on each sheet that a defined name beginning with `prefix` has."""
    own = (text for name, text in names.items() if name.casefold().startswith(prefix))
    return dict(found for text in own if (found := area_of(text)))


def answer_areas(names: Mapping[str, str]) -> dict[str, tuple[Area, ...]]:
    """Return, for each sheet that is an exercise, the ranges whose cells are answers."""
    own = (text for name, text in names.items() if name.casefold().startswith(ASKED_NAME))
    found: dict[str, tuple[Area, ...]] = {}
    for sheet, area in filter(None, map(area_of, own)):
        found[sheet] = (*found.get(sheet, ()), area)
    return found


def asking(workbook: Workbook, asked: Mapping[str, Iterable[Area]]) -> Workbook:
    """Return the workbook with names for the ranges on each sheet whose cells are answers."""
    areas = [(sheet, *area) for sheet, own in asked.items() for area in own]
    names = {
        f"{ASKED_NAME}{number}": f"{on(sheet, first)}:{fixed(last)}"
        for number, (sheet, first, last) in enumerate(areas, 1)
    }
    return replace(workbook, names={**workbook.names, **names})


def area_of(reference: str) -> tuple[str, Area] | None:
    """Return the sheet and the corners of a range such as ``'η=1'!$A$6:$B$9``, or None."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    quoted, plain, left, top, right, bottom = match.groups()
    first, last = (int(top), column_number(left)), (int(bottom), column_number(right))
    return plain or quoted.replace("''", "'"), (first, last)


def exercise_rows(names: Mapping[str, str]) -> dict[str, range]:
    """Return the rows of the iterations on each sheet that is an exercise."""
    found = areas(names, TABLE_NAME).items()
    return {sheet: range(first[0], last[0] + 1) for sheet, (first, last) in found}


LESSON_NAME = "lesson_"
"""Begins the name by which a lesson that is no network tells its kind."""


def marked(workbook: Workbook, kind: str) -> Workbook:
    """Return the workbook with a name that says of which kind its lesson is."""
    first = workbook.sheets[0].name
    name = LESSON_NAME + kind.replace("-", "_")  # a name has no hyphen
    return replace(workbook, names={**workbook.names, name: on(first, (1, 1))})


def kind_in(names: Mapping[str, str]) -> str | None:
    """Return the kind of lesson that the defined names of a workbook tell, None without one."""
    found = (name.casefold() for name in names if name.casefold().startswith(LESSON_NAME))
    return next((name.removeprefix(LESSON_NAME).replace("_", "-") for name in found), None)


BUG_NAME = "exercise_bug_"
"""Begins the name by which find-the-bug tells of a formula that was handed out wrong.

Behind it stand a salt and a fingerprint of the quantity: marks find it again, and nobody who reads
the names does.
"""


def asks(names: Iterable[str]) -> bool:
    """Whether the names of a workbook say that answers, or hidden mistakes, are asked for."""
    return any(name.casefold().startswith((ASKED_NAME, BUG_NAME)) for name in names)


def with_bugs_named(workbook: Workbook, quantities: Iterable[str], seed: int) -> Workbook:
    """Return the workbook with a name for each quantity whose formula is wrong on purpose."""
    hidden, first = sorted(quantities), workbook.sheets[0].name
    salt = _fingerprint(str(seed), *hidden)
    marks = sorted(_fingerprint(salt, name) for name in hidden)
    names = {f"{BUG_NAME}{salt}_{mark}": on(first, (1, 1)) for mark in marks}
    return replace(workbook, names={**workbook.names, **names})


def bugs_named(names: Mapping[str, str], quantities: Iterable[str]) -> tuple[str | None, ...]:
    """Return in which quantity each mistake was hidden; None for one that is not among these."""
    own = (name.casefold() for name in names if name.casefold().startswith(BUG_NAME))
    marks = [name.removeprefix(BUG_NAME).partition("_") for name in own]
    known = {
        (salt, _fingerprint(salt, quantity)): quantity
        for salt in {salt for salt, _, _ in marks}
        for quantity in quantities
    }
    return tuple(known.get((salt, mark)) for salt, _, mark in marks)


def _fingerprint(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:12]
