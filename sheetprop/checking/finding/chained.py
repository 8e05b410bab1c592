"""Tables of one iteration whose updates stand elsewhere: in a form, or where another one begins."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.checking.finding.forms import form_of, is_update, label_named
from sheetprop.checking.labels.columns import own_rows
from sheetprop.checking.labels.listed import listed
from sheetprop.maths.names import is_gradient, is_parameter
from sheetprop.notation.relative import references
from sheetprop.tables.form import Form
from sheetprop.tables.table import DOWN, NOWHERE, Table
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

LEAST_UPDATES = 2
"""So many weights that take another table's gradients are its updates; one may be a slip."""

LONGEST_LIST = 13
"""Columns that a list of weights may have: their values, factors, gradients, and new values."""

FEW, MANY = 2, 8
"""So few rows below a row of headers may be blocks of a form, which has so many more quantities."""


def with_updates(workbook: Workbook, tables: Sequence[Table]) -> list[Table]:
    """Return tables of a single iteration as forms where their sheet holds the new weights too.

    A list of labels with a number beside each is a table of one iteration; but the weights of the
    next one stand elsewhere than in the next line.
    """
    found = list(tables)
    for index, table in enumerate(tables):
        most = FEW if sum(other.sheet == table.sheet for other in tables) == 1 else 1
        sheet = own_rows(workbook[table.sheet], table, tables)
        is_list = sheet is not None and _is_list(sheet, table)
        is_short = table.iterations <= most or is_list
        form = form_of(sheet) if sheet is not None and is_short else None
        if sheet is None or form is None or form.iterations == 1:
            continue
        if is_list or _is_form(sheet, table, form):
            found[index] = form
    return found


def _is_list(sheet: Sheet, table: Table) -> bool:
    """Whether what seems the next iteration of weights is their gradients, by the header of it."""
    weights = [name for name in table.lines if is_parameter(name)]
    if isinstance(table, Form) or not 1 < table.iterations <= LONGEST_LIST:
        return False
    labels = {table.header_of(table.lines[name]): name for name in weights}
    later = {table.cell(name, step) for name in weights for step in range(1, table.iterations)}
    return any(not one.is_new and one.cell in later for one in listed(sheet, labels))


def _is_form(sheet: Sheet, table: Table, form: Form) -> bool:
    """Whether a form has all that a table of one row has, or a table is but one block of it.

    A block of gradients with the new weights below it has the headers of a table as soon as one of
    them is mistyped.
    """
    if len(form.lines) - len(table.lines) >= MANY:
        return True
    return table.iterations == 1 and _of_now(sheet, table) <= set(form.lines)


def _of_now(sheet: Sheet, table: Table) -> set[str]:
    """Return the quantities of a table that are not, by label or formula, the next ones."""
    gradients = {table.cell(name, 0) for name in table.lines if is_gradient(name)}
    return {
        name
        for name in table.lines
        if not label_named(table.labels.get(name))[1]
        and not is_update(sheet, name, table.cell(name, 0), gradients)
    }


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
