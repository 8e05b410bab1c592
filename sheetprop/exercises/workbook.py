"""A worked workbook becomes an exercise; what follows from an answer is calculated anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sheetprop.calculating.calculated import calculated
from sheetprop.exercises.answers import Answers
from sheetprop.exercises.checks import Checks, refuse_large
from sheetprop.exercises.compared import chosen_with_gaps, compared
from sheetprop.exercises.drawn import drawing_copies, sources_of
from sheetprop.exercises.smallest.boxes import with_boxes
from sheetprop.exercises.worksheet import Worksheet, worksheet
from sheetprop.lessons.runs.rate_table import FIRST, ITERATION, RateTable
from sheetprop.notation.address import fixed, quoted
from sheetprop.words import Words
from sheetprop.workbooks.exercise_names import ASKED_NAME, CHECKS_NAME, TABLE_NAME, area_of
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import COMPARE, DATA, DERIVATION
from sheetprop.workbooks.sheet import EMPTY_NAMES, Address, Cell, Sheet, Workbook

RUN = "η="
"""How the names of the sheets of learning rates begin."""


def exercise(
    workbook: Workbook,
    table: RateTable,
    answers: Answers,
    words: Words,
    *,
    is_solved: bool,
    is_drawn: bool = False,
) -> Workbook:
    """Return a lesson's workbook with its answers left empty, or filled in and marked.

    Nothing that follows from an answer is left in it: no value, no point of a chart. Where it
    `is_drawn`, the answers of the first iteration stand in boxes on a page of their own.
    """
    runs = [sheet.name for sheet in workbook.sheets if sheet.name.startswith(RUN)]
    refuse_large(Checks(table, answers, table.last_column), len(runs))
    sources = sources_of(workbook.sheets, table)
    found: dict[str, Worksheet] = {
        sheet.name: worksheet(sheet, table, answers, words, sources, is_solved=is_solved)
        for sheet in workbook.sheets
        if sheet.name in runs
    }
    checks = {name: one.checks for name, one in found.items()}
    sheets = [
        found[sheet.name].sheet if sheet.name in found else _locked(_waiting(sheet, checks))
        for sheet in workbook.sheets
    ]
    if not is_solved:
        drawn = {name: one.drawn for name, one in found.items()}
        sheets = [drawing_copies(sheet, drawn) for sheet in sheets]
    if is_drawn:
        sheets = with_boxes(sheets, table, checks, words, is_solved=is_solved)
        sheets[1] = _locked(sheets[1])
    names = {**workbook.names, **_names(list(found.values()), table)}
    return Workbook(recalculated(sheets, workbook.names), names)


def _waiting(sheet: Sheet, runs: Mapping[str, Checks]) -> Sheet:
    if sheet.name == DATA:
        return chosen_with_gaps(sheet, runs)
    return compared(sheet, runs) if sheet.name == COMPARE else sheet


def _locked(sheet: Sheet) -> Sheet:
    look = sheet.look if isinstance(sheet.look, Look) else Look()
    return replace(sheet, look=replace(look, is_protected=True))


def _names(found: Sequence[Worksheet], table: RateTable) -> dict[str, str]:
    names = {}
    for number, one in enumerate(found, 1):
        whole = ((FIRST, ITERATION), (table.last, table.last_column))
        for prefix, (first, last) in ((TABLE_NAME, whole), (CHECKS_NAME, one.checks.corners())):
            area = f"{fixed(first)}:{fixed(last)}"
            names[f"{prefix}{number}"] = f"{quoted(one.sheet.name)}!{area}"
        for part, (first, last) in enumerate(_blocks(table, one.checks.answers), 1):
            area = f"{fixed(first)}:{fixed(last)}"
            names[f"{ASKED_NAME}{number}_{part}"] = f"{quoted(one.sheet.name)}!{area}"
    return names


def _blocks(table: RateTable, answers: Answers) -> list[tuple[Address, Address]]:
    """Return the ranges of all answers: columns side by side with the same first row are one."""
    found: list[tuple[Address, Address]] = []
    for column, first in sorted((table.column[name], first) for name, first in answers.items()):
        top = FIRST + first
        if found and found[-1][0][0] == top and found[-1][1][1] == column - 1:
            found[-1] = found[-1][0], (table.last, column)
        else:
            found.append(((top, column), (table.last, column)))
    return found


def recalculated(
    sheets: Sequence[Sheet], names: Mapping[str, str] = EMPTY_NAMES
) -> tuple[Sheet, ...]:
    """Return the sheets with every formula's value, and every chart's points, calculated anew.

    `names` are those that the page Derivation uses.
    """
    bare = [replace(sheet, cells=_without_values(sheet.cells)) for sheet in sheets]
    done = calculated(bare, names, within=(DERIVATION,))
    by_name = {sheet.name: sheet.cells for sheet in done}
    return tuple(_redrawn(sheet, by_name) for sheet in done)


def _without_values(cells: Mapping[Address, Cell]) -> dict[Address, Cell]:
    return {
        at: cell if cell.formula is None else cell._replace(value=None)
        for at, cell in cells.items()
    }


def _redrawn(sheet: Sheet, cells: Mapping[str, Mapping[Address, Cell]]) -> Sheet:
    look = sheet.look
    assert isinstance(look, Look)
    charts = []
    for chart, drawn in zip(sheet.charts, look.charts, strict=False):
        stored = chart.series[: len(drawn.values or ())]
        points = tuple(_points(series.values, cells) for series in stored)
        charts.append(replace(drawn, values=points) if points else drawn)
    return replace(sheet, look=replace(look, charts=tuple(charts)))


def _points(
    reference: str, cells: Mapping[str, Mapping[Address, Cell]]
) -> tuple[float | None, ...]:
    """Return the numbers of a range, None where there is none."""
    found = area_of(reference)
    if found is None:
        return ()
    sheet, ((top, left), (bottom, right)) = found
    places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    values = (cells[sheet][at].value if at in cells[sheet] else None for at in places)
    return tuple(float(v) if isinstance(v, int | float) else None for v in values)
