"""At which learning rate a table trains, read from its own updates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sheetprop.maths.names import is_gradient, is_parameter
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import Path, names, replace_at, substitute, walk
from sheetprop.notation.excel_parse import CellReference
from sheetprop.tables.lines import Reading, Readings
from sheetprop.tables.table import Rate, Table
from sheetprop.workbooks.sheet import Address, Value


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
    if len(cells) > 1 and (named := stated()) is not None and _is_common(named, cells, table):
        return named
    line = _line_of_rates(cells, table, value_of)
    if line is not None and _is_usual(line, table, readings):
        shift = _shift_on(line, table, readings)
        return Rate(_only_value(cells, value_of), line=line, shift=shift)
    if cells:
        cell = cells.most_common(1)[0][0]
        return Rate(_number(value_of, cell), _place(cell, table))
    empty = _cell_without_number(leaves, table, value_of)
    if empty is not None:
        return Rate(None, empty)
    typed = Counter(leaf.value for leaf in leaves if isinstance(leaf, Number))
    return Rate(typed.most_common(1)[0][0] if typed else None)


def _cell_without_number(
    leaves: Sequence[Expr], table: Table, value_of: Callable[[str, Address], Value]
) -> tuple[str, Address] | None:
    """Return the cell that several updates take, where it holds nothing, a text or an error."""
    cells = Counter(leaf for leaf in leaves if isinstance(leaf, CellReference))
    for cell, count in cells.most_common(1):
        value = value_of(cell.sheet or "", (cell.row, cell.column))
        if count > 1 and not isinstance(value, int | float):
            return _place(cell, table)
    return None


def _is_common(named: Rate, cells: Counter[CellReference], table: Table) -> bool:
    """Whether the cell of a rate is among those that many updates refer to."""
    most = max(cells.values())
    fixed = (c for c, n in cells.items() if 2 * n > most and not _beside(table, c))
    return any(_place(cell, table) == named.cell for cell in fixed)


def _line_of_rates(
    cells: Iterable[CellReference], table: Table, value_of: Callable[[str, Address], Value]
) -> int | None:
    """Return the line that most of some cells stand on, if it has a rate for each iteration."""
    lines = Counter(
        table.split((cell.row, cell.column))[0]
        for cell in cells
        if cell.sheet == table.sheet and _beside(table, cell)
    )
    for line, count in lines.most_common(1):
        # Two iterations have one update, which takes one cell of the line.
        if count > 1 or _is_filled(table, line, value_of):
            return line
    return None


def _is_usual(line: int, table: Table, readings: Readings) -> bool:
    """Whether no cell apart from the iterations is taken by more updates than those of a line.

    A number typed over one of the changes that updates take leads to a line, but makes no rates.
    """
    on_line, fixed = 0, Counter[CellReference]()
    for reading in _update_readings(readings):
        for leaf in _leaf_set(reading.tree):
            if not isinstance(leaf, CellReference):
                continue
            if leaf.sheet != table.sheet or not _beside(table, leaf):
                fixed[leaf] += len(reading.steps)
            elif table.split((leaf.row, leaf.column))[0] == line:
                on_line += len(reading.steps)
    return on_line >= max(fixed.values(), default=0)


def _shift_on(line: int, table: Table, readings: Readings) -> int | None:
    """Return how far from its own row most updates take their rate on a line of rates."""
    shifts = Counter(
        table.step_of[place] - step
        for reading in _update_readings(readings)
        for leaf in _leaf_set(reading.tree)
        if isinstance(leaf, CellReference) and leaf.sheet == table.sheet
        for own, place in (table.split((leaf.row, leaf.column)),)
        if own == line and place in table.step_of
        for step in reading.steps
    )
    shift, count = shifts.most_common(1)[0] if shifts else (0, 0)
    return shift if 2 * count > shifts.total() else None


def _place(cell: CellReference, table: Table) -> tuple[str, Address]:
    return cell.sheet or table.sheet, (cell.row, cell.column)


def _updates(readings: Readings) -> Iterable[Expr]:
    return (reading.tree for reading in _update_readings(readings) if reading.tree is not None)


def _update_readings(readings: Readings) -> Iterable[Reading]:
    for quantity, found in readings.items():
        if is_parameter(quantity):
            yield from (r for r in found if r.tree is not None and _looks_back(r.tree))


def _looks_back(tree: Expr) -> bool:
    return any(isinstance(node, Name) and node.shift < 0 for _, node in walk(tree))


def _leaf_set(tree: Expr | None) -> dict[Expr, None]:
    """Return the constants of a tree, each once, in its order."""
    if tree is None:
        return {}
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


def with_rate(
    tree: Expr, table: Table, rate: Rate, *, is_update: bool, step: int | None = None
) -> Expr:
    """Return a tree with the learning rate's cell (or line, or number) as the name ``eta``.

    A number is the rate only in an update: elsewhere 0.5 is a half. Of a line of rates, that of
    another row than belongs to an update in iteration `step` is the rate of another iteration.
    """

    def named(leaf: Expr) -> Expr | None:
        if isinstance(leaf, CellReference):
            cell = (leaf.row, leaf.column)
            if rate.cell == (leaf.sheet, cell):
                return Name(LEARNING_RATE)
            line, place = table.split(cell)
            if rate.line is None or line != rate.line or leaf.sheet != table.sheet:
                return None
            if place not in table.step_of:
                return None  # another number above or below the line, as the first rate
            if step is None or rate.shift is None:
                return Name(LEARNING_RATE)
            return Name(LEARNING_RATE, table.step_of[place] - step - rate.shift)
        return None

    if is_update and rate.is_typed and rate.value is not None:
        for path in _typed_rates(tree, rate.value):
            tree = replace_at(tree, path, Name(LEARNING_RATE))
    return substitute(tree, named)


def by_rates(reading: Reading, table: Table, rate: Rate) -> list[Reading]:
    """Return what cells say by iteration where all take the rate of one row on a line of rates."""
    if rate.line is None or rate.shift is None or len(reading.steps) == 1:
        return [reading]
    leaves = (leaf for leaf in _leaf_set(reading.tree) if isinstance(leaf, CellReference))
    if all(table.split((leaf.row, leaf.column))[0] != rate.line for leaf in leaves):
        return [reading]
    return [reading._replace(steps=(step,)) for step in reading.steps]


def _typed_rates(tree: Expr, value: float) -> list[Path]:
    """Return where a number stands as the rate: beside the gradient, if there is a choice."""
    found = {path: tree for path, node in walk(tree) if node == Number(value)}
    for path in found:
        for index in path[:-1]:
            found[path] = found[path].children[index]
    beside = [p for p, above in found.items() if any(is_gradient(n.name) for n in names(above))]
    deepest = max(map(len, beside), default=0)
    return [path for path in beside if len(path) == deepest] or list(found)
