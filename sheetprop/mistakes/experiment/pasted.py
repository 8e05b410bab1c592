"""Copies of the losses outside the tables: E_total of several rates side by side, for a chart.

Such a column (or row) begins with the same E_total as a table; a label in front names the rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sheetprop.lazily.patterns import pattern
from sheetprop.mistakes.base import Scene
from sheetprop.mistakes.experiment.rate_names import as_rate, labelled_rate
from sheetprop.notation.address import column_number
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address, Cell, Sheet
from sheetprop.workbooks.sweeps import floats_between

FEWEST = 5
"""So many numbers in a row are a copied run; fewer are a remark about its beginning."""

LABELS_AWAY = 3
"""So far in front of the first loss its label may stand."""

SAME_START = 5e-4
"""Relative difference of first losses, for copies with few digits."""


CALCULATES = pattern(r"[-+*/^]")
NAMES = pattern(r"'[^']*'|\"[^\"]*\"|^=[-+]")  # of sheets, texts; a sign in front is no sum
BESIDE = pattern(r"=\$?([A-Z]{1,3})\$?(\d+)", re.I)


class Pasted(NamedTuple):
    """Losses standing in one column or row: `cells` in order, typed or copied by formulas.

    `rate` is the number of the label, None without one; `label` is where that stands.
    """

    sheet: str
    cells: tuple[Address, ...]
    values: tuple[float, ...]
    rate: float | None
    label: Address | None
    is_typed: bool

    @property
    def range(self) -> str:
        """Where the losses stand."""
        return range_text(self.cells[0], self.cells[-1])


def pasted_in(scene: Scene) -> list[Pasted]:
    """Return the copies of losses in a workbook, sheet by sheet."""
    workbook = scene.workbook
    judgements = [one for one in scene.judgements if not isinstance(one.table, Form)]
    firsts = sorted({f"{v:.6g}": v for one in judgements if (v := _first_loss(one))}.values())
    return [
        pasted
        for sheet in workbook.sheets
        for pasted in _of_sheet(
            sheet, firsts, [j for j in judgements if j.table.sheet == sheet.name]
        )
    ]


def _first_loss(judgement: Judgement) -> float | None:
    table = judgement.table
    if "E_total" not in table.lines:
        return None
    value = judgement.value_of(table.sheet, table.cell("E_total", 0))
    return float(value) if isinstance(value, int | float) else None


def _of_sheet(sheet: Sheet, firsts: list[float], inside: list[Judgement]) -> Iterator[Pasted]:
    starts = [
        a
        for a in _starts(sheet, firsts)
        if not any(_in_table(j, a) for j in inside) and _is_copy(sheet, a)
    ]
    for address in starts:
        value = sheet.cells[address].value
        for step in ((1, 0), (0, 1)):
            run = _run(sheet, address, step, set(starts))
            if len(run) >= FEWEST and _number(sheet.cells[run[1]]) != value:
                yield _pasted(sheet, run, step)


def _starts(sheet: Sheet, firsts: list[float]) -> list[Address]:
    """Return the cells that hold one of the first losses."""
    found: list[Address] = []
    for first in firsts:
        least, most = sorted((first * (1 - SAME_START), first * (1 + SAME_START)))
        found += sorted(floats_between(sheet.cells, least, most))
    return list(dict.fromkeys(found))


def _is_copy(sheet: Sheet, address: Address) -> bool:
    """Whether a cell is typed or shows another one, and calculates nothing.

    A cell of its own row that it shows counts in its place: E_total = E1 is calculated there.
    """
    cell = sheet.cells.get(address)
    formula = cell.formula if cell else None
    if formula is None:
        return True
    if CALCULATES.search(NAMES.sub("", formula)):
        return False
    beside = BESIDE.fullmatch(formula)
    if beside is None or int(beside[2]) != address[0]:
        return True
    column = column_number(beside[1])
    return column >= address[1] or _is_copy(sheet, (address[0], column))


def _in_table(judgement: Judgement, cell: Address) -> bool:
    line, place = judgement.table.split(cell)
    return line in judgement.table.lines.values() and place in judgement.table.step_of


def _run(sheet: Sheet, start: Address, step: Address, starts: set[Address]) -> list[Address]:
    """Return the numbers that follow one another from a cell on, up to the next first loss."""
    run = [start]
    while True:
        after = (run[-1][0] + step[0], run[-1][1] + step[1])
        is_next_run = after in starts and len(run) > 1
        if is_next_run or _number(sheet.cells.get(after)) is None:
            return run
        run.append(after)


def _number(cell: Cell | None) -> float | None:
    value = cell.value if cell is not None else None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and isinstance(value, int | float) else None


def _pasted(sheet: Sheet, run: list[Address], step: tuple[int, int]) -> Pasted:
    label = _label(sheet, run[0], step)
    return Pasted(
        sheet.name,
        tuple(run),
        tuple(float(_number(sheet.cells[cell]) or 0.0) for cell in run),
        _rate_in(sheet.cells[label]) if label else None,
        label,
        all(sheet.cells[cell].formula is None for cell in run),
    )


def _label(sheet: Sheet, first: Address, step: Address) -> Address | None:
    """Return the cell that names the rate: in front of the losses, else beside the first one."""
    for away in range(1, LABELS_AWAY + 1):
        address = (first[0] - away * step[0], first[1] - away * step[1])
        cell = sheet.cells.get(address)
        if cell is None or _rate_in(cell) is None:
            continue
        before = sheet.cells.get((address[0] - step[0], address[1] - step[1]))
        if _number(cell) is not None and _number(before) is not None:
            break  # the end of another column of numbers
        return address
    beside = (first[0] - step[1], first[1] - step[0])
    below = sheet.cells.get((beside[0] + step[0], beside[1] + step[1]))
    named = sheet.cells.get(beside)
    is_alone = below is None or below.value is None  # not one of a column of numbers
    return beside if is_alone and named is not None and _rate_in(named) is not None else None


def _rate_in(label: Cell) -> float | None:
    """Return the rate that a label in front of losses names; a plain number is one as well."""
    number = _number(label)
    if number is not None:
        return as_rate(number)
    is_text = isinstance(label.value, str) and label.formula is None
    return labelled_rate(str(label.value)) if is_text else None
