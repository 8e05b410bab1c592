"""The table of the Slope sheet: the forward pass for many values of the chosen weight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sheetprop.lessons.runs.rate_table import ITERATION, RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, column_letters, column_range, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.page import SLOPE, Page
from sheetprop.workbooks.sheet import Address, Cell

HEAD = 32  # row


@dataclass(frozen=True)
class Sweep:
    """Rows in which the weight goes from one side of its present value to the other."""

    first: int
    side: int

    @property
    def now(self) -> int:
        """Return the row of the present value, in the middle."""
        return self.first + self.side

    @property
    def last(self) -> int:
        """Return the last row."""
        return self.first + 2 * self.side

    def place(self, row: int) -> str:
        """Return how far from the middle a row is, from -1 to 1, as a part of a formula."""
        return f"(ROWS(B${self.first}:B{row})-{self.side + 1})/{self.side}"


WHOLE = Sweep(HEAD + 1, 20)
AFTER = WHOLE.last + 1
"""The row of the value after the step."""

CLOSE = Sweep(AFTER + 1, 8)


def columns(table: RateTable) -> list[tuple[str, int]]:
    """Return the quantities up to E_total with their columns; the weight's values come first."""
    first = ITERATION + 1
    return [(name, column) for column, name in enumerate(table.forward, first)]


def column_of(table: RateTable, name: str) -> int:
    """Return the column of a quantity."""
    return dict(columns(table))[name]


def filled(table: RateTable) -> tuple[tuple[Address, Address], ...]:
    """Return the column ranges whose formulas are filled down."""
    return tuple(
        ((sweep.first, c), (sweep.last, c))
        for sweep in (WHOLE, CLOSE)
        for c in (ITERATION, *(c for _, c in columns(table)))
    )


def swept(table: RateTable, sweep: Sweep) -> tuple[str, str]:
    """Return the ranges of the weight's values and of E_total."""
    weight, loss = (
        column_range(SLOPE, column, sweep.first, sweep.last)
        for column in (ITERATION, column_of(table, "E_total"))
    )
    return weight, loss


def put_table(
    page: Page,
    table: RateTable,
    chosen: Chosen,
    weight: Address,
    value: str,
    halves: tuple[Address, Address],
    after: str,
) -> None:
    """Write the forward pass for every value of the weight, and for the value after the step.

    `weight` is the cell with the weight's name, `value` the cell of its present value, `halves`
    are those of how far the two sweeps go to each side; `after` is that of the value after the
    step.
    """
    page.put((HEAD, ITERATION), Cell(None, f"={fixed(weight)}"), "head")
    for name, column in columns(table):
        kind = table.network.quantities[name].kind
        # A formula, because this is no table of iterations, and the header of one is a text.
        page.put((HEAD, column), Cell(None, f"={chosen.name[name]}"), f"head {kind}")
    further = [
        RelativeFormula(_formula(table, name, AFTER, chosen, weight), AFTER, column)
        for name, column in columns(table)
    ]
    for sweep, half in zip((WHOLE, CLOSE), halves, strict=True):
        for row in range(sweep.first, sweep.last + 1):
            moved = f"={value}+{fixed(half)}*{sweep.place(row)}"
            _put_row(page, row, moved, further)
    _put_row(page, AFTER, f"={after}", further)


def _put_row(page: Page, row: int, moved: str, further: Sequence[RelativeFormula]) -> None:
    """Write the weight's value, and in the columns that follow it the formulas filled down."""
    page.put((row, ITERATION), Cell(None, moved), "swept")
    for formula in further:
        page.cells[row, formula.column] = Cell(None, formula.at(row, formula.column))


def _formula(table: RateTable, name: str, row: int, chosen: Chosen, weight: Address) -> str:
    """Return a quantity's formula in one row: what is given is copied, all else is calculated."""
    quantity = table.network.quantities[name]
    if quantity.tree is None:
        return f"={chosen.value[name]}"
    if quantity.is_given_first:
        head = f"{column_letters(column_of(table, name))}${HEAD}"
        return f"=IF({fixed(weight)}={head},$A{row},{chosen.value[name]})"
    return to_excel(quantity.tree, _reference(table, row))


def _reference(table: RateTable, row: int) -> Callable[[Expr], str]:
    place = dict(columns(table))

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        return address(row, place[leaf.name])

    return reference
