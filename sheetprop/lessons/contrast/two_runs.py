"""The table of two runs from the same start: one calculated right, one with the mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sheetprop.lessons.contrast.slip import Slip
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.names import TOTAL, gradient_of
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, column_range, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.page import MISTAKE, Page
from sheetprop.workbooks.sheet import Address, Cell

RIGHT, WRONG = "right", "wrong"
SIDES = (RIGHT, WRONG)

ITERATION, APART = 1, 4
LOSS = {RIGHT: 2, WRONG: 3}
_BLOCK = 6  # column in which the first of the two blocks of quantities begins

MOST_CELLS = 8_000
"""So many cells of both runs are still calculated in a moment."""

_LEAST_ROWS = 3
_STYLES = {"total error": "column error"}


@dataclass(frozen=True)
class TwoRuns:
    """Where the two runs stand: `head` is the row of the names of their columns.

    `rate` is the cell of η on the same sheet.
    """

    table: RateTable
    slip: Slip
    start: Start
    chosen: Chosen
    head: int
    rate: Address

    @property
    def first(self) -> int:
        """Return the row of the start."""
        return self.head + 1

    @property
    def last(self) -> int:
        """Return the row of the last iteration shown."""
        return self.head + self.rows

    @cached_property
    def rows(self) -> int:
        """Return how many iterations are shown: those of the workbook, if not too many."""
        room = MOST_CELLS // (2 * len(self.table.names))
        return max(_LEAST_ROWS, min(self.table.iterations, room))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the quantities of a block, in the order of their columns."""
        return tuple(name for name in self.table.names if name != TOTAL)

    @cached_property
    def check_step(self) -> int:
        """Return the last iteration in which both runs have the same weights.

        What follows from the wrong formula is there, or in an update right after it.
        """
        return min(
            wrong.steps.start - self._is_update(name) for name, wrong in self.slip.trees.items()
        )

    @cached_property
    def _moved(self) -> frozenset[str]:
        return frozenset(filter(self._is_update, self.slip.trees))

    def _is_update(self, name: str) -> bool:
        return self.table.network.quantities[name].is_given_first

    def column(self, side: str, name: str) -> int:
        """Return the column of a quantity in one of the runs; E_total stands beside the other's."""
        if name == TOTAL:
            return LOSS[side]
        return _BLOCK + self.names.index(name) + SIDES.index(side) * (len(self.names) + 1)

    def cell(self, side: str, name: str, step: int) -> str:
        """Return the cell of a quantity in an iteration."""
        return address(self.first + step, self.column(side, name))

    def losses(self, column: int, first: int = 0) -> str:
        """Return the range of a column from an iteration on, as a chart wants it."""
        return column_range(MISTAKE, column, self.first + first, self.last)

    def own(self, column: int, first: int = 0) -> str:
        """Return the same range as a formula on this sheet writes it."""
        return self.losses(column, first).rpartition("!")[2]

    def gradient(self, side: str, parameter: str) -> str:
        """Return, for a formula, the gradient by which a parameter moves in the checked step.

        Where the update itself is wrong, that is the move over -η.
        """
        step = self.check_step
        if parameter in self._moved:
            before, after = (self.cell(side, parameter, k) for k in (step, step + 1))
            return f"({before}-{after})/{fixed(self.rate)}"
        return self.cell(side, gradient_of(parameter), step)

    def put(self, page: Page) -> None:
        """Write the table with its heads."""
        for side in SIDES:
            for name in self.table.names:
                self._put_column(page, side, name)
        for step in range(self.rows):
            row = self.first + step
            counter = "=0" if not step else f"={address(row - 1, ITERATION)}+1"
            page.put((row, ITERATION), Cell(None, counter), "iteration")
            right, wrong = (address(row, column) for column in LOSS.values())
            apart = f'=IFERROR(ABS({wrong}-{right}),"–")'
            page.put((row, APART), Cell(None, apart), "column total error")

    def _put_column(self, page: Page, side: str, name: str) -> None:
        column = self.column(side, name)
        kind = self.table.network.quantities[name].kind
        # A formula, because this is no worksheet to be judged, and the header of one is a text.
        if name != TOTAL:
            page.put((self.head, column), Cell(None, f"={self.chosen.name[name]}"), f"head {kind}")
        for step in range(self.rows):
            is_wrong = side == WRONG and self._is_wrong(name, step)
            style = "slip" if is_wrong else _STYLES.get(kind, f"column {kind}")
            formula = self._formula(side, name, step)
            page.put((self.first + step, column), Cell(None, formula), style)

    def _is_wrong(self, name: str, step: int) -> bool:
        return name in self.slip.trees and step in self.slip.trees[name].steps

    def _formula(self, side: str, name: str, step: int) -> str:
        tree = self._tree(side, name, step)
        if name == TOTAL and isinstance(tree, Name):  # of a single output: calculated here, no copy
            tree = self._tree(side, tree.name, step)
        return self._given(name, step) if tree is None else self._written(side, tree, step)

    def _tree(self, side: str, name: str, step: int) -> Expr | None:
        """Return what a quantity is calculated by, None where it is given."""
        if side == WRONG and self._is_wrong(name, step):
            return self.slip.trees[name].tree
        quantity = self.table.network.quantities[name]
        return None if not step and quantity.is_given_first else quantity.tree

    def _given(self, name: str, step: int) -> str:
        turns = self.start.turns
        of_turn = turns[step % len(turns)] if turns else {}
        return f"={of_turn.get(name) or self.start.given[name]}"

    def _written(self, side: str, tree: Expr, step: int) -> str:
        def reference(leaf: Expr) -> str:
            if not isinstance(leaf, Name):
                raise TypeError(f"no cell stands for {leaf!r}")
            if leaf.name == LEARNING_RATE:
                return fixed(self.rate)
            return self.cell(side, leaf.name, step + leaf.shift)

        return to_excel(tree, reference)

    def scientific(self) -> Iterator[tuple[Address, Address]]:
        """Yield the ranges in which small and large numbers turn scientific."""
        yield (self.first, LOSS[RIGHT]), (self.last, APART)
        for side in SIDES:
            left, right = (self.column(side, name) for name in (self.names[0], self.names[-1]))
            yield (self.first, left), (self.last, right)
