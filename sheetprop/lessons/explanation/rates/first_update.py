"""What the first update of a run promises and brings, both of the first row's example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sheetprop.lessons.runs.rate_table import FIRST as RUN_FIRST
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.maths.names import WEIGHT_DECAY, gradient_of
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address, fixed, on
from sheetprop.notation.excel_write import to_excel
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Cell


@dataclass(frozen=True)
class FirstUpdate:
    """The first update of a run; `rate` is the cell of its learning rate."""

    table: RateTable
    run: RateRun
    rate: str

    @property
    def move(self) -> str:
        """Return the formula of the largest move of a weight."""
        # SUMPRODUCT makes arrays of ranges; ABS of one is not known to all that calculate.
        ends = ("SUMPRODUCT(MAX({}))", "-SUMPRODUCT(MIN({}))")
        moves = [end.format(pull) for pull in self._pulls() for end in ends]
        if self._decays:
            return f"{self.rate}*MAX({','.join(moves)})"
        gradients = self._all_gradients
        return f"{self.rate}*MAX(MAX({gradients}),-MIN({gradients}))"

    @property
    def promised(self) -> str:
        """Return the formula of the change of E_total that the slope promises."""
        if not self._decays:
            return f"-{self.rate}*SUMSQ({self._all_gradients})"
        groups = zip(self._groups(), self._pulls(), strict=True)
        terms = [f"SUMPRODUCT({gradients}*({pull}))" for (gradients, _), pull in groups]
        return f"-{self.rate}*({'+'.join(terms)})"

    @property
    def _decays(self) -> bool:
        return WEIGHT_DECAY in self.table.network.settings

    @property
    def _all_gradients(self) -> str:
        columns = [self._column(gradient_of(name)) for name in self.table.network.parameters]
        return self._row(min(columns), max(columns))

    def _pulls(self) -> Iterator[str]:
        """Yield what parameters go down by, in groups whose columns are neighbours."""
        decay = on(self.run.sheet, (RUN_FIRST, self._column(WEIGHT_DECAY))) if self._decays else ""
        for gradients, weights in self._groups():
            yield f"{gradients}+{decay}*{weights}" if weights else gradients

    def _groups(self) -> Iterator[tuple[str, str]]:
        """Yield neighbouring gradients, and the weights that decay with them or nothing."""
        network = self.table.network
        decaying = set(network.weights) if self._decays else set[str]()
        pairs = [
            (self._column(gradient_of(name)), self._column(name), name in decaying)
            for name in network.parameters
        ]
        for _, group in groupby(enumerate(pairs), self._neighbours):
            members = [pair for _, pair in group]
            gradients = self._row(members[0][0], members[-1][0])
            weights = self._row(members[0][1], members[-1][1])
            yield gradients, weights if members[0][2] else ""

    @staticmethod
    def _neighbours(numbered: tuple[int, tuple[int, int, bool]]) -> tuple[int, int, bool]:
        number, (gradient, weight, decays) = numbered
        return gradient - number, weight - number, decays

    def _column(self, name: str) -> int:
        return self.table.column[name]

    def _row(self, first: int, last: int) -> str:
        """Return a range of the run's first row."""
        return f"{on(self.run.sheet, (RUN_FIRST, first))}:{fixed((RUN_FIRST, last))}"

    def came(self, data: Page, column: int) -> str:
        """Return the formula of the change of E_total that came.

        Where examples come in turn, the second row shows another one: E_total of the first with
        the weights of the second row is put on the sheet Data, in a column of its own.
        """
        loss = self._column("E_total")
        if self.table.iterations == 1:
            return "NA()"
        second = RUN_FIRST + 1
        first = on(self.run.sheet, (RUN_FIRST, loss))
        if self.table.turns == 1:
            return f"{on(self.run.sheet, (second, loss))}-{first}"
        return f"{on(DATA, self._put_again(data, column, second))}-{first}"

    def _put_again(self, data: Page, column: int, second: int) -> tuple[int, int]:
        """Write the forward pass of the first example after the update; return where E_total is."""
        places = {name: (row, column) for row, name in enumerate(self.table.forward, _TOP)}

        def reference(leaf: Expr) -> str:
            if not isinstance(leaf, Name):
                raise TypeError(f"no cell stands for {leaf!r}")
            return address(*places[leaf.name])

        for name, at in places.items():
            quantity = self.table.network.quantities[name]
            if quantity.tree is None or quantity.is_given_first:
                row = RUN_FIRST if quantity.tree is None else second
                text = f"={on(self.run.sheet, (row, self._column(name)))}"
            else:
                text = to_excel(quantity.tree, reference)
            data.put(at, Cell(None, text), "formula")
        return places["E_total"]


_TOP = 4
"""The row of the first quantity on the sheet Data, below the heads."""
