"""A workbook as somebody leaves it who has chosen on Start what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

CHOICES = ("step", "run", "phase", "labels", "path of")
"""The texts beside which something is chosen."""


def typed(sheet: Sheet, texts: Mapping[str, float | str]) -> Sheet:
    """Return the sheet with other contents in the cells right of these texts of column A."""
    places = {c.value: (row, column + 1) for (row, column), c in sheet.cells.items() if column == 1}
    cells = {places[text]: Cell(new) for text, new in texts.items()}
    return replace(sheet, cells={**sheet.cells, **cells})


def with_typed(workbook: Workbook, texts: Mapping[str, float | str]) -> Workbook:
    """Return the workbook with other contents on Start."""
    start, *others = workbook.sheets
    return replace(workbook, sheets=(typed(start, texts), *others))
