"""What the cells between the ends of a fill say, told from both ends without reading each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sheetprop.maths.trees.expr import Call, Expr, Name
from sheetprop.maths.trees.walk import nodes
from sheetprop.notation.excel_parse import CellReference
from sheetprop.tables.table import Table
from sheetprop.tables.translate import Place, Translator

Builder = Callable[[int], Expr]
"""Gives what a node of a tree is in an iteration."""


class End(NamedTuple):
    """What a cell at an end of a fill says, or why it has no tree, and the helpers put into it."""

    step: int
    tree: Expr | None
    problem: str | None
    behind: tuple[Place, ...]


class _Unlike(Exception):  # noqa: N818 - a condition: then every cell is read
    """The ends do not tell what lies between them."""


def trees_between(
    translator: Translator, table: Table, first: End, last: End, steps: Sequence[int]
) -> list[tuple[Sequence[int], Expr]] | None:
    """Return the trees of a fill's cells, None where its ends do not tell them.

    They do where all that differs between them goes along with the formula, where the helpers that
    go along are filled as well, and where the table has no gap that some cells meet and others not.
    """
    if type(table) is not Table or first.tree is None or last.tree is None:
        return None
    between = _Between(translator, table, first, last, steps)
    try:
        for pair in zip(first.behind, last.behind, strict=True):
            between.demand_filled(*pair)
        builder = between.builder(first.tree, last.tree)
        between.demand_no_gap(first.tree)
    except (_Unlike, ValueError):
        return None
    if builder is None:
        return [(steps, first.tree)]
    return [((step,), builder(step)) for step in steps]


class _Between:
    def __init__(
        self, translator: Translator, table: Table, first: End, last: End, steps: Sequence[int]
    ) -> None:
        self.translator = translator
        self.table = table
        self.first, self.last, self.steps = first.step, last.step, steps
        self.moved = table.places[last.step] - table.places[first.step]

    def demand_filled(self, first: Place, last: Place) -> None:
        """Demand that a helper stays where it is, or that it is one formula in all steps."""
        if first == last:
            return
        self._demand_moving(first, last)
        cells = list(self._cells(first[1]))
        if not self.translator.is_filled(first[0], cells):
            raise _Unlike

    def demand_no_gap(self, tree: Expr) -> None:
        """Demand that what is so many iterations away is as many places away in all steps."""
        places, step_of = self.table.places, self.table.step_of
        if all(b - a == 1 for a, b in pairwise(places)):
            return
        for shift in {node.shift for node in nodes(tree) if type(node) is Name and node.shift}:
            away = places[self.first + shift] - places[self.first]
            if any(step_of.get(places[step] + away) != step + shift for step in self.steps):
                raise _Unlike

    def builder(self, first: Expr, last: Expr) -> Builder | None:
        """Return what gives a node in each step, None where it is the same in all."""
        if type(first) is not type(last):
            raise _Unlike
        if not first.children:
            return None if first == last else self._leaf(first, last)
        if isinstance(first, Call) and isinstance(last, Call) and first.function != last.function:
            raise _Unlike
        pairs = zip(first.children, last.children, strict=True)
        below = [self.builder(one, other) for one, other in pairs]
        if not any(below):
            return None
        parts = list(zip(first.children, below, strict=True))
        return lambda step: first.with_children(
            tuple(child if build is None else build(step) for child, build in parts)
        )

    def _leaf(self, first: Expr, last: Expr) -> Builder:
        if isinstance(first, CellReference) and isinstance(last, CellReference):
            sheet = first.sheet or ""
            cell = (first.row, first.column)
            self._demand_moving((sheet, cell), (last.sheet or "", (last.row, last.column)))
            cells = dict(zip(self.steps, self._cells(cell), strict=True))
            if not all(self.translator.is_constant((sheet, at)) for at in cells.values()):
                raise _Unlike
            return lambda step: CellReference(*cells[step], sheet)
        if isinstance(first, Name) and isinstance(last, Name) and first.name == last.name:
            fixed = self.first + first.shift
            if fixed == self.last + last.shift:
                return lambda step: Name(first.name, fixed - step)
        raise _Unlike

    def _demand_moving(self, first: Place, last: Place) -> None:
        line, place = self.table.split(first[1])
        if first[0] != last[0] or last[1] != self.table.at(line, place + self.moved):
            raise _Unlike

    def _cells(self, first: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Yield where a cell of the first step is in all steps, where it goes along."""
        line, place = self.table.split(first)
        places = self.table.places
        start = place - places[self.first]
        return (self.table.at(line, places[step] + start) for step in self.steps)
