"""A table's formulas read in quantity names, and the network and rate that they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from sheetprop.calculating.loops.fills import Fill
from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.fitting.by_values import fitted_to_values
from sheetprop.checking.fitting.given import labelled, used
from sheetprop.checking.fitting.identify import fit
from sheetprop.checking.fitting.learning_rate import find_rate, with_rate
from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_parameter
from sheetprop.maths.network import Network, network_of
from sheetprop.maths.quantity import Quantity
from sheetprop.notation.excel_parse import CellReference
from sheetprop.spec import Architecture
from sheetprop.tables.judgement import Judgement, ValueOf
from sheetprop.tables.lines import NOTHING_KNOWN, Line, Reading, read_line
from sheetprop.tables.readings.read import readings
from sheetprop.tables.stated_rate import stated_rate
from sheetprop.tables.table import Rate, Table
from sheetprop.tables.translate import Translator, translator_of
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

Read = Mapping[str, list[list[Reading]]]
"""For each quantity, for each fill of its line: what its cells say."""


@dataclass(frozen=True)
class ReadTable:
    """A table read as one of the networks that its quantities can form (`shape`)."""

    shape: Architecture
    table: Table
    lines: Mapping[str, Line]
    read: Read
    translator: Translator
    value_of: ValueOf
    sheet: Sheet


@dataclass(frozen=True)
class Fitted(ReadTable):
    """The same with its network, activations and error function found, and the learning rate."""

    network: Network
    rate: Rate


def read_table(
    shape: Architecture, workbook: Workbook, table: Table, value_of: ValueOf
) -> ReadTable:
    """Read every formula of a table, and find what is given outside of it, by label or by use."""
    sheet = workbook[table.sheet]
    known = network_of(shape)
    table = _with_fixed(table, sheet, known)
    filled = value_of.fills(sheet.name) if isinstance(value_of, Recalculated) else NOTHING_KNOWN
    lines = {
        name: read_line(sheet, table, name, filled)
        for name in table.lines
        if name in known.quantities
    }
    translator = translator_of(workbook, table, known, value_of)
    translator.aliases.update(_aliases(table, sheet, translator, known.quantities))
    read = _read(translator, table, lines)
    by_use = used(known, table, _flat(read))
    if by_use:
        table = replace(table, fixed=dict(table.fixed) | _on_sheet(by_use, table.sheet))
        translator = translator_of(workbook, table, known, value_of)
        translator.aliases.update(_aliases(table, sheet, translator, known.quantities) | by_use)
        read = _read(translator, table, lines)
    return ReadTable(shape, table, lines, read, translator, value_of, sheet)


def fit_network(found: ReadTable) -> Fitted:
    """Return the table with the rate, activations and error function that its formulas show.

    Where a kind of quantity has numbers only, these tell.
    """
    stated = partial(stated_rate, found.sheet, found.table)
    rate = find_rate(found.table, _flat(found.read), found.value_of, stated)
    if rate == Rate(None):
        rate = stated() or rate
    network = network_of(fit(found.shape, _flat(found.read), _written_out(found, rate)))
    aliases = found.translator.aliases
    typed = Judgement(found.table, network, rate, found.lines, (), (), found.value_of, aliases)
    network = fitted_to_values(typed).network
    return Fitted(
        found.shape,
        found.table,
        found.lines,
        found.read,
        found.translator,
        found.value_of,
        found.sheet,
        network,
        rate,
    )


def _written_out(found: ReadTable, rate: Rate) -> dict[str, list[Reading]]:
    """Return the updates with the learning rate named, where nothing else may tell of the error."""
    if not found.table.spare:
        return {}
    return {
        name: [_with_rate(found, rate, one) for one in own]
        for name, own in _flat(found.read).items()
        if is_parameter(name)
    }


def _with_rate(found: ReadTable, rate: Rate, reading: Reading) -> Reading:
    if reading.tree is None:
        return reading
    tree = with_rate(reading.tree, found.table, rate, is_update=True, step=reading.steps[0])
    return reading._replace(tree=tree)


def _with_fixed(table: Table, sheet: Sheet, network: Network) -> Table:
    wanted = {
        name
        for name, quantity in network.quantities.items()
        if quantity.kind in ("input", "target", "bias") and not table.holds(name)
    }
    found = labelled(sheet, table, wanted) if wanted else {}
    return replace(table, fixed={**table.fixed, **found}) if found else table


def _on_sheet(places: Mapping[tuple[str, Address], str], sheet: str) -> dict[str, Address]:
    return {name: cell for (title, cell), name in places.items() if title == sheet}


def _read(translator: Translator, table: Table, lines: Mapping[str, Line]) -> Read:
    def read(name: str, fill: Fill) -> list[Reading]:
        return readings(translator, table, name, fill)

    return {name: [read(name, fill) for fill in line.fills] for name, line in lines.items()}


def _flat(read: Read) -> dict[str, list[Reading]]:
    return {name: [r for found in fills for r in found] for name, fills in read.items()}


def _aliases(
    table: Table, sheet: Sheet, translator: Translator, known: Mapping[str, Quantity]
) -> dict[tuple[str, Address], str]:
    """Return the cells outside the table that its inputs and targets come from, each from its own.

    Of a cell that two of them come from nothing tells which it is.
    """
    found = {(table.sheet, cell): name for name, cell in table.fixed.items()}
    shared = set()
    for name in table.lines:
        if name not in known or known[name].kind not in ("input", "target"):
            continue
        cell = table.cell(name, 0)
        if cell not in sheet.cells or sheet.cells[cell].formula is None:
            continue
        try:
            tree = translator.tree(cell)
        except FormulaError:
            continue
        if isinstance(tree, CellReference):
            place = tree.sheet or table.sheet, (tree.row, tree.column)
            shared |= {place} if found.setdefault(place, name) != name else set()
    return {place: name for place, name in found.items() if place not in shared}
