"""Which network a table trains, and at which learning rate: read from its own formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from sheetprop.checking.lines import Reading
from sheetprop.checking.points import Points
from sheetprop.checking.table import Rate, Table
from sheetprop.maths.expr import Expr, Name, Number, substitute, walk
from sheetprop.maths.network import LEARNING_RATE, Network
from sheetprop.maths.units import ACTIVATIONS, LOSSES
from sheetprop.notation.excel_parse import CellReference
from sheetprop.sheets.sheet import Address, Value
from sheetprop.spec import Architecture

Readings = Mapping[str, list[Reading]]
Kinds = tuple[str, ...]


@lru_cache(maxsize=64)
def points_of(architecture: Architecture) -> Points:
    """Return the random points of an architecture, made once."""
    return Points(Network(architecture))


def find_rate(table: Table, readings: Readings, value_of: Callable[[str, Address], Value]) -> Rate:
    """Return where the updates take their learning rate from.

    It is the constant cell that most updates refer to; a cell beside each iteration makes a line
    of rates; without any, a number typed into the updates.
    """
    leaves = [leaf for tree in _updates(readings) for leaf in _leaf_set(tree)]
    cells = Counter(
        leaf
        for leaf in leaves
        if isinstance(leaf, CellReference) and _number(value_of, leaf) is not None
    )
    lines = Counter(
        table.split((cell.row, cell.column))[0]
        for cell in cells
        if cell.sheet == table.sheet and _beside(table, cell)
    )
    if lines and lines.most_common(1)[0][1] > 1:
        return Rate(_only_value(cells, value_of), line=lines.most_common(1)[0][0])
    if cells:
        cell = cells.most_common(1)[0][0]
        place = (cell.sheet or table.sheet, (cell.row, cell.column))
        return Rate(_number(value_of, cell), place)
    typed = Counter(leaf.value for leaf in leaves if isinstance(leaf, Number))
    return Rate(typed.most_common(1)[0][0] if typed else None)


def _updates(readings: Readings) -> Iterable[Expr]:
    for quantity, found in readings.items():
        if quantity[0] in "wb":
            yield from (r.tree for r in found if r.tree is not None and _looks_back(r.tree))


def _looks_back(tree: Expr) -> bool:
    return any(isinstance(node, Name) and node.shift < 0 for _, node in walk(tree))


def _leaf_set(tree: Expr) -> set[Expr]:
    return {node for _, node in walk(tree) if isinstance(node, CellReference | Number)}


def _beside(table: Table, cell: CellReference) -> bool:
    _, place = table.split((cell.row, cell.column))
    return place in table.step_of


def _only_value(
    cells: Iterable[CellReference], value_of: Callable[[str, Address], Value]
) -> float | None:
    values = {_number(value_of, cell) for cell in cells}
    return values.pop() if len(values) == 1 else None


def _number(value_of: Callable[[str, Address], Value], cell: CellReference) -> float | None:
    value = value_of(cell.sheet or "", (cell.row, cell.column))
    return float(value) if isinstance(value, int | float) else None


def with_rate(tree: Expr, table: Table, rate: Rate, *, is_update: bool) -> Expr:
    """Return a tree with the learning rate's cell (or line, or number) as the name ``eta``.

    A number is the rate only in an update: elsewhere 0.5 is a half.
    """

    def named(leaf: Expr) -> Expr | None:
        if isinstance(leaf, CellReference):
            cell = (leaf.row, leaf.column)
            if rate.cell == (leaf.sheet, cell):
                return Name(LEARNING_RATE)
            on_line = rate.line is not None and table.split(cell)[0] == rate.line
            return Name(LEARNING_RATE) if on_line and leaf.sheet == table.sheet else None
        is_typed = is_update and rate.is_typed and leaf == Number(rate.value or 0.0)
        return Name(LEARNING_RATE) if is_typed else None

    return substitute(tree, named)


def fit(base: Architecture, readings: Readings) -> Architecture:
    """Return the architecture with the activations and the error function the formulas show.

    Each is the one that most of its formulas agree with; sigmoid and half the squared error where
    none does.
    """
    trains = any(name.startswith("dE/db") for name in readings)
    best = replace(base, train_biases=trains)
    parts: tuple[tuple[Callable[[Architecture, str], Architecture], Iterable[str], Kinds], ...] = (
        (lambda a, name: replace(a, hidden_activation=name), ACTIVATIONS, ("a_h",)),
        (lambda a, name: replace(a, output_activation=name), ACTIVATIONS, ("a_o",)),
        (lambda a, name: replace(a, loss=name), LOSSES, ("E1", "E2", "E3", "E4", "dE/d")),
    )
    for replace_part, options, kinds in parts:
        names = [name for name in readings if name.startswith(kinds)]
        candidates = [replace_part(best, option) for option in options]
        best = _best(candidates, names, readings)
    return best


def _best(candidates: list[Architecture], names: list[str], readings: Readings) -> Architecture:
    """Return the first candidate that agrees with every formula, else the one with most."""
    most, winner = -1, candidates[0]
    for candidate in candidates:
        count = sum(_agrees(candidate, name, readings[name]) for name in names)
        if count == len(names):
            return candidate
        if count > most:
            most, winner = count, candidate
    return winner


def _agrees(architecture: Architecture, name: str, found: list[Reading]) -> bool:
    points = points_of(architecture)
    quantity = points.network.quantities.get(name)
    trees = [reading.tree for reading in found if reading.tree is not None]
    if quantity is None or quantity.tree is None or not trees:
        return False
    return points.same(trees[0], quantity.tree)
