"""Columns whose header says nothing, beside others that have one: what they compute names them.

The headers found may leave out inputs or gradients, because they are missing or in words nobody
foresaw. What stands without a name is then named by the formulas, as in a table without headers,
where that explains more than the headers alone and contradicts none that is right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Form, Table
from sheetprop.workbooks.sheet import Workbook

Judge = Callable[[Table], Judgement | None]
Structures = Callable[[], list[Table]]


def with_unlabelled(
    judgement: Judgement, workbook: Workbook, structures: Structures, judge: Judge
) -> Judgement:
    """Return the judgement of a table with its unlabelled columns named, if that explains more.

    `structures` returns the tables that the formulas alone show, and `judge` judges one.
    """
    if not (_lacks_something(judgement) and _has_unlabelled(judgement.table, workbook)):
        return judgement
    best = judgement
    for table in structures():
        if _lies_alike(table, judgement.table):
            merged = _merged(table, judgement.table)
            if not _agrees(merged, judgement):
                continue  # judging takes long where columns are missing
            other = judge(merged)
            if other is not None and _explains_more(other, best) and _agrees(other.table, best):
                best = other
    return best


def _lies_alike(table: Table, other: Table) -> bool:
    return (table.sheet, table.orientation, table.places) == (
        other.sheet,
        other.orientation,
        other.places,
    )


def _merged(found: Table, headed: Table) -> Table:
    """Return the table that the formulas show, with the headers of what they leave unnamed."""
    taken = set(found.lines.values())
    left = {
        name: line
        for name, line in headed.lines.items()
        if line not in taken and name not in found.lines
    }
    lines = dict(sorted([*found.lines.items(), *left.items()], key=lambda one: one[1]))
    return replace(found, lines=lines, header=headed.header, labels=headed.labels)


def _lacks_something(judgement: Judgement) -> bool:
    held = judgement.table.holds
    return bool(judgement.wrong) or not all(map(held, judgement.network.quantities))


def _has_unlabelled(table: Table, workbook: Workbook) -> bool:
    """Whether something stands in the first iteration in a column that has no name."""
    if isinstance(table, Form) or table.orientation != "rows":
        return False
    row, named = table.places[-1], set(table.lines.values())
    return any(at[0] == row and at[1] not in named for at in workbook[table.sheet].cells)


def _rights(judgement: Judgement) -> int:
    wrong = {one.quantity for one in judgement.wrong}
    return sum(name not in wrong for name in judgement.lines)


def _explains_more(other: Judgement, judgement: Judgement) -> bool:
    more = len(other.lines) >= len(judgement.lines) and _rights(other) > _rights(judgement)
    return more and len(other.wrong) <= len(judgement.wrong)


def _agrees(table: Table, judgement: Judgement) -> bool:
    """Whether no column with a header and a right formula would get another name, or none."""
    wrong = {one.quantity for one in judgement.wrong}
    return len(table.lines) >= len(judgement.lines) and all(
        table.lines.get(name) == line
        for name, line in judgement.table.lines.items()
        if name not in wrong and name in judgement.network.quantities
    )
