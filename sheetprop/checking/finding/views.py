"""Tables that only show what stands elsewhere, such as one iteration picked from a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import is_given, kind
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Workbook

PICKED = pattern(
    r"=(?:IF(?:ERROR)?\()*(?:CHOOSE|HLOOKUP|INDEX|INDIRECT|LOOKUP|OFFSET|VLOOKUP|XLOOKUP)\([^*/^]*\)",
    re.I,
)
COPIED = pattern(r"=(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d+", re.I)


def is_view(workbook: Workbook, table: Table) -> bool:
    """Whether nothing is calculated in a table: its cells look values up, or copy them."""
    formulas = list(_formulas(workbook, table))
    picked = [formula for formula in formulas if PICKED.fullmatch(formula)]
    return bool(picked) and all(f in picked or COPIED.fullmatch(f) for f in formulas)


def _formulas(workbook: Workbook, table: Table) -> Iterator[str]:
    """Yield the first formula of everything that a table would calculate."""
    cells = workbook[table.sheet].cells
    calculated = [name for name in table.lines if kind(name) and not is_given(name)]
    for name in calculated:  # which step is shown is no quantity
        for step in range(table.iterations):
            cell = cells.get(table.cell(name, step))
            if cell is not None and cell.formula is not None:
                yield cell.formula
                break
