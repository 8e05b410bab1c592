"""Columns whose header says nothing, beside others that have one: what they compute names them.

The headers found may leave out inputs or gradients, because they are missing or in words nobody
foresaw. What stands without a name is then named by the formulas, as in a table without headers,
where that explains more than the headers alone and contradicts none that is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sheetprop.maths.names import number
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Workbook


def lacks_names(judgement: Judgement, workbook: Workbook) -> bool:
    """Whether a table lacks something, and has columns without a name."""
    return _lacks_something(judgement) and _has_unlabelled(judgement, workbook)


def with_names_of(judgement: Judgement, structures: Iterable[Table]) -> Iterator[Table]:
    """Yield the table with the names that formulas alone give to its columns.

    `structures` are the tables that the formulas show; none that takes the name of a right column
    is a candidate.
    """
    for table in structures:
        if table.lies_like(judgement.table):
            merged = _merged(table, judgement.table)
            if agrees(merged, judgement):
                yield merged


def _merged(found: Table, headed: Table) -> Table:
    """Return the table that the formulas show, with the headers of what they leave unnamed.

    The error of a lone output is the total one too, and called what its header calls it.
    """
    taken = set(found.lines.values())
    if taken & {headed.lines.get("E_total")} == {found.lines.get("E1")}:
        names = {"E1": "E_total"}
        found = replace(found, lines={names.get(n, n): line for n, line in found.lines.items()})
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


def _has_unlabelled(judgement: Judgement, workbook: Workbook) -> bool:
    """Whether something stands in the last iteration on a line that has no name in the network.

    A number that no neuron has, as in b1_2 for the second neuron of the first layer, is no name.
    """
    table, known = judgement.table, judgement.network.quantities
    if isinstance(table, Form):
        return False
    named = {line for name, line in table.lines.items() if name in known or not number(name)}
    lines = table.lines_at(table.places[-1], workbook[table.sheet].cells)
    return any(line not in named for line in lines)


def _rights(judgement: Judgement) -> int:
    wrong = {one.quantity for one in judgement.wrong}
    return sum(name not in wrong for name in judgement.lines)


def explains_more(other: Judgement, judgement: Judgement) -> bool:
    """Whether more is right under another reading of a table's columns, and no more is wrong."""
    more = len(other.lines) >= len(judgement.lines) and _rights(other) > _rights(judgement)
    return more and len(other.wrong) <= len(judgement.wrong)


def agrees(table: Table, judgement: Judgement) -> bool:
    """Whether no column with a header and a right formula would get another name, or none."""
    wrong = {one.quantity for one in judgement.wrong}
    return len(table.lines) >= len(judgement.lines) and all(
        table.lines.get(name) == line
        for name, line in judgement.table.lines.items()
        if name not in wrong and name in judgement.network.quantities
    )
