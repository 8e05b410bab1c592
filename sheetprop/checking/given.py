"""Inputs, targets and biases given once, in a cell outside the table: found by label or by use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from sheetprop.checking.headers import quantity_named
from sheetprop.checking.lines import Reading
from sheetprop.checking.table import Table
from sheetprop.maths.expr import Expr, Name, Product, Sum, flatten, walk
from sheetprop.maths.network import Network
from sheetprop.notation.excel_parse import CellReference
from sheetprop.sheets.sheet import Address, Cell, Sheet

Place = tuple[str, Address]


def labelled(sheet: Sheet, table: Table, wanted: Collection[str]) -> dict[str, Address]:
    """Return the cells that a label names one of the quantities `wanted`: beside it or below it."""
    found: dict[str, Address] = {}
    inside = set(table.lines.values())
    for address, cell in sheet.cells.items():
        line, place = table.split(address)
        if line in inside and place in table.step_of:
            continue
        name = quantity_named(cell.value) if cell.formula is None else None
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
    """Return constant cells that formulas use in the place of an input, a target or a bias.

    Only what is used throughout counts: cells that change with the iteration are a column of the
    table that has no header.
    """
    places: dict[str, Counter[Place]] = {}
    for place, name, count in _uses(network, readings):
        places.setdefault(name, Counter())[place] += count
    found: dict[Place, str] = {}
    for name, counted in places.items():
        place, most = counted.most_common(1)[0]
        if 2 * most > counted.total() and not table.holds(name):
            found[place] = name
    return found


def _uses(
    network: Network, readings: Mapping[str, list[Reading]]
) -> Iterator[tuple[Place, str, int]]:
    """Yield (cell, the quantity it stands for, iterations in which it does)."""
    for layer in network.layers:
        for neuron in layer:
            sources = dict(zip(neuron.weights, neuron.sources, strict=True))
            for tree, count in _trees(readings, neuron.label):
                uses = dict.fromkeys(_in_sum(tree, sources, neuron.bias))
                yield from ((place, name, count) for place, name in uses)
    for number, target in enumerate(network.targets, 1):
        for tree, count in _trees(readings, f"E{number}"):
            cells = {node for _, node in walk(tree) if isinstance(node, CellReference)}
            if len(cells) == 1:
                yield _place(cells.pop()), target, count


def _trees(readings: Mapping[str, list[Reading]], name: str) -> Iterator[tuple[Expr, int]]:
    found = readings.get(name, [])
    yield from ((r.tree, len(r.steps)) for r in found if r.tree is not None)


def _in_sum(
    tree: Expr, sources: Mapping[str, str], bias: str | None
) -> Iterator[tuple[Place, str]]:
    """Yield the cells multiplied with a weight, and the one that stands alone."""
    flat = flatten(tree)
    for term in flat.terms if isinstance(flat, Sum) else (flat,):
        if isinstance(term, CellReference) and bias:
            yield _place(term), bias
        if isinstance(term, Product) and len(term.factors) == 2:
            for weight, cell in (term.factors, term.factors[::-1]):
                source = sources.get(weight.name) if isinstance(weight, Name) else None
                if source and isinstance(cell, CellReference):
                    yield _place(cell), source


def _place(cell: Expr) -> Place:
    assert isinstance(cell, CellReference)
    return cell.sheet or "", (cell.row, cell.column)
