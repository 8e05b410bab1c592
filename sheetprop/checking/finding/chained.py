"""Iterations that each stand in a table of their own: the weights of one are updates of another."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.maths.names import is_gradient, is_parameter
from sheetprop.notation.relative import references
from sheetprop.tables.form import Form
from sheetprop.tables.table import DOWN, NOWHERE, Table
from sheetprop.workbooks.sheet import Address, Workbook

LEAST_UPDATES = 2
"""So many weights that take another table's gradients are its updates; one may be a slip."""


def with_chained_updates(workbook: Workbook, tables: Sequence[Table]) -> list[Table]:
    """Return tables of a single iteration with the updates that another such table begins with."""
    return [_chained(workbook, table, tables) for table in tables]


def _chained(workbook: Workbook, table: Table, tables: Sequence[Table]) -> Table:
    if isinstance(table, Form) or table.iterations != 1:
        return table
    for other in tables:
        is_like = other.sheet == table.sheet and other.iterations == 1 and other is not table
        updates = _updates(workbook, table, other) if is_like else {}
        if len(updates) >= LEAST_UPDATES:
            return _as_form(table, updates)
    return table


def _updates(workbook: Workbook, table: Table, other: Table) -> dict[str, Address]:
    """Return the weights of another table that are calculated from gradients of a table.

    A weight of it that has a formula belongs to them, whatever that takes: it may be the slip.
    Where most take gradients, so do a typed number and an empty cell among them.
    """
    cells = workbook[table.sheet].cells
    gradients = {table.cell(name, 0) for name in table.lines if is_gradient(name)}
    formulas = {
        name: cell.formula
        for name in other.lines
        if is_parameter(name) and name in table.lines
        if (cell := cells.get(other.cell(name, 0))) is not None and cell.formula is not None
    }
    taking = [n for n, text in formulas.items() if not gradients.isdisjoint(references(text))]
    if len(taking) < LEAST_UPDATES:
        return {}
    weights = [name for name in other.lines if is_parameter(name) and name in table.lines]
    updated = weights if 2 * len(taking) > len(weights) else formulas
    return {name: other.cell(name, 0) for name in updated}


def _as_form(table: Table, updates: dict[str, Address]) -> Form:
    names = list(table.lines)
    return Form(
        table.sheet,
        DOWN,
        0,
        (0, 1),
        {name: index for index, name in enumerate(names)},
        dict(table.labels),
        cells=tuple((table.cell(name, 0), updates.get(name, NOWHERE)) for name in names),
        headers=tuple(table.header_of(table.lines[name]) for name in names),
    )
