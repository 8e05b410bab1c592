"""Long tables in a sheet: a row of formulas filled down, and the values, but no object per cell.

A run of a hundred thousand iterations has three million cells. As a mapping these are like any
others; what takes them row by row needs memory for one row.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.sheet import Address, Cell, Value

_FEW = 20  # rows: as quickly taken one by one


@runtime_checkable
class ByColumns(Protocol):
    """Rows that give what stands at one place of all of them quicker than row by row."""

    def column(self, place: int) -> Sequence[Value]:
        """Return what stands at a place of all rows."""


@dataclass(frozen=True)
class LongTable:
    """Rows of cells below one another, whose formulas are those of the first row filled down.

    It begins at the cell `first`; `rows` are the values, as many in each row as there are
    `formulas`. A number there is never nan or infinite.
    """

    first: Address
    formulas: Sequence[str]
    rows: Sequence[Sequence[Value]]

    @property
    def lines(self) -> range:
        """Return the numbers of its rows on the sheet."""
        return range(self.first[0], self.first[0] + len(self.rows))

    @property
    def columns(self) -> range:
        """Return the numbers of its columns on the sheet."""
        return range(self.first[1], self.first[1] + len(self.formulas))

    @property
    def last(self) -> Address:
        """Return its last cell."""
        return self.lines[-1], self.columns[-1]

    @cached_property
    def relative(self) -> list[RelativeFormula]:
        """Return the formulas as they may be filled down."""
        line = self.first[0]
        return [
            RelativeFormula(f, line, c) for f, c in zip(self.formulas, self.columns, strict=True)
        ]

    def __contains__(self, at: object) -> bool:
        return isinstance(at, tuple) and at[0] in self.lines and at[1] in self.columns

    def cell(self, at: Address) -> Cell:
        """Return one cell."""
        place = at[1] - self.first[1]
        return Cell(self.rows[at[0] - self.first[0]][place], self.relative[place].at(*at))

    def part(self, lines: range, columns: range) -> tuple[Address, list[Sequence[Value]]]:
        """Return the values in some rows and columns of the sheet, and where they begin."""
        top, left = max(lines[0], self.first[0]), max(columns[0], self.first[1])
        across = slice(left - self.first[1], max(columns[-1] + 1 - self.first[1], 0))
        down = range(top - self.first[0], min(lines[-1] + 1 - self.first[0], len(self.rows)))
        if len(down) > _FEW and len(self.columns[across]) == 1 and isinstance(self.rows, ByColumns):
            return (top, left), [
                (v,) for v in self.rows.column(across.start)[down.start : down.stop]
            ]
        parts = (self.rows[number][across] for number in down)
        return (top, left), [part for part in parts if part]

    def cells(self) -> Iterator[tuple[Address, Cell]]:
        """Yield all cells, row by row."""
        own = list(zip(self.columns, self.relative, strict=True))
        for line, values in zip(self.lines, self.rows, strict=True):
            for (column, formula), value in zip(own, values, strict=True):
                yield (line, column), Cell(value, formula.at(line, column))


class TableCells(Mapping[Address, Cell]):
    """The cells of a sheet with long tables: `loose` are those that stand in none of them."""

    def __init__(self, loose: Mapping[Address, Cell], tables: Sequence[LongTable]) -> None:
        self.loose = loose
        self.tables = tuple(table for table in tables if table.rows)

    def __getitem__(self, at: Address) -> Cell:
        for table in self.tables:
            if at in table:
                return table.cell(at)
        return self.loose[at]

    def __contains__(self, at: object) -> bool:
        return at in self.loose or any(at in table for table in self.tables)

    def __len__(self) -> int:
        return len(self.loose) + sum(len(t.rows) * len(t.formulas) for t in self.tables)

    def __iter__(self) -> Iterator[Address]:
        yield from self.loose
        for table in self.tables:
            yield from ((line, column) for line in table.lines for column in table.columns)

    def items(self) -> ItemsView[Address, Cell]:
        """Return all cells with their addresses, quicker than one by one."""
        return _Items(self)


class _Items(ItemsView[Address, Cell]):
    _mapping: TableCells

    def __iter__(self) -> Iterator[tuple[Address, Cell]]:
        yield from self._mapping.loose.items()
        for table in self._mapping.tables:
            yield from table.cells()


def loose_cells(cells: Mapping[Address, Cell]) -> Mapping[Address, Cell]:
    """Return the cells that stand in no long table."""
    return cells.loose if isinstance(cells, TableCells) else cells


def long_tables(cells: Mapping[Address, Cell]) -> tuple[LongTable, ...]:
    """Return the long tables among the cells of a sheet."""
    return cells.tables if isinstance(cells, TableCells) else ()


def with_loose(
    cells: Mapping[Address, Cell], loose: Mapping[Address, Cell]
) -> Mapping[Address, Cell]:
    """Return the cells with others in the place of those that stand in no long table."""
    return TableCells(loose, cells.tables) if isinstance(cells, TableCells) else loose


def corner_cells(cells: Mapping[Address, Cell]) -> Iterable[Address]:
    """Return cells that reach as far to all sides as all of them."""
    tables = long_tables(cells)
    return [*loose_cells(cells), *(t.first for t in tables), *(t.last for t in tables)]
