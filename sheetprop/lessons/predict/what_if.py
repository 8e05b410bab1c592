"""The evidence on Predict: the chosen step with something else given, and one update after it.

A row for each quantity; for each what-if a column as it is and a column after the update.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetprop.lessons.start.chosen import Chosen
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE, PREVIOUS
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

NAME, NOW = 1, 2  # columns of what each quantity is called, and of its value in the chosen step


@dataclass(frozen=True)
class WhatIf:
    """One what-if: `first` is its first column, `top` the row of η, below which all else stands.

    `given` are the formulas of what is given otherwise, `rate` that of η.
    """

    network: Network
    chosen: Chosen
    top: int
    first: int
    given: Mapping[str, str]
    rate: str

    def cell(self, name: str, *, is_after: bool) -> str:
        """Return the cell of a quantity, before or after the update."""
        return address(*self._place(name, self.first + is_after))

    def _place(self, name: str, column: int) -> Address:
        if name == LEARNING_RATE:
            return self.top, column
        return self.top + 1 + list(self.network.quantities).index(name), column

    def put(self, page: Page) -> None:
        """Write both columns."""
        for column, formula in ((self.first, self.rate), (self.first + 1, None)):
            text = formula or f"={address(self.top, self.first)}"
            page.put((self.top, column), Cell(None, text), "maths value")
        for name in self.network.quantities:
            for is_after in (False, True):
                at = self._place(name, self.first + is_after)
                page.put(at, Cell(None, self._formula(name, is_after=is_after)), "maths value")

    def _formula(self, name: str, *, is_after: bool) -> str:
        quantity = self.network.quantities[name]
        if is_after and quantity.tree is None:
            return f"={self.cell(name, is_after=False)}"
        if quantity.tree is None or (not is_after and quantity.is_given_first):
            return self.given.get(name, f"={address(*self._place(name, NOW))}")

        def reference(leaf: Expr) -> str:
            if not isinstance(leaf, Name):
                raise TypeError(f"no cell stands for {leaf!r}")
            return self.cell(leaf.name, is_after=is_after and leaf.shift != PREVIOUS)

        return to_excel(quantity.tree, reference)


def put_now(page: Page, network: Network, chosen: Chosen, top: int) -> int:
    """Write names and values of the chosen step, η first; return the row below."""
    for row, name in enumerate((LEARNING_RATE, *network.quantities), top):
        # A formula, because these are no labels of somebody's own calculation.
        page.put((row, NAME), Cell(None, f"={chosen.name[name]}"), "maths name")
        page.put((row, NOW), Cell(None, f"={chosen.value[name]}"), "maths value")
    return top + 1 + len(network.quantities)
