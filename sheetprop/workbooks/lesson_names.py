"""The defined name by which a workbook of a lesson that is no network tells what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheetprop.notation.address import on
from sheetprop.workbooks.sheet import Workbook

LESSON_NAME = "lesson_"


def marked(workbook: Workbook, kind: str) -> Workbook:
    """Return the workbook with a name that says of which kind its lesson is."""
    first = workbook.sheets[0].name
    return replace(workbook, names={**workbook.names, LESSON_NAME + kind: on(first, (1, 1))})


def kind_in(names: Mapping[str, str]) -> str | None:
    """Return the kind of lesson that the defined names of a workbook tell, None without one."""
    found = (name.casefold() for name in names if name.casefold().startswith(LESSON_NAME))
    return next((name.removeprefix(LESSON_NAME) for name in found), None)
