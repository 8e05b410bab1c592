"""Formulas of a table's columns that go on in rows which were not recognised as its iterations.

A second table without headers below the first, or rows with a few columns only: nobody judged
them, so that is said.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from sheetprop.calculating.loops.fills import Fill
from sheetprop.checking.ledger.entries import Entry, Outside
from sheetprop.notation.relative import Half, RelativeFormula
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import runs
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook
from sheetprop.workbooks.sweeps import outside_rows

Pattern = tuple[str | Half, ...]

LEAST_LINES = 3
"""So many columns that go on make a row of the same kind; one or two are a total or a copy."""

LEAST_CELLS = 8
"""So many formulas like a form's make another iteration of it; fewer are copies of a few."""

REPEATED = Entry("not_judged", "formulas as in the form, which shows another iteration only")
GOES_ON = Entry("not_judged", "formulas as in the table, in rows not recognised as iterations")


def continued(
    workbook: Workbook, judgement: Judgement, others: Sequence[Judgement]
) -> Iterator[Outside]:
    """Yield the cells in which the formulas of a table go on outside of all tables."""
    table = judgement.table
    if isinstance(table, Form):
        yield from _repeated(workbook, judgement, others)
        return
    held = _Held(other for other in others if other.table.sheet == table.sheet)
    names = {table.lines[name]: name for name in table.lines}
    fills = {table.lines[n]: fill for n, fill in _main_fills(judgement) if n in table.lines}
    found: dict[int, set[int]] = {}
    cells = workbook[table.sheet].cells
    for cell in _elsewhere(cells, judgement, fills):
        line, place = table.split(cell)
        fill = fills.get(line)
        if fill is None or cell in held:
            continue
        if cells[cell].formula == fill.formula.at(*cell):
            found.setdefault(place, set()).add(line)
    rows = {place: own for place, own in found.items() if len(own) >= LEAST_LINES}
    for line in sorted(set().union(*rows.values())):
        for first, last in runs(place for place, own in rows.items() if line in own):
            ends = table.at(line, first), table.at(line, last)
            yield Outside(table.sheet, *ends, GOES_ON, names[line])


class _Held:
    """The cells of some tables of one sheet: asked for each cell, so those of a row are at hand."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self.by_row: dict[int, list[Judgement]] = {}
        self.others: list[Judgement] = []
        for judgement in judgements:
            for row in judgement.table.rows:
                self.by_row.setdefault(row, []).append(judgement)
            if not judgement.table.rows:
                self.others.append(judgement)

    def __contains__(self, cell: Address) -> bool:
        found = (*self.by_row.get(cell[0], ()), *self.others)
        return any(judgement.holds(cell) for judgement in found)


def _repeated(
    workbook: Workbook, judgement: Judgement, others: Sequence[Judgement]
) -> Iterator[Outside]:
    """Yield the cells that say the same as those of a form: another iteration, judged by nobody.

    That they have the label of a quantity is not enough: its cell may be another one. A further
    iteration may have a sheet of its own.
    """
    own = _patterns(workbook[judgement.table.sheet])
    said = {pattern for cell, pattern in own.items() if judgement.holds(cell)}
    for sheet in workbook.sheets:
        held = _Held(other for other in others if other.table.sheet == sheet.name)
        found = own if sheet.name == judgement.table.sheet else _patterns(sheet)
        alike = [cell for cell, one in found.items() if one in said and cell not in held]
        for cell in sorted(alike) if len(alike) >= LEAST_CELLS else ():
            yield Outside(sheet.name, cell, cell, REPEATED)


def _patterns(sheet: Sheet) -> dict[Address, Pattern]:
    """Return every formula of a sheet by how far away what it takes lies."""
    return {
        cell: RelativeFormula(content.formula, *cell).pattern
        for cell, content in sheet.cells.items()
        if content.formula
    }


def _main_fills(judgement: Judgement) -> Iterator[tuple[str, Fill]]:
    """Yield the longest fill of each quantity computed within an iteration.

    Weights may be updated once more below the last row.
    """
    for name, line in judgement.lines.items():
        if not judgement.network.quantities[name].is_given_first and line.fills:
            yield name, max(line.fills, key=lambda fill: len(fill.steps))


def _elsewhere(
    cells: Mapping[Address, Cell], judgement: Judgement, lines: Container[int]
) -> Iterable[Address]:
    """Return the cells of some lines of a sheet outside the iterations of a table."""
    table = judgement.table
    if table.rows:
        return outside_rows(cells, table.rows, lines)
    where = ((cell, *table.split(cell)) for cell in cells)
    return [cell for cell, line, place in where if place not in table.step_of and line in lines]
