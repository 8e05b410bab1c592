"""Workbooks made as exercises: which cells are left to the student, and which only judge them.

An exercise says by defined names where its tables stand. In such a table an empty cell is an answer
that nobody has attempted, neither wrong nor missing, and the rows go on however empty they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.exercise_names import CHECKS_NAME, areas
from sheetprop.workbooks.sheet import Workbook


def without_checks(workbook: Workbook) -> Workbook:
    """Return an exercise without the cells that judge its answers; others as they are."""
    checks = areas(workbook.names, CHECKS_NAME)
    if not checks:
        return workbook
    sheets = []
    for sheet in workbook.sheets:
        if sheet.name in checks:
            (top, left), (bottom, right) = checks[sheet.name]
            rows, columns = range(top, bottom + 1), range(left, right + 1)
            cells = sheet.cells.items()
            kept = {at: c for at, c in cells if at[0] not in rows or at[1] not in columns}
            sheet = replace(sheet, cells=kept)  # noqa: PLW2901 - the same sheet, less its checks
        sheets.append(sheet)
    return replace(workbook, sheets=tuple(sheets))


def not_attempted(judgements: Iterable[Judgement]) -> int:
    """Return how many answers of exercises are empty."""
    return sum(
        len(line.blanks)
        for judgement in judgements
        if judgement.table.is_exercise
        for line in judgement.lines.values()
    )
