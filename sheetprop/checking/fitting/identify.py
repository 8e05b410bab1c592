"""Which network a table trains, and at which learning rate: read from its own formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from sheetprop.maths.activations import ACTIVATIONS, SOFTMAX
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.names import family, is_gradient, is_parameter, kind, without_sample
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import Path, names, replace_at, substitute, walk
from sheetprop.notation.excel_parse import CellReference
from sheetprop.spec import Architecture
from sheetprop.tables.lines import Reading
from sheetprop.tables.points import points_of
from sheetprop.tables.table import Rate, Table
from sheetprop.workbooks.sheet import Address, Value

Readings = Mapping[str, list[Reading]]
Kinds = tuple[str, ...]


def find_rate(
    table: Table,
    readings: Readings,
    value_of: Callable[[str, Address], Value],
    stated: Callable[[], Rate | None] = lambda: None,
) -> Rate:
    """Return where the updates take their learning rate from.

    It is the constant cell that most updates refer to, of several that which is `stated` to be the
    rate; a cell beside each iteration makes a line of rates; without any, a number typed into the
    updates.
    """
    leaves = [leaf for tree in _updates(readings) for leaf in _leaf_set(tree)]
    cells = Counter(
        leaf
        for leaf in leaves
        if isinstance(leaf, CellReference) and _number(value_of, leaf) is not None
    )
    if len(cells) > 1 and (named := stated()) is not None and named.cell is not None:
        most = cells.most_common(1)[0][1]
        fixed = (c for c, n in cells.items() if 2 * n > most and not _beside(table, c))
        if any(_place(cell, table) == named.cell for cell in fixed):
            return named
    lines = Counter(
        table.split((cell.row, cell.column))[0]
        for cell in cells
        if cell.sheet == table.sheet and _beside(table, cell)
    )
    for line, count in lines.most_common(1):
        # Two iterations have one update, which takes one cell of the line.
        if count > 1 or _is_filled(table, line, value_of):
            return Rate(_only_value(cells, value_of), line=line)
    if cells:
        cell = cells.most_common(1)[0][0]
        return Rate(_number(value_of, cell), _place(cell, table))
    typed = Counter(leaf.value for leaf in leaves if isinstance(leaf, Number))
    return Rate(typed.most_common(1)[0][0] if typed else None)


def _place(cell: CellReference, table: Table) -> tuple[str, Address]:
    return cell.sheet or table.sheet, (cell.row, cell.column)


def _updates(readings: Readings) -> Iterable[Expr]:
    for quantity, found in readings.items():
        if is_parameter(quantity):
            yield from (r.tree for r in found if r.tree is not None and _looks_back(r.tree))


def _looks_back(tree: Expr) -> bool:
    return any(isinstance(node, Name) and node.shift < 0 for _, node in walk(tree))


def _leaf_set(tree: Expr) -> dict[Expr, None]:
    """Return the constants of a tree, each once, in its order."""
    leaves = (node for _, node in walk(tree) if isinstance(node, CellReference | Number))
    return dict.fromkeys(leaves)


def _beside(table: Table, cell: CellReference) -> bool:
    _, place = table.split((cell.row, cell.column))
    return place in table.step_of


def _is_filled(table: Table, line: int, value_of: Callable[[str, Address], Value]) -> bool:
    cells = (table.at(line, place) for place in table.places)
    return all(isinstance(value_of(table.sheet, cell), int | float) for cell in cells)


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
        return None

    if is_update and rate.is_typed and rate.value is not None:
        for path in _typed_rates(tree, rate.value):
            tree = replace_at(tree, path, Name(LEARNING_RATE))
    return substitute(tree, named)


def _typed_rates(tree: Expr, value: float) -> list[Path]:
    """Return where a number stands as the rate: beside the gradient, if there is a choice."""
    found = {path: tree for path, node in walk(tree) if node == Number(value)}
    for path in found:
        for index in path[:-1]:
            found[path] = found[path].children[index]
    beside = [p for p, above in found.items() if any(is_gradient(n.name) for n in names(above))]
    deepest = max(map(len, beside), default=0)
    return [path for path in beside if len(path) == deepest] or list(found)


def fit(base: Architecture, readings: Readings) -> Architecture:
    """Return the architecture with the activations and the error function the formulas show.

    Each is the one that most of its formulas agree with. Where all of these are wrong, the other
    formulas tell, which contain its slope; else it is sigmoid and half the squared error.
    """
    trains = any(family(name) == "dE/db" for name in readings)
    best = replace(base, train_biases=trains)
    undecided: list[Part] = []
    for part in PARTS:
        formulas = [name for name in readings if name.startswith(part.kinds)]
        best, agreeing = part.best(best, formulas, readings)
        if part is HIDDEN and agreeing < len(formulas) and len(base.layers) > 3:
            best, agreeing = _layer_by_layer(best, readings)
        if formulas and not agreeing:
            undecided.append(part)
    if not 1 <= len(undecided) < len(PARTS):
        return best
    if ERROR not in undecided and OUTPUT in undecided:
        undecided.append(ERROR)  # it was chosen under an activation that nothing agrees with
    candidates = [best]
    for part in undecided:
        candidates = [option for candidate in candidates for option in part.options(candidate)]
    every = [name for name in readings if name.startswith(("a_", "E", "dE/d"))]
    return _best(candidates, every, readings)[0]


@dataclass(frozen=True)
class Part:
    """One thing to find out about an architecture: how it is set, what it may be, its formulas."""

    chosen: Callable[[Architecture, str], Architecture]
    choices: tuple[str, ...]
    kinds: Kinds
    rare: Callable[[], list[str]] = list

    def options(self, base: Architecture) -> list[Architecture]:
        """Return the architectures that differ in this alone."""
        return [self.chosen(base, choice) for choice in self.choices]

    def best(
        self, base: Architecture, formulas: list[str], readings: Readings
    ) -> tuple[Architecture, int]:
        """Return what most formulas agree with, and how many do; the common ones first."""
        found, agreeing = _best(self.options(base), formulas, readings)
        if agreeing < len(formulas):
            rare = self.rare_options(found, formulas, readings)
            found, agreeing = _best([found, *rare], formulas, readings)
        return found, agreeing

    def rare_options(
        self, base: Architecture, formulas: list[str], readings: Readings
    ) -> list[Architecture]:
        """Return those that are not common, where a formula is exactly that.

        It is compared at the points of the network as it is taken to be: what an activation is made
        of has its values there, whatever it is taken for.
        """
        written = [(name, tree) for name in formulas if (tree := _tree(readings[name])) is not None]
        options = [self.chosen(base, name) for name in self.rare()]
        return [option for option in options if _is_any(option, base, written)]


def _is_any(option: Architecture, base: Architecture, written: list[tuple[str, Expr]]) -> bool:
    quantities, points = Network(option).quantities, points_of(base)
    return any(
        name in quantities and points.same(tree, quantities[name].tree or tree)
        for name, tree in written
    )


def _layer_by_layer(base: Architecture, readings: Readings) -> tuple[Architecture, int]:
    """Return the architecture with what most formulas of each hidden layer agree with."""
    found, agreeing = base, 0
    for number, layer in enumerate(Network(base).layers[:-1]):
        own = {without_sample(neuron.output) for neuron in layer}
        formulas = [name for name in readings if without_sample(name) in own]
        part = replace(HIDDEN, chosen=partial(_with_layer, number))
        found, count = part.best(found, formulas, readings)
        agreeing += count
    return found, agreeing


def _with_layer(number: int, base: Architecture, name: str) -> Architecture:
    units = list(base.activation_of_layers)
    units[number] = name
    return base.with_activations(tuple(units))


def _with_hidden(base: Architecture, name: str) -> Architecture:
    return base.with_activations((*((name,) * (len(base.layers) - 2)), base.output_activation))


COMMON = tuple(unit.name for unit in ACTIVATIONS.values() if unit.is_common)


def _rare(*others: str) -> list[str]:
    """Return the activations that are not common, of all that are registered by now."""
    return [*(unit.name for unit in ACTIVATIONS.values() if not unit.is_common), *others]


HIDDEN = Part(_with_hidden, COMMON, ("a_h",), _rare)
OUTPUT = Part(partial(_with_layer, -1), COMMON, ("a_o",), partial(_rare, SOFTMAX))
ERROR = Part(lambda a, name: replace(a, loss=name), tuple(LOSSES), ("E1", "E2", "E3", "E4", "dE/d"))
PARTS = (HIDDEN, OUTPUT, ERROR)


def _best(
    candidates: list[Architecture], formulas: list[str], readings: Readings
) -> tuple[Architecture, int]:
    """Return the first candidate that agrees with every formula, else with most, and how many."""
    most, winner = -1, candidates[0]
    for candidate in candidates:
        count = sum(_agrees(candidate, name, readings[name]) for name in formulas)
        if count > most:
            most, winner = count, candidate
        if count == len(formulas):
            break
    return winner, most


def _agrees(architecture: Architecture, name: str, found: list[Reading]) -> bool:
    points = points_of(architecture)
    quantity = points.network.quantities.get(name)
    tree = _tree(found)
    if quantity is None or quantity.tree is None or tree is None:
        return False
    return points.same(_with_target(tree, name), quantity.tree)


def _tree(found: list[Reading]) -> Expr | None:
    """Return the tree of the formula that stands in most iterations."""
    read = [reading for reading in found if reading.tree is not None]
    return max(read, key=lambda reading: len(reading.steps)).tree if read else None


def _with_target(tree: Expr, error: str) -> Expr:
    """Return an error's tree with its own target, whichever it takes: that is not in question."""
    if kind(error) != "error":
        return tree

    def own(leaf: Expr) -> Expr | None:
        is_target = isinstance(leaf, Name) and kind(leaf.name) == "target"
        return Name(f"t{error[1:]}") if is_target else None

    return substitute(tree, own)
