"""The cells to look at for stale values and errors: mostly none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetprop.calculating.recalculated import Recalculated
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.lines import Line
from sheetprop.workbooks.sheet import Address, Value

Suspects = Mapping[Address, Value] | None
"""Cells that are stale or show an error, mostly none, with their values; None: all may be."""


def suspects_of(judgement: Judgement) -> Suspects:
    """Return the cells of a table's sheet to look at for stale values and errors."""
    known = judgement.value_of
    return known.suspects(judgement.table.sheet) if isinstance(known, Recalculated) else None


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
