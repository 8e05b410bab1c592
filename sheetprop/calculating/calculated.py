"""Formulas without values get them, from the calculation engine, so that every reader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sheetprop.calculating.blocks import blocks
from sheetprop.calculating.engine_values import for_engine, from_engine
from sheetprop.workbooks.sheet import Address, Cell, Sheet


def calculated(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the sheets with a value in every cell that has a formula and none yet.

    All other cells count as what they show; formulas that have their value are not calculated.
    """
    import formualizer as fz

    wanted = {sheet.name: _without_value(sheet) for sheet in sheets}
    if not any(wanted.values()):
        return tuple(sheets)
    engine = fz.Workbook()
    for sheet in sheets:
        engine.add_sheet(sheet.name)
    for sheet in sheets:
        shown = {at: for_engine(c.value) for at, c in sheet.cells.items() if c.value is not None}
        for row, column, values in blocks(shown):
            engine.set_values_batch(sheet.name, row, column, values)
    for name, cells in wanted.items():
        for row, column, texts in blocks({at: cell.formula for at, cell in cells.items()}):
            engine.set_formulas_batch(name, row, column, texts)
    engine.evaluate_all()
    return tuple(_filled(sheet, wanted[sheet.name], engine) for sheet in sheets)


def _without_value(sheet: Sheet) -> dict[Address, Cell]:
    cells = sheet.cells.items()
    return {at: cell for at, cell in cells if cell.formula is not None and cell.value is None}


def _filled(sheet: Sheet, wanted: dict[Address, Cell], engine: Any) -> Sheet:
    if not wanted:
        return sheet
    values = {at: from_engine(engine.get_value(sheet.name, *at)) for at in wanted}
    cells = {
        at: cell._replace(value=values.get(at, cell.value)) for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells)
