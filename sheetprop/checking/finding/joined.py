"""Blocks of columns under one another that are one table: gradients below the forward pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from sheetprop.checking.finding.split_headers import NamedCell
from sheetprop.maths.names import is_parameter, kind
from sheetprop.notation.relative import references
from sheetprop.tables.blocks import Blocks
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Sheet
from sheetprop.workbooks.sweeps import has_number

LEAST_NAMES = 2
"""So many quantities that a table lacks, side by side above numbers, are a block of it."""

MOST_BLANK = 2
"""So many blank rows stand at most before and behind headers that are said again."""

APART = 100_000
"""Lines of other blocks are numbered from here on: no sheet has so many columns."""

HeaderRow = tuple[int, tuple[tuple[int, str, str], ...]]
"""A row of headers: its number, and (column, quantity, text) of each in order."""

Named = Mapping[str, tuple[int, str]]
"""Quantities named in one row: the column and the text of each."""


def with_blocks(sheet: Sheet, tables: Sequence[Table], named: Iterable[NamedCell]) -> list[Table]:
    """Return the tables of a sheet, the only one with the blocks of columns that it lacks."""
    if len(tables) != 1 or tables[0].iterations < 2:
        return list(tables)
    table = tables[0]
    moved: dict[int, tuple[int, int]] = {}
    lines, labels = dict(table.lines), dict(table.labels)
    for row, names in _rows(named).items():
        new = {name: found for name, found in names.items() if name not in lines and kind(name)}
        further = row - table.header
        if row == table.header or len(new) < LEAST_NAMES or not _is_block(sheet, table, row, new):
            continue
        for name, (column, text) in new.items():
            line = APART + len(moved)
            moved[line], lines[name], labels[name] = (column, further), line, text
    if not moved:
        return [table]
    own = {one.name: getattr(table, one.name) for one in fields(table)}
    return [Blocks(**own | {"lines": lines, "labels": labels}, moved=moved)]


def is_repeated(sheet: Sheet, headers: Sequence[HeaderRow], index: int) -> bool:
    """Whether a row of headers only says again, amid a table, what the one above it says.

    The weights below it are updated from the last row above it: the run goes on, be there blank
    rows between or none.
    """
    place, entries = headers[index]
    own = {one[:2] for one in entries}
    above = (headers[k] for k in range(index - 1, -1, -1))
    before = ({one[:2] for one in other} for row, other in above if row < place)
    if not own <= next((other for other in before if own & other), set()):
        return False
    weights = [line for line, name, _ in entries if is_parameter(name)]
    last = _filled(sheet, weights, range(place - 1, max(place - 1 - MOST_BLANK, 0) - 1, -1))
    first = _filled(sheet, weights, range(place + 1, place + 2 + MOST_BLANK))
    below = (sheet.cells.get((first, line)) for line in weights)
    taken = (references(cell.formula) for cell in below if cell is not None and cell.formula)
    updated = sum(any(row == last for row, _ in found) for found in taken)
    return 2 * updated > len(weights)


def _filled(sheet: Sheet, lines: Sequence[int], rows: Iterable[int]) -> int:
    """Return the first of some rows in which any of some columns has a number, 0 for none."""
    return next((r for r in rows if any(has_number(sheet.cells, (r, c)) for c in lines)), 0)


def with_shared_columns(sheet: Sheet, tables: Sequence[Table]) -> list[Table]:
    """Return tables with the inputs and targets that one beside them, in the same rows, shows.

    A second run beside the first one may take them there, and have no columns of its own.
    """
    return [_with_shared(sheet, table, tables) for table in tables]


def _with_shared(sheet: Sheet, table: Table, tables: Sequence[Table]) -> Table:
    beside = [other for other in tables if other is not table and other.lies_like(table)]
    lacking = {
        name: line
        for other in beside
        for name, line in other.lines.items()
        if kind(name) in ("input", "target") and name not in table.lines
    }
    if not lacking:
        return table
    taken = _taken_in(sheet, table, table.places[-1])
    shared = {name: line for name, line in lacking.items() if line in taken}
    return replace(table, lines=dict(table.lines) | shared) if shared else table


def _taken_in(sheet: Sheet, table: Table, place: int) -> set[int]:
    """Return the lines that formulas of a table take cells of in one iteration."""
    cells = (sheet.cells.get(table.at(line, place)) for line in table.lines.values())
    formulas = (cell.formula for cell in cells if cell is not None and cell.formula)
    mentioned = (table.split(at) for formula in formulas for at in references(formula))
    return {line for line, own in mentioned if own == place}


def _rows(named: Iterable[NamedCell]) -> dict[int, dict[str, tuple[int, str]]]:
    found: dict[int, dict[str, tuple[int, str]]] = {}
    for (row, column), name, text in named:
        found.setdefault(row, {}).setdefault(name, (column, text))
    return found


def _is_block(sheet: Sheet, table: Table, row: int, names: Named) -> bool:
    """Whether numbers stand below the names in as many rows as the table has, and outside of it."""
    rows = [place + row - table.header for place in table.places]
    if set(rows) & set(table.places) or min(rows) < 1:
        return False
    filled = [
        sum(has_number(sheet.cells, (place, column)) for place in rows)
        for column, _ in names.values()
    ]
    below = max(rows) + 1
    goes_on = all(has_number(sheet.cells, (below, column)) for column, _ in names.values())
    return 2 * min(filled) > len(rows) and not goes_on
