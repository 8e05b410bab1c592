"""A lesson's rows as a table: given numbers, and a formula for everything that is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetprop.lessons.kinds.kind import BLANK, FADED, WORKED
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, column_range, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

FULL = 0.25
"""The share of the rows of a faded table that are worked out whole."""


@dataclass(frozen=True)
class RowTable:
    """Where the rows of a lesson stand, and what is given in them.

    `columns` are the quantities from the first column on, each with its `heads` text; `once` the
    cells of what is given once; `given` the given numbers of each row, `start` what a first row has
    that is none of its own, None where there is no such row.
    """

    lesson: RowLesson
    head: int
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    once: Mapping[str, Address]
    given: Sequence[Mapping[str, float]]
    start: Mapping[str, str | float] | None = None

    @property
    def first(self) -> int:
        """The row of the first row of numbers, that of the start where there is one."""
        return self.head + 1

    @property
    def last(self) -> int:
        """The last row."""
        return self.head + len(self.given) + (self.start is not None)

    def column(self, name: str) -> int:
        """Return the column of a quantity."""
        return self.columns.index(name) + 1

    @property
    def body(self) -> tuple[Address, Address]:
        """Return the corners of all numbers."""
        return (self.first, 1), (self.last, len(self.columns))

    def range_on(self, sheet: str, name: str) -> str:
        """Return the cells of a quantity in all rows, as a chart refers to them."""
        return column_range(sheet, self.column(name), self.first, self.last)

    def area(self, name: str) -> str:
        """Return the cells of a quantity in all rows, as a formula on the sheet refers to them."""
        column = self.column(name)
        return f"{fixed((self.first, column))}:{fixed((self.last, column))}"

    def formula(self, row: int, name: str) -> str:
        """Return the formula of a quantity in a row."""
        held = frozenset({*self.columns, *self.once})
        shown = self.lesson.in_sheet(held).in_columns(lambda one: one.name in held)
        tree = shown.quantities[name].tree
        assert tree is not None
        return to_excel(tree, lambda leaf: self._reference(leaf, row))

    def _reference(self, leaf: Expr, row: int) -> str:
        assert isinstance(leaf, Name)
        if leaf.name in self.once:
            return fixed(self.once[leaf.name])
        return address(row + leaf.shift, self.column(leaf.name))


def put_rows(page: Page, table: RowTable, variant: str, styles: Mapping[str, str]) -> None:
    """Write headers and rows; in a blank one the answers stay empty. `styles` are the headers'."""
    for column, (name, text) in enumerate(zip(table.columns, table.heads, strict=True), 1):
        page.put((table.head, column), text, styles.get(name, "head sum"))
    page.heights[table.head] = 30
    if table.start is not None:
        for name, content in table.start.items():
            is_formula = isinstance(content, str)
            cell = Cell(None, str(content)) if is_formula else Cell(content)
            page.put((table.first, table.column(name)), cell, "formula")
    first = table.last - len(table.given) + 1
    for row, given in enumerate(table.given, first):
        _put_row(page, table, row, given, variant)
        if variant == FADED:
            _fade(page, table, row, given, row - first)


def _put_row(
    page: Page, table: RowTable, row: int, given: Mapping[str, float], variant: str
) -> None:
    for name in table.columns:
        at = row, table.column(name)
        if name in given:
            is_own = name in table.lesson.quantities  # and no number that counts rows
            page.put(at, Cell(given[name]), "input" if is_own else "iteration")
        elif variant == BLANK:
            page.styles[at] = "answer"
            page.cells[at] = Cell()
        else:
            style = "number" if variant in (WORKED, FADED) else "answer"
            page.put(at, Cell(None, table.formula(row, name)), style)


def _fade(page: Page, table: RowTable, row: int, given: Mapping[str, float], turn: int) -> None:
    """Leave out the answers that a row has no more: none in the first rows, in the last all."""
    computed = [name for name in table.columns if name not in given]
    share = (turn + 1) / max(len(table.given) - 1, 1) - FULL
    missing = round(share * len(computed) / (1 - FULL))
    for name in computed[len(computed) - min(max(missing, 0), len(computed)) :]:
        at = row, table.column(name)
        page.styles[at] = "answer"
        page.cells[at] = Cell()
