"""Whether each quantity's formulas compute that quantity, judged on the student's own inputs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sheetprop.checking.identify import find_rate, fit, points_of, with_rate
from sheetprop.checking.lines import Fill, Line, Reading, read_line, readings
from sheetprop.checking.points import Points
from sheetprop.checking.recognise import shape_of
from sheetprop.checking.table import Rate, Table
from sheetprop.checking.translate import Translator
from sheetprop.errors import FormulaError
from sheetprop.maths.expr import Expr, Name, evaluate, names
from sheetprop.maths.network import LEARNING_RATE, Network, Quantity
from sheetprop.notation.excel_parse import CellReference
from sheetprop.sheets.sheet import Address, Sheet, Value, Workbook

ValueOf = Callable[[str, Address], Value]


@dataclass(frozen=True)
class Wrong:
    """Formulas of one fill that do not compute their quantity.

    `steps` are those cells, `tree` what the first of them says, with η named; `of` counts the
    right cells of the same quantity.
    """

    quantity: str
    steps: tuple[int, ...]
    tree: Expr
    right_elsewhere: int


@dataclass(frozen=True)
class Unread:
    """Cells whose formula has no tree, and why."""

    quantity: str
    steps: tuple[int, ...]
    reason: str


@dataclass
class Judgement:
    """One table with its network, its lines, and what is wrong in its formulas."""

    table: Table
    network: Network
    rate: Rate
    lines: Mapping[str, Line]
    wrong: list[Wrong]
    unread: list[Unread]
    value_of: ValueOf

    @property
    def points(self) -> Points:
        """The random points of the table's network."""
        return points_of(self.network.architecture)

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The quantities that have no line, or nothing in it."""
        return tuple(
            name
            for name in self.network.quantities
            if name not in self.lines or len(self.lines[name].blanks) == self.table.iterations
        )

    def own_value(self, quantity: str, step: int) -> float | None:
        """Return what a quantity should be, given the student's own other values; None if unknown.

        In the first step a weight is given, so nothing says what it should be.
        """
        tree = self.network.quantities[quantity].tree
        if tree is None:
            return None
        try:
            value = evaluate(tree, lambda name: self._student_value(name, step))
        except (ArithmeticError, ValueError, LookupError):
            return None
        return float(value) if math.isfinite(value) else None

    def _student_value(self, name: Name, step: int) -> float:
        if name.name == LEARNING_RATE:
            value: Value = self._rate_at(step)
        elif name.name not in self.table.lines:
            # A quantity without a line of its own is what the others make of it.
            value = self.own_value(name.name, step + name.shift)
        else:
            place = step + name.shift
            if not 0 <= place < self.table.iterations:
                raise LookupError(name.name)
            value = self.value_of(self.table.sheet, self.table.cell(name.name, place))
        if not isinstance(value, int | float):
            raise LookupError(name.name)
        return float(value)

    def _rate_at(self, step: int) -> Value:
        if self.rate.line is None:
            return self.rate.value
        cell = self.table.at(self.rate.line, self.table.places[step])
        return self.value_of(self.table.sheet, cell)


def judge(workbook: Workbook, table: Table, value_of: ValueOf) -> Judgement | None:
    """Return what is wrong in a table's formulas, or None where its columns form no network.

    `value_of` gives every cell's recalculated value.
    """
    base = shape_of(table.lines)
    if base is None:
        return None
    sheet = workbook[table.sheet]
    translator = Translator(workbook, table, value_of)
    known = Network(base).quantities
    lines = {name: read_line(sheet, table, name) for name in table.lines if name in known}
    translator.aliases.update(_aliases(table, sheet, translator, known))
    read = {
        name: [(fill, readings(translator, table, name, fill)) for fill in line.fills]
        for name, line in lines.items()
    }
    flat = {name: [r for _, found in fills for r in found] for name, fills in read.items()}
    rate = find_rate(table, flat, value_of)
    network = Network(fit(base, flat))
    judgement = Judgement(table, network, rate, lines, [], [], value_of)
    for name, fills in read.items():
        if name in network.quantities:
            _judge_line(judgement, translator, network.quantities[name], fills)
    return judgement


def _aliases(
    table: Table, sheet: Sheet, translator: Translator, known: Mapping[str, Quantity]
) -> dict[tuple[str, Address], str]:
    """Return the cells outside the table that its inputs and targets come from."""
    found: dict[tuple[str, Address], str] = {}
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
            found[tree.sheet or table.sheet, (tree.row, tree.column)] = name
    return found


def _judge_line(
    judgement: Judgement,
    translator: Translator,
    quantity: Quantity,
    fills: list[tuple[Fill, list[Reading]]],
) -> None:
    right = 0
    wrong: list[tuple[tuple[int, ...], Expr]] = []
    for _, found in fills:
        bad: list[tuple[tuple[int, ...], Expr]] = []
        for reading in found:
            steps = _judged_steps(quantity, reading.steps)
            tree = _tree_of(judgement, translator, quantity.name, reading, steps)
            if tree is None or not steps:
                continue
            if _is_right(judgement, quantity, tree):
                right += len(steps)
            else:
                bad.append((steps, tree))
        if bad:  # one fill is one slip, even where each of its cells says something else
            first = min(bad, key=lambda one: one[0])
            wrong.append((tuple(sorted(s for steps, _ in bad for s in steps)), first[1]))
    judgement.wrong += [Wrong(quantity.name, steps, tree, right) for steps, tree in wrong]


def _judged_steps(quantity: Quantity, steps: tuple[int, ...]) -> tuple[int, ...]:
    """Leave out the first step of what is given there: initial weights come from anywhere."""
    return tuple(step for step in steps if step > 0) if quantity.is_given_first else steps


def _tree_of(
    judgement: Judgement,
    translator: Translator,
    name: str,
    reading: Reading,
    steps: tuple[int, ...],
) -> Expr | None:
    """Return a reading's tree with η named and constants as numbers; note it where it has none."""
    if reading.tree is None:
        judgement.unread.append(Unread(name, reading.steps, reading.problem or ""))
        return None
    if not steps:
        return None
    try:
        return translator.constant(with_rate(reading.tree, judgement.table, judgement.rate))
    except FormulaError:
        # It refers to a text or an error: that is wrong, not unreadable. The reference stays in
        # the tree, which then has no value at any point.
        return with_rate(reading.tree, judgement.table, judgement.rate)


def _is_right(judgement: Judgement, quantity: Quantity, tree: Expr) -> bool:
    if quantity.tree is None:
        return _keeps_given(quantity.name, tree)
    return judgement.points.same(tree, quantity.tree)


def _keeps_given(name: str, tree: Expr) -> bool:
    """Whether an input or target is itself of any iteration, or does not come from the table."""
    mentioned = {found.name for found in names(tree)}
    if not mentioned:
        return True
    return mentioned == {name} and isinstance(tree, Name)
