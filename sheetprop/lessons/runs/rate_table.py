"""The table of a rate sheet: where each quantity stands, and the formula in every cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import column_letters, column_range, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.number_rows import NumberRows
from sheetprop.workbooks.sheet import Address, ExcelError

TITLE, RATE_ROW, NOTE, NAMES, CAPTIONS, CHARTS = 1, 2, 3, 4, 5, 6  # rows above the charts
CHART_ROWS = 13
GROUP = CHARTS + CHART_ROWS + 1
HEAD, FIRST = GROUP + 1, GROUP + 2
ITERATION, LOSS = 1, 2  # columns that stay in sight
SIDE = LOSS + 1  # the first column that does not
RATE: Address = (RATE_ROW, 2)

_LOSS_NAME = "E_total"
_THIS, _BEFORE = "\x01", "\x02"  # stand for row numbers while a formula is a pattern


@dataclass(frozen=True)
class RateTable:
    """Where everything stands on a rate sheet; alike on all of them.

    After `turns` iterations the same example comes again.
    """

    network: Network
    iterations: int
    turns: int = 1

    @cached_property
    def column(self) -> dict[str, int]:
        """Return the column of each quantity: E_total first, beside the iteration."""
        return {name: k for k, name in enumerate(self.names, LOSS)}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the quantities in the order of their columns."""
        return (_LOSS_NAME, *(name for name in self.network.quantities if name != _LOSS_NAME))

    @cached_property
    def forward(self) -> list[str]:
        """Return the quantities up to E_total, in the order in which they are calculated."""
        names = list(self.network.quantities)
        return names[: names.index(_LOSS_NAME) + 1]

    def place(self, name: str) -> int:
        """Return where a quantity stands in a row of values."""
        return self._places[name]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: k for k, name in enumerate(self.network.quantities)}

    @property
    def last(self) -> int:
        """Return the row of the last iteration."""
        return FIRST + self.iterations - 1

    @property
    def last_column(self) -> int:
        """Return the column of the last quantity."""
        return ITERATION + len(self.column)

    def range_on(self, sheet: str, name: str | None) -> str:
        """Return the range of a quantity, or of the iterations, over all rows."""
        column = ITERATION if name is None else self.column[name]
        return column_range(sheet, column, FIRST, self.last)


@dataclass(frozen=True)
class RateRun:
    """One rate: its sheet's name, its cell on Start, its value, and all rows of values."""

    sheet: str
    reference: str
    rate: float
    rows: NumberRows

    def points(self, place: int) -> tuple[float | None, ...]:
        """Return one quantity's values to draw; where the cell shows an error there is none."""
        return tuple(None if isinstance(v, ExcelError) else v for v in self.rows.column(place))


def formulas(
    table: RateTable, given: Mapping[str, str], turns: Sequence[Mapping[str, str]] = ()
) -> list[list[str]]:
    """Return the formulas of the first rows; those below only repeat the last of them.

    They are the same for every rate; `given` tells the cells of Start, `turns` those of the inputs
    and targets of each example where these come in turn: each is taken from Start once, and then
    from the row in which it came before.
    """
    names = table.names
    counter = f"={column_letters(ITERATION)}{_BEFORE}+1"
    first = "\n".join(["=0", *(_pattern(table, given, name, first=True) for name in names)])
    found = [_filled(first, FIRST).split("\n")]
    for row in range(FIRST + 1, FIRST + max(len(turns), 1)):
        own = {**given, **turns[row - FIRST]}
        lines = "\n".join([counter, *(_pattern(table, own, name) for name in names)])
        found.append(_filled(lines, row).split("\n"))
    own = {**given, **_come_again(table, len(turns))}
    further = "\n".join([counter, *(_pattern(table, own, name) for name in names)])
    return [*found, _filled(further, FIRST + len(found)).split("\n")]


def _come_again(table: RateTable, turns: int) -> dict[str, str]:
    """Return where inputs and targets stand for the row in which they come for the second time."""
    if turns < 2:
        return {}
    return {name: f"{column_letters(table.column[name])}{FIRST}" for name in table.network.data}


def longest_formula(table: RateTable, given: Mapping[str, str]) -> int:
    """Return the length of the longest formula, in the last row."""
    texts = (_pattern(table, given, name) for name in table.network.quantities)
    return max(len(_filled(text, table.last)) for text in texts)


def _filled(pattern: str, row: int) -> str:
    return pattern.replace(_THIS, str(row)).replace(_BEFORE, str(row - 1))


def _pattern(table: RateTable, given: Mapping[str, str], name: str, *, first: bool = False) -> str:
    """Return a quantity's formula with marks for the numbers of this row and the one before."""
    quantity = table.network.quantities[name]
    if quantity.tree is None or (first and quantity.is_given_first):
        return f"={given[name]}"
    return to_excel(quantity.tree, _reference(table))


def _reference(table: RateTable) -> Callable[[Expr], str]:
    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        if leaf.name == LEARNING_RATE:
            return fixed(RATE)
        return column_letters(table.column[leaf.name]) + (_BEFORE if leaf.shift else _THIS)

    return reference
