"""One iteration written as a form instead of a table: each quantity in a cell of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sheetprop.notation.address import address
from sheetprop.tables.table import NOWHERE, Table, range_text
from sheetprop.workbooks.sheet import Address


@dataclass(frozen=True)
class Form(Table):
    """One iteration written as a form: each quantity in a cell beside its label, anywhere.

    `cells` holds, for each line in turn, the address in this iteration and (for what is updated)
    in the next, `NOWHERE` where there is none. Its two places are 0 and 1. There may be more lines
    than quantities: cells under a label that another cell has too. `headers` are where the labels
    stand.
    """

    cells: tuple[tuple[Address, Address], ...] = ()
    headers: tuple[Address, ...] = ()

    @property
    def span(self) -> range:
        """Every line: the cells of a form stand wherever their labels are."""
        return range(len(self.cells))

    def header_of(self, line: int) -> Address:
        """Return the address of a line's label."""
        return self.headers[line]

    def called(self, names: Mapping[str, str]) -> Form:
        """Return the form with the cells of each of `names` called what it is mapped to.

        A cell of the next iteration stays with its quantity where only one of the two has one.
        """
        cells, headers = list(self.cells), list(self.headers)
        for name, other in names.items():
            old, new = self.lines[name], self.lines[other]
            (now, later), stays = self.cells[old], self.cells[new][1]
            cells[new] = (now, stays if NOWHERE in (later, stays) else later)
            headers[new] = self.headers[old]
        labels = self._labels_called(names)
        return replace(self, cells=tuple(cells), headers=tuple(headers), labels=labels)

    def readings(self, names: Mapping[str, str]) -> list[Table]:
        """Return the form with other names for some cells, and for those of this iteration alone.

        The cells of the next one have labels of their own, which may well be right.
        """
        called = self.called(names)
        cells = tuple(
            (now, later) for (now, _), (_, later) in zip(called.cells, self.cells, strict=True)
        )
        return [called, replace(called, cells=cells)]

    @cached_property
    def _where(self) -> Mapping[Address, tuple[int, int]]:
        return {
            address: (line, place)
            for line, pair in enumerate(self.cells)
            for place, address in enumerate(pair)
            if address != NOWHERE
        }

    @property
    def rows(self) -> Mapping[int, int]:
        """No row is an iteration."""
        return {}

    @property
    def whole_iterations(self) -> int:
        """How many iterations show every quantity: one."""
        return 1

    def at(self, line: int, place: int) -> Address:
        """Return the address of a quantity's cell."""
        return self.cells[line][place] if 0 <= line < len(self.cells) else NOWHERE

    def split(self, cell: Address) -> tuple[int, int]:
        """Return the line and the place of an address, -1 twice for any other cell."""
        return self._where.get(cell, (-1, -1))

    def range_text(self, quantity: str, steps: tuple[int, int] | None = None) -> str:
        """Return the cell of a quantity, this iteration's unless steps are given."""
        first, last = steps or (0, 0)
        found = [self.cell(quantity, step) for step in range(first, last + 1)]
        return ",".join(address(*cell) for cell in found if cell != NOWHERE)

    @property
    def extent(self) -> str:
        """Return the range that holds all cells of the form."""
        rows = [row for row, _ in self._where]
        columns = [column for _, column in self._where]
        return range_text((min(rows), min(columns)), (max(rows), max(columns)))
