"""Tables in blocks: some quantities in rows of their own, or each iteration a block of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sheetprop.notation.address import address
from sheetprop.tables.table import NOWHERE, Table, range_text
from sheetprop.workbooks.sheet import Address

FOREIGN = (-1, -1)
"""Line and place of a cell that is none of the table."""


@dataclass(frozen=True)
class Blocks(Table):
    """A table some of whose lines begin in another row than the rest.

    `moved` gives, for each such line, its column and by how many rows it stands further down. Its
    number in `lines` stands for it alone.
    """

    moved: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def _line_at(self) -> Mapping[tuple[int, int], int]:
        return {where: line for line, where in self.moved.items()}

    @property
    def rows(self) -> Mapping[int, int]:
        """No row is a whole iteration."""
        return {}

    def lines_at(self, place: int, cells: Iterable[Address]) -> Iterator[int]:
        """Yield the line of each of a sheet's cells that belongs to an iteration."""
        return (line for line, own in map(self.split, cells) if own == place)

    @property
    def span(self) -> range:
        """The columns from the first to the last quantity that was not moved."""
        own = [line for line in self.lines.values() if line not in self.moved]
        return range(min(own, default=1), max(own, default=0) + 1)

    def at(self, line: int, place: int) -> Address:
        """Return the address of a place (row of an iteration) on a line (column of a quantity)."""
        column, further = self.moved.get(line, (line, 0))
        row = place + further
        return (column, row) if self.is_across else (row, column)

    def split(self, cell: Address) -> tuple[int, int]:
        """Return the line and the place of an address."""
        row, column = cell[::-1] if self.is_across else cell
        for further in {further for _, further in self.moved.values()}:
            line = self._line_at.get((column, further))
            if line is not None and row - further in self.step_of:
                return line, row - further
        return column, row

    @property
    def extent(self) -> str:
        """Return the range that holds all blocks with their headers."""
        places = (self.header, *self.places)
        cells = [self.at(line, place) for line in self.lines.values() for place in places]
        rows, columns = zip(*cells, strict=True)
        return range_text((min(rows), min(columns)), (max(rows), max(columns)))


@dataclass(frozen=True)
class Stacked(Table):
    """Iterations written as forms below or beside one another.

    `cells` holds the address of each line in the first of them, `headers` that of its label there;
    every further one stands by `apart`, rows and columns, further on. Places are counted from 0.
    With `ends` the last place is none of them, but where the weights just updated stand, and
    `NOWHERE` for all other lines.
    """

    cells: tuple[Address, ...] = ()
    headers: tuple[Address, ...] = ()
    apart: Address = (1, 0)
    ends: tuple[Address, ...] = ()

    @cached_property
    def _where(self) -> Mapping[Address, tuple[int, int]]:
        lines = range(len(self.cells))
        found = {self.at(line, place): (line, place) for line in lines for place in self.places}
        return {cell: where for cell, where in found.items() if cell != NOWHERE}

    @property
    def whole_iterations(self) -> int:
        """How many of them show every quantity, not only weights just updated."""
        return self.iterations - bool(self.ends)

    @property
    def rows(self) -> Mapping[int, int]:
        """No row is an iteration."""
        return {}

    def lines_at(self, place: int, cells: Iterable[Address]) -> Iterator[int]:
        """Yield the line of each of a sheet's cells that belongs to an iteration."""
        return (line for line, own in map(self.split, cells) if own == place)

    @property
    def span(self) -> range:
        """Every line: the cells of a block stand wherever their labels are."""
        return range(len(self.cells))

    def header_of(self, line: int) -> Address:
        """Return the address of a line's label in the first block."""
        return self.headers[line]

    def at(self, line: int, place: int) -> Address:
        """Return the address of a quantity's cell in one of the blocks."""
        if not 0 <= line < len(self.cells):
            return NOWHERE
        if self.ends and place == self.places[-1]:
            return self.ends[line]
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
        return ",".join(dict.fromkeys(address(*cell) for cell in found if cell != NOWHERE))

    @property
    def extent(self) -> str:
        """Return the range that holds all blocks with their labels."""
        cells = [*self._where, *self.headers]
        rows, columns = zip(*cells, strict=True)
        return range_text((min(rows), min(columns)), (max(rows), max(columns)))
