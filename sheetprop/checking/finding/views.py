"""Tables that only show what stands elsewhere, such as one iteration picked from a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import is_given, kind
from sheetprop.notation.relative import references
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Workbook

PICKED = pattern(
    r"=(?:IF(?:ERROR)?\()*(?:CHOOSE|HLOOKUP|INDEX|INDIRECT|LOOKUP|OFFSET|VLOOKUP|XLOOKUP)\([^*/^]*\)",
    re.I,
)
COPY_OF = pattern(r"=\+?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>\w+))!(?P<cell>\$?\w+\$?\d+)")
COPIED = pattern(r"=(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d+", re.I)


def is_view(workbook: Workbook, table: Table) -> bool:
    """Whether nothing is calculated in a table: its cells look values up, or copy them."""
    formulas = list(_formulas(workbook, table))
    picked = [formula for formula in formulas if PICKED.fullmatch(formula)]
    return bool(picked) and all(f in picked or COPIED.fullmatch(f) for f in formulas)


def is_copy(workbook: Workbook, table: Table, others: Sequence[Table]) -> bool:
    """Whether every formula of a table copies its own quantity of its iteration from another one.

    A copy with another cell in it is judged like any table.
    """
    names = [name for name in table.lines if kind(name) and not is_given(name)]
    if not names:
        return False
    first = workbook[table.sheet].cells.get(table.cell(names[0], 0))
    source = _source((first.formula if first is not None else None) or "")
    sources = (one for one in others if one.sheet == source and source != table.sheet)
    return any(_copies(workbook, table, names, other) for other in sources)


def _source(formula: str) -> str | None:
    """Return the sheet from which a formula copies a cell."""
    match = COPY_OF.fullmatch(formula)
    return match and (match["plain"] or match["quoted"].replace("''", "'"))


def _copies(workbook: Workbook, table: Table, names: Sequence[str], other: Table) -> bool:
    """Whether all that a table would calculate stands in the same iterations of another one."""
    if not other.lines.keys() >= {*names}:
        return False
    cells = workbook[table.sheet].cells
    for step in range(table.iterations):
        for name in names:
            cell = cells.get(table.cell(name, step))
            match = COPY_OF.fullmatch((cell.formula if cell is not None else None) or "")
            sheet = match and (match["plain"] or match["quoted"].replace("''", "'"))
            if sheet != other.sheet or step >= other.iterations:
                return False
            if match is None or references(match["cell"]) != [other.cell(name, step)]:
                return False
    return True


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
