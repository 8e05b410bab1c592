"""A table whose iterations are blocks: a form for each, all alike, at equal distances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetprop.notation.address import address
from sheetprop.tables.table import Table, range_text
from sheetprop.workbooks.sheet import Address

FOREIGN = (-1, -1)
"""Line and place of a cell that is none of the table."""


@dataclass(frozen=True)
class Stacked(Table):
    """Iterations written as forms below or beside one another.

    `cells` holds the address of each line in the first of them, `headers` that of its label there;
    every further one stands by `apart`, rows and columns, further on. Places are counted from 0.
    """

    cells: tuple[Address, ...] = ()
    headers: tuple[Address, ...] = ()
    apart: Address = (1, 0)

    @cached_property
    def _where(self) -> Mapping[Address, tuple[int, int]]:
        lines = range(len(self.cells))
        return {self.at(line, place): (line, place) for line in lines for place in self.places}

    @property
    def rows(self) -> Mapping[int, int]:
        """No row is an iteration."""
        return {}

    def header_of(self, line: int) -> Address:
        """Return the address of a line's label in the first block."""
        return self.headers[line]

    def at(self, line: int, place: int) -> Address:
        """Return the address of a quantity's cell in one of the blocks."""
        row, column = self.cells[line]
        return row + place * self.apart[0], column + place * self.apart[1]

    def split(self, cell: Address) -> tuple[int, int]:
        """Return the line and the place of an address, -1 twice for any other cell."""
        return self._where.get(cell, FOREIGN)

    def place_of(self, cell: Address) -> int:
        """Return the block that an address is in, -1 for any other cell."""
        return self.split(cell)[1]

    def range_text(self, quantity: str, steps: tuple[int, int] | None = None) -> str:
        """Return the cells of a quantity, all of them unless steps are given."""
        first, last = steps or (0, self.iterations - 1)
        found = (self.cell(quantity, step) for step in range(first, last + 1))
        return ",".join(dict.fromkeys(address(*cell) for cell in found))

    @property
    def extent(self) -> str:
        """Return the range that holds all blocks with their labels."""
        cells = [*self._where, *self.headers]
        rows, columns = zip(*cells, strict=True)
        return range_text((min(rows), min(columns)), (max(rows), max(columns)))
