"""Labels in several columns, a number beside each: no table, however many names stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sheetprop.tables.headers import quantity_named
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Sheet
from sheetprop.workbooks.sweeps import constants, row

NEXT = 2
"""Empty columns so far from their neighbour still belong to a table: one may be left out."""

Entries = Sequence[tuple[int, str, str]]
"""Header texts: (line, quantity, text) of each."""


def is_beside_labels(sheet: Sheet, table: Table) -> bool:
    """Whether the labels of other quantities follow the only numbers of a table."""
    if len(table.places) > 1:
        return False
    beside = table.places[0] + 1, table.places[0] + NEXT
    lines, own = set(table.lines.values()), set(table.lines)
    named = (
        quantity_named(content.value)
        for place in beside
        for (_, line), content in row(sheet.cells, place)
        if line in lines and content.formula is None
    )
    others = {name for name in named if name is not None}
    return len(others) >= max(NEXT, len(lines) // 3) and not others & own


def naming_others(sheet: Sheet, entries: Entries, below: int) -> set[int]:
    """Return the rows below a header in which the names of other quantities stand."""
    own = {(line, name) for line, name, _ in entries}
    others: Counter[int] = Counter()
    for (place, line), cell in constants(sheet.cells):
        if place > below and isinstance(cell.value, str):
            name = quantity_named(cell.value)
            others[place] += name is not None and (line, name) not in own
    return {place for place, count in others.items() if count >= max(NEXT + 1, len(own) // 3)}


def own_rows(sheet: Sheet, table: Table, tables: Sequence[Table]) -> Sheet | None:
    """Return a sheet with the rows of one of its lists of labels, up to where the next one begins.

    None where other tables stand there, too.
    """
    others = [other for other in tables if other.sheet == table.sheet and other is not table]
    if not others:
        return sheet
    if not all(one.is_across and one.iterations == 1 for one in (table, *others)):
        return None
    top, bottom = min(table.lines.values()), max(table.lines.values())
    starts = [min(other.lines.values()) for other in others]
    if any(top <= start <= bottom for start in starts):
        return None
    end = min((start for start in starts if start > bottom), default=None)
    cells = {a: c for a, c in sheet.cells.items() if a[0] >= top and (end is None or a[0] < end)}
    return replace(sheet, cells=cells)
