"""A table in two blocks: some quantities stand in rows of their own, above or below the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sheetprop.tables.table import Table, range_text
from sheetprop.workbooks.sheet import Address


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
