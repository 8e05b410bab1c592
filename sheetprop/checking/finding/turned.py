"""A sheet turned over its diagonal, so that tables are looked for in one direction only.

Iterations mostly go down. Where they go across, the sheet turned is one in which they go down: what
is found there is the table, and only its class knows that its lines are rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheetprop.notation.relative import turned
from sheetprop.tables.table import ACROSS, Table
from sheetprop.workbooks.sheet import Address, Cell, Sheet


def turned_over(sheet: Sheet) -> Sheet:
    """Return the sheet with rows and columns exchanged, in its formulas too."""
    return replace(sheet, cells=_cells(sheet.cells))


def _cells(cells: Mapping[Address, Cell]) -> dict[Address, Cell]:
    return {
        (column, row): cell if cell.formula is None else cell._replace(formula=turned(cell.formula))
        for (row, column), cell in cells.items()
    }


def turned_back(table: Table) -> Table:
    """Return the table of a sheet turned over as it lies in the sheet itself."""
    return replace(table, orientation=ACROSS)
