"""Where everything stands on the sheets of the runs, and on the overview."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.lessons.kinds.frame import BELOW
from sheetprop.lessons.kinds.logs.content import Iteration
from sheetprop.lessons.kinds.tables.row_table import RowTable
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.excel_write import to_excel
from sheetprop.rows.training_log import (
    ABOVE,
    BEST,
    BEST_EPOCH,
    GAP,
    TARGET,
    TRAINING_LOG,
)
from sheetprop.words import Words

PREFIX = "log_"
COMPUTED = (GAP, BEST, BEST_EPOCH, ABOVE)
TARGET_CELL, HEAD = (BELOW, 2), BELOW + 2
WIDTHS = {1: 24.0} | dict.fromkeys(range(2, 14), 12.5)
LAST = 11
"""The last column that texts go over."""


@dataclass(frozen=True)
class LogTable(RowTable):
    """The epochs of a run; in the first there is nothing before, which counts as 0."""

    def formula(self, row: int, name: str) -> str:
        """Return the formula of a quantity in a row."""
        if row > self.first:
            return super().formula(row, name)
        tree = self.lesson.quantities[name].tree
        assert tree is not None
        started = substitute(
            tree, lambda leaf: Number(0.0) if isinstance(leaf, Name) and leaf.shift else None
        )
        return to_excel(started, lambda leaf: self._leaf(leaf, row))

    def _leaf(self, leaf: Expr, row: int) -> str:
        return self._reference(leaf, row)


def table_of(one: Iteration, words: Words) -> LogTable:
    """Return the table of a run: what its trainer wrote, and what follows."""
    columns = (*one.columns, *COMPUTED)
    heads = tuple(words[PREFIX + name] for name in columns)
    given = [{name: one.value(row, name) for name in one.columns} for row in one.run.epochs]
    return LogTable(TRAINING_LOG, HEAD, columns, heads, {TARGET: TARGET_CELL}, given)
