"""Short runs with other learning rates, on the sheet Data beside the step they start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sheetprop.lessons.start.chosen import Chosen
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE, PREVIOUS
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, fixed, on
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Address, Cell

STEPS = 4
"""Updates of a run."""


@dataclass(frozen=True)
class TrialRun:
    """A run on the sheet Data: a column for each step, a row for each quantity.

    The chosen step is its start; `first` is the column of the step after it.
    """

    network: Network
    chosen: Chosen
    first: int

    def cell(self, name: str, step: int) -> str:
        """Return the cell of a quantity after some updates, as another sheet writes it."""
        row, column = self._place(name, step)
        return on(DATA, (row, column))

    def _place(self, name: str, step: int) -> Address:
        row = int(self.chosen.value[name].rpartition("$")[2])
        quantity = self.network.quantities.get(name)
        stays = quantity is not None and quantity.tree is None
        return row, _VALUE if stays or step == 0 else self.first + step - 1

    def put(self, page: Page, rate: str) -> None:
        """Write the run; `rate` is the cell of its learning rate."""
        for step in range(1, STEPS + 1):
            row, column = self._place(LEARNING_RATE, step)
            page.put((row, column), Cell(None, f"={rate}"), "formula")
            for name, quantity in self.network.quantities.items():
                if quantity.tree is not None:
                    formula = to_excel(quantity.tree, partial(self._here, step))
                    page.put(self._place(name, step), Cell(None, formula), "formula")

    def _here(self, step: int, leaf: Expr) -> str:
        name = leaf.name if isinstance(leaf, Name) else str(leaf)
        before = isinstance(leaf, Name) and leaf.shift == PREVIOUS
        place = self._place(name, step - 1 if before else step)
        return fixed(place) if place[1] == _VALUE else address(*place)


_VALUE = 2  # column
