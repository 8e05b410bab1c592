"""The table of a rate sheet: where each quantity stands, and the formula in every cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetprop.maths.expr import Expr, Name
from sheetprop.maths.network import LEARNING_RATE, Network
from sheetprop.notation.address import column_letters, column_range, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.number_rows import NumberRows
from sheetprop.workbooks.sheet import Address, ExcelError

TITLE, RATE_ROW, GROUP, HEAD, FIRST = 1, 2, 4, 5, 6  # rows
ITERATION = 1  # column
RATE: Address = (RATE_ROW, 2)

_THIS, _BEFORE = "\x01", "\x02"  # stand for row numbers while a formula is a pattern


@dataclass(frozen=True)
class RateTable:
    """Where everything stands on a rate sheet; alike on all of them."""

    network: Network
    iterations: int

    @cached_property
    def column(self) -> dict[str, int]:
        """Return the column of each quantity."""
        return {name: k for k, name in enumerate(self.network.quantities, ITERATION + 1)}

    def place(self, name: str) -> int:
        """Return where a quantity stands in a row of values."""
        return self.column[name] - ITERATION - 1

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


def formulas(table: RateTable, given: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the formulas of the first row and of the second, which those below only repeat.

    They are the same for every rate; `given` tells the cells of Start.
    """
    names = table.network.quantities
    counter = f"={column_letters(ITERATION)}{_BEFORE}+1"
    first = "\n".join(["=0", *(_pattern(table, given, name, first=True) for name in names)])
    further = "\n".join([counter, *(_pattern(table, given, name) for name in names)])
    return _filled(first, FIRST).split("\n"), _filled(further, FIRST + 1).split("\n")


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
