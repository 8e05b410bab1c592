"""How many decimals of its numbers the workbook of a network stores: the file is mostly digits."""

from __future__ import annotations

from dataclasses import replace

from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

OF_WEIGHTS, OF_VALUES, SMALL = 15, 12, 0.001
"""Weights have more, since everything is calculated from them: the logits stay what they are to
1e-13. What a formula gave is calculated again by whoever changes anything. Small numbers keep all
of their digits: a probability of 1e-14 is not 0."""


def with_fewer_decimals(workbook: Workbook) -> Workbook:
    """Return a workbook with so many decimals of each number, and no more."""
    return replace(workbook, sheets=tuple(_rounded(sheet) for sheet in workbook.sheets))


def _rounded(sheet: Sheet) -> Sheet:
    own: dict[Address, Cell] = {
        at: cell._replace(value=round(cell.value, OF_VALUES if cell.formula else OF_WEIGHTS))
        for at, cell in sheet.cells.items()
        if isinstance(cell.value, float) and abs(cell.value) > SMALL
    }
    return replace(sheet, cells={**sheet.cells, **own})
