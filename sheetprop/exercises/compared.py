"""Compare and Data of an exercise: empty answers, and what follows from them, are a dash there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sheetprop.exercises.checks import Checks
from sheetprop.lessons.runs.rate_table import FIRST
from sheetprop.lessons.runs.summary import NOTHING
from sheetprop.lessons.start.chosen import RUN_ROW
from sheetprop.notation.address import column_letters, column_number, fixed, on
from sheetprop.notation.text import name_text
from sheetprop.workbooks.sheet import Cell, Sheet

_OF_A_RUN = re.compile(r"'([^']+)'!\$?[A-Z]{1,3}\$?(\d+)")
_ITERATION = re.compile(r"='[^']+'!\$?A\$?\d+")
_OF_A_COLUMN = re.compile(r"('[^']+'!)\$[A-Z]+\$(\d+):\$[A-Z]+\$(\d+)")
_CHOSEN = f"CHOOSE({fixed((RUN_ROW, 2))},INDEX("
_UPDATED = re.compile(r'=IFERROR\(\$B\$\d+-.*,"–"\)')
"""What a parameter is after the update, as the picture shows it in its last phase."""

_COLUMN = re.compile(r"([A-Z]{1,3})\$(\d+):\1\$(\d+)")


def compared(sheet: Sheet, runs: Mapping[str, Checks]) -> Sheet:
    """Return the sheet with every formula about an iteration waiting until that is complete.

    A formula about a whole column of E_total waits for the last iteration.
    """
    columns = _columns(sheet, runs)
    cells = {
        at: _waiting(cell, runs, columns) if cell.formula is not None else cell
        for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells)


def chosen_with_gaps(sheet: Sheet, runs: Mapping[str, Checks]) -> Sheet:
    """Return the sheet Data with a dash for what is chosen and still empty: no cell would say 0.

    What is calculated there waits until its iteration is complete, an answer until it is given.
    """
    checks = next(iter(runs.values()))
    quantities = checks.table.network.quantities
    calculated = {
        name_text(name)
        for name, quantity in quantities.items()
        if not quantity.is_given_first and name not in checks.answers
    }
    asks_updates = any(quantities[name].is_given_first for name in checks.answers)
    cells = {}
    for at, cell in sheet.cells.items():
        own = (cell.formula or "").removeprefix("=")
        cells[at] = cell
        if asks_updates and _UPDATED.fullmatch(cell.formula or ""):
            cells[at] = Cell(NOTHING)  # it would be the answer
        if own.startswith(_CHOSEN):
            is_calculated = sheet.cells[at[0], 1].value in calculated
            is_there = f"{_flag(own, checks)}=1" if is_calculated else f'{own}<>""'
            cells[at] = cell._replace(formula=f'=IF({is_there},{own},"{NOTHING}")')
    return replace(sheet, cells=cells)


def _flag(own: str, checks: Checks) -> str:
    """Return the formula that says whether the chosen iteration is complete, made of another."""
    column = column_letters(checks.complete)
    return _OF_A_COLUMN.sub(rf"\1${column}$\2:${column}$\3", own)


def _columns(sheet: Sheet, runs: Mapping[str, Checks]) -> dict[int, str]:
    """Return which run's E_total each column holds."""
    found: dict[int, list[str]] = {}
    for (_, column), cell in sheet.cells.items():
        own = _run_and_row(cell.formula or "", runs)
        if own:
            found.setdefault(column, []).append(own[0])
    return {
        column: names[0]
        for column, names in found.items()
        if len(names) == runs[names[0]].table.iterations and len(set(names)) == 1
    }


def _waiting(cell: Cell, runs: Mapping[str, Checks], columns: Mapping[int, str]) -> Cell:
    formula = cell.formula or ""
    own = _run_and_row(formula, runs) or _run_of_column(formula, runs, columns)
    if own is None:
        return cell
    flag = on(own[0], (own[1], runs[own[0]].complete))
    return cell._replace(formula=f'=IF({flag}=1,{formula.removeprefix("=")},"{NOTHING}")')


def _run_and_row(formula: str, runs: Mapping[str, Checks]) -> tuple[str, int] | None:
    """Return the run and the iteration's row that a formula refers to first."""
    if _ITERATION.fullmatch(formula):
        return None
    for name, row in _OF_A_RUN.findall(formula):
        if name in runs and int(row) >= FIRST:
            return name, int(row)
    return None


def _run_of_column(
    formula: str, runs: Mapping[str, Checks], columns: Mapping[int, str]
) -> tuple[str, int] | None:
    for letters, first, last in _COLUMN.findall(formula):
        name = columns.get(column_number(letters))
        if name and int(last) - int(first) + 1 == runs[name].table.iterations:
            return name, runs[name].table.last
    return None
