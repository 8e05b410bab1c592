"""Inputs, targets and biases given once, in a cell outside the table: found by label or by use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from sheetprop.maths.names import gradient_of
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name, Product, Sum
from sheetprop.maths.trees.walk import flatten, walk
from sheetprop.notation.excel_parse import CellReference
from sheetprop.tables.form import Form
from sheetprop.tables.headers import quantity_named
from sheetprop.tables.lines import Reading
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Address, Cell, Sheet
from sheetprop.workbooks.sweeps import constants

Place = tuple[str, Address]


def labelled(sheet: Sheet, table: Table, wanted: Collection[str]) -> dict[str, Address]:
    """Return the cells that a label names one of the quantities `wanted`: beside it or below it."""
    found: dict[str, Address] = {}
    inside = set(table.lines.values())
    for address, cell in sorted(constants(sheet.cells)):
        line, place = table.split(address)
        if line in inside and place in table.step_of:
            continue
        name = quantity_named(cell.value)
        if name is not None and name in wanted and name not in found:
            number = _number_beside(sheet, address)
            if number:
                found[name] = number
    return found


def _number_beside(sheet: Sheet, label: Address) -> Address | None:
    row, column = label
    for address in ((row, column + 1), (row + 1, column)):
        if _is_number(sheet.cells.get(address)):
            return address
    return None


def _is_number(cell: Cell | None) -> bool:
    return cell is not None and isinstance(cell.value, int | float)


def used(network: Network, table: Table, readings: Mapping[str, list[Reading]]) -> dict[Place, str]:
    """Return constant cells that formulas use in the place of a quantity that has no cell yet.

    Only what one formula uses in most iterations counts: cells that change with the iteration are
    a column of the table that has no header. Of several formulas most decide: one may be wrong.
    """
    votes: Counter[tuple[Place, str]] = Counter()
    for formula, uses in _uses(network):
        counted: Counter[tuple[Place, str]] = Counter()
        for reading in readings.get(formula, []):
            if reading.tree is not None:
                counted.update(dict.fromkeys(uses(reading.tree), len(reading.steps)))
        total = sum(len(reading.steps) for reading in readings.get(formula, []))
        for (place, name), count in counted.items():
            is_known = table.holds(name) or _is_labelled(table, place)
            if 2 * count > total and not is_known:
                votes[place, name] += 1
    found: dict[Place, str] = {}
    for (place, name), _ in votes.most_common():  # of as many votes, the first
        if place not in found and name not in found.values():
            found[place] = name
    return found


def _is_labelled(table: Table, place: Place) -> bool:
    """Whether a cell is one of a form's: its label names something, if perhaps the wrong thing."""
    sheet, cell = place
    return isinstance(table, Form) and sheet == table.sheet and table.split(cell) != (-1, -1)


Uses = Callable[[Expr], Iterable[tuple[Place, str]]]


def _uses(network: Network) -> Iterator[tuple[str, Uses]]:
    """Yield each formula in which given quantities stand, and what finds the cells there."""
    for layer in network.layers:
        for neuron in layer:
            sources = dict(zip(neuron.weights, neuron.sources, strict=True))
            yield neuron.label, partial(_in_sum, sources=sources, bias=neuron.bias)
    for one in network.passes:
        for error, target in zip(one.errors, one.targets, strict=True):
            yield error, partial(_in_error, target=target)
    if len(network.passes) == 1:
        for neuron, target in zip(network.layers[-1], network.passes[0].targets, strict=True):
            for weight in neuron.weights:
                yield gradient_of(weight), partial(_in_error, target=target)


def _in_error(tree: Expr, target: str) -> Iterator[tuple[Place, str]]:
    """Yield the only cell of the formula of an error, or of a gradient of an output's weight."""
    cells = {node for _, node in walk(tree) if isinstance(node, CellReference)}
    if len(cells) == 1:
        yield _place(cells.pop()), target


def _in_sum(
    tree: Expr, sources: Mapping[str, str], bias: str | None
) -> Iterator[tuple[Place, str]]:
    """Yield the cells multiplied with a weight, and the one that stands alone."""
    weights = {source: weight for weight, source in sources.items()}
    flat = flatten(tree)
    terms = flat.terms if isinstance(flat, Sum) else (flat,)
    if len(terms) > len(sources) + 1:
        return  # such as a bias that learns, written out from its first value on
    for term in terms:
        if isinstance(term, CellReference) and bias:
            yield _place(term), bias
        if isinstance(term, Product) and len(term.factors) == 2:
            for weight, cell in (term.factors, term.factors[::-1]):
                source = sources.get(weight.name) if isinstance(weight, Name) else None
                if source and isinstance(cell, CellReference):
                    yield _place(cell), source
                own = weights.get(weight.name) if isinstance(weight, Name) else None
                if own and isinstance(cell, CellReference):
                    yield _place(cell), own


def _place(cell: Expr) -> Place:
    assert isinstance(cell, CellReference)
    return cell.sheet or "", (cell.row, cell.column)
