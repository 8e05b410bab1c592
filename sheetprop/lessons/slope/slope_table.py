"""The table of the Slope sheet: the forward pass for many values of the chosen weight."""

from __future__ import annotations

from collections.abc import Callable

from sheetprop.lessons.runs.rate_table import ITERATION, RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.maths.expr import Expr, Name
from sheetprop.notation.address import address, column_letters, column_range, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.page import SLOPE, Page
from sheetprop.workbooks.sheet import Address, Cell

HEAD, FIRST = 32, 33  # rows
SIDE = 20
"""Points on each side of the present value."""

NOW, LAST = FIRST + SIDE, FIRST + 2 * SIDE
AFTER = LAST + 1
"""The row of the value after the step."""


def columns(table: RateTable) -> list[tuple[str, int]]:
    """Return the quantities up to E_total, each in the column it has on a rate sheet."""
    last = table.column["E_total"]
    return [(name, column) for name, column in table.column.items() if column <= last]


def filled(table: RateTable) -> tuple[tuple[Address, Address], ...]:
    """Return the column ranges whose formulas are filled down."""
    return tuple(((FIRST, c), (LAST, c)) for c in (ITERATION, *(c for _, c in columns(table))))


def swept(table: RateTable) -> tuple[str, str]:
    """Return the ranges of the weight's values and of E_total."""
    places = (ITERATION, table.column["E_total"])
    return tuple(column_range(SLOPE, column, FIRST, LAST) for column in places)  # type: ignore[return-value]


def put_table(
    page: Page, table: RateTable, chosen: Chosen, weight: Address, value: str, after: str
) -> None:
    """Write the forward pass for every value of the weight, and for the value after the step.

    `weight` is the cell with the weight's name, `value` the formula of its value in a row as far
    from the middle as ``{place}`` tells, from -1 to 1, `after` the formula of that after the step.
    """
    page.put((HEAD, ITERATION), Cell(None, f"={fixed(weight)}"), "head")
    for name, column in columns(table):
        kind = table.network.quantities[name].kind
        # A formula, because this is no table of iterations, and the header of one is a text.
        page.put((HEAD, column), Cell(None, f"={chosen.name[name]}"), f"head {kind}")
    for row in range(FIRST, AFTER + 1):
        place = f"(ROWS(B${FIRST}:B{row})-{SIDE + 1})/{SIDE}"
        moved = value.format(place=place) if row < AFTER else after
        page.put((row, ITERATION), Cell(None, moved), "swept")
        for name, column in columns(table):
            page.cells[row, column] = Cell(None, _formula(table, name, row, chosen, weight))


def _formula(table: RateTable, name: str, row: int, chosen: Chosen, weight: Address) -> str:
    """Return a quantity's formula in one row: what is given is copied, all else is calculated."""
    quantity = table.network.quantities[name]
    if quantity.tree is None:
        return f"={chosen.value[name]}"
    if quantity.is_given_first:
        head = f"{column_letters(table.column[name])}${HEAD}"
        return f"=IF({fixed(weight)}={head},$A{row},{chosen.value[name]})"
    return to_excel(quantity.tree, _reference(table, row))


def _reference(table: RateTable, row: int) -> Callable[[Expr], str]:
    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        return address(row, table.column[leaf.name])

    return reference
