"""A table of a lesson in rows with what its cells say, and what is right in each of its rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from sheetprop.lazily.patterns import pattern
from sheetprop.maths.quantity import Quantity
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.text import name_text
from sheetprop.rows.consistent import FAILURES, FUNCTIONS
from sheetprop.rows.plain_text import plain
from sheetprop.rows.random_rows import RandomRows, random_rows
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.tables.judgement import Compared, Judgement
from sheetprop.workbooks.sheet import Address

T = TypeVar("T")
SYMBOL = pattern(r"[\w.] ?\(([^\W\d]\w{0,7})\)$")
"""The symbol behind a header's words."""


@dataclass(frozen=True)
class RowJudgement(Judgement):
    """A judgement of rows: `whole` is the lesson, `kinds` what kind each row is.

    Its `lesson` is that of a row of no special kind, in the columns that the sheet has. `texts` are
    cells whose number is read from a text: no formula can take it from there.
    """

    whole: RowLesson | None = None
    kinds: tuple[str, ...] = ()
    texts: frozenset[tuple[str, Address]] = frozenset()
    _known: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: str, find: Callable[[], T]) -> T:
        """Return what is found out about the table, looked for once."""
        if key not in self._known:
            self._known[key] = find()
        found: T = self._known[key]
        return found

    @property
    def rows_of(self) -> RowLesson:
        """The lesson as it is stated."""
        assert self.whole is not None
        return self.whole

    @cached_property
    def held(self) -> frozenset[str]:
        """The quantities that have cells in the sheet."""
        return frozenset({*self.table.lines, *self.table.fixed, *self.aliases.values()})

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What the sheet calls quantities, where that is another text than their names.

        Of ``Output RF (r_out)`` that is the symbol, which fits into a formula.
        """
        symbols = {name: SYMBOL.search(text) for name, text in self.table.labels.items()}
        found = [match[1] for match in symbols.values() if match]
        short = {n: m[1] for n, m in symbols.items() if m and found.count(m[1]) == 1}
        return {
            name: short.get(name, text)
            for name, text in self.table.labels.items()
            if plain(text) not in (plain(name), plain(name_text(name)))
        }

    def as_called(self, tree: Expr) -> Expr:
        """Return a tree with quantities named as the sheet calls them."""

        def shown(leaf: Expr) -> Expr | None:
            if not isinstance(leaf, Name) or leaf.name not in self.called:
                return None
            return Name(self.called[leaf.name], leaf.shift)

        return substitute(tree, shown)

    @cached_property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """What each computed quantity of the sheet is computed from in its own row, at last."""
        trees = {name: one.tree for name, one in self.lesson.quantities.items() if one.tree}
        below = {
            name: {leaf.name for leaf in names(tree) if not leaf.shift}
            for name, tree in trees.items()
        }
        for _ in trees:
            further = {
                name: own.union(*(below.get(one, ()) for one in own)) for name, own in below.items()
            }
            if further == below:
                break
            below = further
        return {name: frozenset(own) for name, own in below.items() if name in self.lines}

    def points_at(self, step: int) -> RandomRows:
        """Return the random rows that a cell of a step is compared at."""
        return random_rows(self.rows_of, self.held, self.kinds[step])

    def quantity_at(self, name: str, step: int) -> Quantity:
        """Return a quantity as it is right in a row."""
        return self.points_at(step).lesson.quantities[name]

    @property
    def starts(self) -> bool:
        """Whether the first row is none, but what the first one starts from."""
        key = self.rows_of.key
        if key is None or not self.table.holds(key):
            return False
        value = self.value_of(self.table.sheet, self.table.cell(key, 0))
        return not isinstance(value, int | float) or value <= 0

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The computed quantities that have a column and nothing in it, but perhaps a start."""
        return tuple(
            name
            for name, line in self.lines.items()
            if self.lesson.quantities[name].tree is not None
            and len(line.blanks) >= max(self.table.iterations - 1, 1)
        )

    @cached_property
    def needed_steps(self) -> int:
        """In how many rows every quantity needs a cell: in all."""
        return self.table.iterations

    def is_computed_given(self, name: str, one: Compared) -> bool:
        """Whether cells of a given quantity compute something of other cells of the table."""
        is_given = self.lesson.quantities[name].tree is None
        is_taken = one.tree is None or isinstance(one.tree, Name) or not names(one.tree)
        return is_given and not is_taken

    def is_of_another_row(self, name: str, tree: Expr | None) -> bool:
        """Whether what is given is computed from what another row has: a slope of old weights."""
        takes = self.rows_of.by_name[name].takes
        own = {leaf.name for leaf in (*takes, *self.rows_of.equal)} if takes else set()
        taken = {leaf for leaf in names(tree) if leaf.name in own} if tree is not None else set()
        return bool(taken) and not taken & {*takes}

    def is_counted(self, name: str, tree: Expr | None) -> bool:
        """Whether a formula counts the rows on: one more than in the row before."""
        return name == self.rows_of.key and tree == Name(name, -1) + 1

    def from_start(self, tree: Expr, *, only_before: bool = False) -> Expr:
        """Return a right tree with the numbers that everything starts from, for a first row.

        `only_before` where cells of this row that say what the row before has stay what they are.
        """
        firsts = {
            one.name: Number(float(one.first))
            for one in self.rows_of.stated
            if isinstance(one.first, int | float)
        }
        before: dict[Name, Number] = {}
        for leaf, ways in () if only_before else self.rows_of.equal.items():
            if leaf.name in firsts and leaf.shift == -1:
                before |= {alias: firsts[leaf.name] for alias in ways if isinstance(alias, Name)}
        before |= {Name(name, -1): number for name, number in firsts.items()}
        return substitute(tree, lambda leaf: before.get(leaf) if isinstance(leaf, Name) else None)

    def own_value(self, quantity: str, step: int) -> float | None:
        """Return what a quantity should be, given the student's own other numbers."""
        return self.valued(quantity, step, {})

    def valued(self, quantity: str, step: int, other: Mapping[Name, float]) -> float | None:
        """Return the same where some of the numbers are others."""
        tree = self.quantity_at(quantity, step).tree
        return None if tree is None else self.tree_value(tree, step, other)

    def tree_value(
        self, tree: Expr, step: int, other: Mapping[Name, float] = MappingProxyType({})
    ) -> float | None:
        """Return what a tree comes to in a row, with the student's own numbers or some others."""

        def value(name: Name) -> float:
            return other[name] if name in other else self._own(name, step)

        try:
            found = float(evaluate(tree, value, FUNCTIONS))
        except (*FAILURES, LookupError, RecursionError):
            return None
        return found if math.isfinite(found) else None

    def _own(self, name: Name, step: int) -> float:
        place = step + name.shift
        if name.name not in self.held and place == (0 if self.starts else -1):
            first = self.rows_of.by_name[name.name].first
            if isinstance(first, int | float):
                return float(first)
        return super()._own(name, step)

    def expected(self, name: str, step: int) -> str | None:
        """Return the right formula of a cell in the sheet's own references, None without one."""
        quantity = self.quantity_at(name, step)
        if quantity.tree is None:
            return None
        tree = quantity.tree
        if any(step + one.shift < 0 for one in names(tree)):
            tree = self.from_start(tree, only_before=True)
        if not all(self.has_cell(one, step) for one in names(tree)):
            return None
        return self.written(tree, step)

    def written(self, tree: Expr, step: int) -> str:
        """Return a formula in the sheet's own references, in a row where all of it has cells."""
        return to_excel(tree, lambda leaf: self._reference(leaf, step))

    def has_cell(self, name: Name, step: int) -> bool:
        """Whether a name of a tree has a cell, as seen from a row."""
        is_once = name.name in self._once
        is_row = name.name in self.table.lines and 0 <= step + name.shift < self.table.iterations
        if self.texts and is_row:
            cell = self.table.cell(name.name, step + name.shift)
            return (self.table.sheet, cell) not in self.texts
        return is_once or is_row

    def _reference(self, leaf: Expr, step: int) -> str:
        assert isinstance(leaf, Name)
        if leaf.name in self._once:
            return fixed(self._once[leaf.name])
        return address(*self.table.cell(leaf.name, step + leaf.shift))

    @cached_property
    def _once(self) -> Mapping[str, Address]:
        return {**self.table.fixed, **self._aliased}

    @cached_property
    def _aliased(self) -> dict[str, Address]:
        return {
            name: cell
            for (sheet, cell), name in self.aliases.items()
            if sheet == self.table.sheet and name not in self.table.lines
        }
