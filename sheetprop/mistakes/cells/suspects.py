"""The cells to look at for stale values and errors: mostly none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetprop.calculating.recalculated import EVERY_ROW, Recalculated
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.lines import Line
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Address, Value

Suspects = Mapping[Address, Value] | None
"""Cells that are stale or show an error, mostly none, with their values; None: all may be."""


def suspects_of(judgement: Judgement) -> Suspects:
    """Return the cells of a table's sheet to look at for stale values and errors."""
    known, table = judgement.value_of, judgement.table
    return known.suspects(table.sheet, _rows(table)) if isinstance(known, Recalculated) else None


def _rows(table: Table) -> range:
    """Return the rows of the sheet that hold the table, and what is given once."""
    if type(table) is not Table:
        return EVERY_ROW  # its lines may lie elsewhere
    lines = [*table.lines.values(), table.header] if table.is_across else table.places
    rows = [*lines, *(row for row, _ in table.fixed.values())]
    return range(min(rows, default=1), max(rows, default=0) + 1)


def among(
    suspects: Suspects, judgement: Judgement, line: Line
) -> Iterator[tuple[int, Address, Value]]:
    """Yield the steps, cells and values of a line's formulas that are suspects."""
    table = judgement.table
    if suspects is None or suspects:
        for step in (step for fill in line.fills for step in fill.steps):
            cell = table.cell(line.quantity, step)
            if suspects is None:
                yield step, cell, judgement.value_of(table.sheet, cell)
            elif cell in suspects:
                yield step, cell, suspects[cell]
