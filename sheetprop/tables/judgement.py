"""What judging a table gives: its network, its cells, and the formulas that are wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from sheetprop.maths.names import is_gradient, parameter_of
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE, Lesson, Quantity
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.signs import in_other_signs
from sheetprop.maths.trees.walk import names
from sheetprop.rows.consistent import ConsistentPoints
from sheetprop.tables.form import Form
from sheetprop.tables.lines import Line, Observed, is_written_out
from sheetprop.tables.points import Unreachable, points_of
from sheetprop.tables.table import Rate, Table
from sheetprop.workbooks.sheet import Address, Value

SPARED = ("sum", "error")
"""Steps that people write into the formula of the next."""

MOST_LISTED = 100_000
"""Cells of a table that are listed one by one to tell those outside of it."""

ValueOf = Callable[[str, Address], Value]


class Wrong(NamedTuple):
    """Formulas of one fill that do not compute their quantity.

    `steps` are those cells, `tree` what the first of them says, with η named; `of` counts the
    right cells of the same quantity.
    """

    quantity: str
    steps: tuple[int, ...]
    tree: Expr
    right_elsewhere: int


class Unread(NamedTuple):
    """Cells whose formula has no tree, and why."""

    quantity: str
    steps: Sequence[int]
    reason: str


class Compared(NamedTuple):
    """Cells of one quantity that say the same, held against the right tree.

    `tree` is what they say, with η named; it has no value, and `is_right` is None, where nothing
    could be read (`problem` says why) or nothing says what is right: first weights come from
    anywhere.
    """

    steps: Sequence[int]
    tree: Expr | None
    is_right: bool | None
    problem: str | None = None


@dataclass(frozen=True)
class Judgement:
    """One table with its lesson, its lines, and what is wrong in its formulas.

    `aliases` are cells that mean a quantity; `compared` is how every formula was read and whether
    it is right; `wrong` and `unread` are what that amounts to after the workbook was experimented
    with; `observed` what was seen there, and `by_value` the cells without a readable tree that are
    right by that; `named` the wrong formulas with what explains them. `varying` are the inputs,
    targets and fixed biases that differ between iterations; `before` the cells of the iteration
    before the first, where another table ends with it. `gradient_sign` is -1 where the columns of
    gradients hold -∂E/∂w, which updates then add; trees are in the usual signs in either case.
    """

    table: Table
    lesson: Lesson
    rate: Rate
    lines: Mapping[str, Line]
    wrong: tuple[Wrong, ...]
    unread: tuple[Unread, ...]
    value_of: ValueOf
    aliases: Mapping[tuple[str, Address], str]
    compared: Mapping[str, tuple[Compared, ...]] = field(default_factory=dict)
    observed: Mapping[str, Observed] = field(default_factory=dict)
    by_value: tuple[Unread, ...] = ()
    named: tuple[tuple[Wrong, list[Any]], ...] = ()
    varying: frozenset[str] = frozenset()
    before: Mapping[str, tuple[str, Address]] = field(default_factory=dict)
    gradient_sign: int = 1

    def first_told(self, name: str) -> int:
        """Return the first step in which a quantity's formula says what it is."""
        return int(self.lesson.quantities[name].is_given_first and name not in self.before)

    @property
    def network(self) -> Network:
        """The lesson, where it is a network."""
        assert isinstance(self.lesson, Network)
        return self.lesson

    @cached_property
    def points(self) -> ConsistentPoints:
        """The random points of the table's network; inputs vary where they do here."""
        return points_of(self.network.architecture, self.varying)

    def points_at(self, _step: int) -> ConsistentPoints:
        """Return the random points at which a cell of a step is compared: the same for all."""
        return self.points

    def quantity_at(self, name: str, _step: int) -> Quantity:
        """Return a quantity as it is right in a step: here the same in all."""
        return self.lesson.quantities[name]

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The quantities that have no line, or nothing in it; in an exercise, any gap in it."""
        most = 0 if self.table.is_exercise else self.table.iterations - 1
        given = {*self.table.fixed, *self.aliases.values()}
        gaps = {name for name, line in self.lines.items() if len(line.blanks) > most}
        left = (n for n in self.lesson.quantities if n not in self.lines and n not in given)
        gaps |= {name for name in left if not self.may_be_left_out(name)}
        return tuple(name for name in self.lesson.quantities if name in gaps)

    def may_be_left_out(self, name: str) -> bool:
        """Whether a quantity without a line stands in others: E_total as E1, or E1 as it.

        Where no gradient has a line, updates may hold what they are; right formulas hold a sum.
        """
        kind, tree = self.lesson.quantities[name].kind, self.lesson.quantities[name].tree
        if kind in self.table.spare or (kind == "hidden error" and not self.table.is_exercise):
            return name not in self.lines
        if is_gradient(name):
            return self._is_written_out(name)
        if isinstance(tree, Name) and not tree.shift and tree.name in self.lines:
            return True
        is_it = any(self.lesson.quantities[other].tree == Name(name) for other in self.lines)
        return is_it or (name not in self.lines and self._is_within_right(name))

    def _is_within_right(self, name: str) -> bool:
        """Whether all formulas that a sum or an error belongs to are right without its line."""
        every = self.lesson.quantities
        taking = [n for n, q in every.items() if q.tree and Name(name) in names(q.tree)]
        found = [self.compared.get(other, ()) for other in taking]
        is_right = all(found) and all(one.is_right for compared in found for one in compared)
        return is_right and every[name].kind in SPARED and not self.table.is_exercise

    def _is_written_out(self, gradient: str) -> bool:
        """Whether no gradient has a line, and the update of one takes what it is made of."""
        if self.table.is_exercise or any(map(is_gradient, self.lines)):
            return False
        found = self.compared.get(parameter_of(gradient), ())
        return any(is_written_out(one.tree) for one in found)

    @cached_property
    def needed_steps(self) -> int:
        """In how many iterations every quantity needs a cell; the last may be new weights."""
        if self.table.is_exercise or isinstance(self.table, Form):
            return self.table.iterations
        given = {n for n in self.lines if self.lesson.quantities[n].is_given_first}
        lines = (self.lines[name] for name in self.lines.keys() - given)
        ends = ((*(f.last for f in one.fills), *one.numbers, *one.others) for one in lines)
        return max((end for own in ends for end in own), default=0) + 1

    @cached_property
    def _held(self) -> frozenset[int]:
        return frozenset(self.table.lines[n] for n in self.lines if n in self.table.lines)

    def holds(self, cell: Address) -> bool:
        """Whether a cell of the table's sheet is one of a line that was judged."""
        line, place = self.table.split(cell)
        return line in self._held and place in self.table.step_of

    def holding(self) -> Callable[[Address], bool]:
        """Return `holds`, quicker to ask about every cell of a sheet unless there are very many."""
        table = self.table
        if type(table) is not Table or len(self._held) * table.iterations > MOST_LISTED:
            return self.holds
        sides = (self._held, table.places) if table.is_across else (table.places, self._held)
        return frozenset(product(*sides)).__contains__

    def has_value(self, tree: Expr) -> bool | None:
        """Whether a tree has a value at any random point; None where it refers to none there."""
        try:
            return any(map(math.isfinite, self.points.evaluate(tree)))
        except Unreachable:
            return None

    def own_value(self, quantity: str, step: int) -> float | None:
        """Return what a quantity should be, given the student's own other values; None if unknown.

        In the first step a weight is given, so nothing says what it should be.
        """
        tree = self.lesson.quantities[quantity].tree
        return None if tree is None else self.value_of_tree(self.in_own_signs(tree, quantity), step)

    def value_of_tree(self, tree: Expr, step: int) -> float | None:
        """Return what a tree comes to at the student's own values in a step; None if unknown."""
        try:
            value = evaluate(tree, lambda name: self._own(name, step))
        except (ArithmeticError, ValueError, LookupError):
            return None
        return float(value) if math.isfinite(value) else None

    def in_own_signs(self, tree: Expr, quantity: str) -> Expr:
        """Return a right tree as it stands here: gradients may have the opposite sign."""
        return tree if self.gradient_sign > 0 else in_other_signs(tree, quantity)

    def student_value(self, name: Name, step: int) -> float | None:
        """Return the number that a name of a tree stands for in the student's own cells."""
        return self.value_of_tree(name, step)

    def _own(self, name: Name, step: int) -> float:
        if name.name == LEARNING_RATE:
            value: Value = self._rate_at(step + name.shift)
        elif (place := step + name.shift) == -1 and name.name in self.before:
            value = self.value_of(*self.before[name.name])
        elif not 0 <= place < self.table.iterations:
            raise LookupError(name.name)
        elif not self.table.holds(name.name):
            value = self._without_line(name.name, place)
        else:
            value = self.value_of(self.table.sheet, self.table.cell(name.name, place))
        if not isinstance(value, int | float):
            raise LookupError(name.name)
        return float(value)

    def _without_line(self, name: str, step: int) -> Value:
        """Return what a quantity without a line is: the cell that gives it, or what others make."""
        where = next((place for place, alias in self.aliases.items() if alias == name), None)
        if where is not None:
            return self.value_of(*where)
        is_first = step == 0 and self.lesson.quantities[name].is_given_first
        return None if is_first else self.own_value(name, step)

    def _rate_at(self, step: int) -> Value:
        if self.rate.cell is not None:
            return self.value_of(*self.rate.cell)
        if self.rate.line is None:
            return self.rate.value
        place = min(max(0, step + (self.rate.shift or 0)), self.table.iterations - 1)
        cell = self.table.at(self.rate.line, self.table.places[place])
        return self.value_of(self.table.sheet, cell)
