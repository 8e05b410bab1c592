"""A sheet's texts and the cells beside them, looked at down or across alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from sheetprop.workbooks.sheet import Address, Cell, Sheet

MOST_CELLS = 20_000
"""A larger sheet is none of a lesson of cells."""

NEAR = 2
"""So far right of its label a number may stand."""

SERIES = 3
"""So many formulas in a line are no single number and what it is checked with."""

LONGEST = 400

FEWEST_HEADERS, SEVERAL, MOST_ROWS = 5, 2, 40
"""So many headers, and rows below them, are one calculation for each row."""


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet; where it is `turned`, rows and columns are exchanged."""

    sheet: Sheet
    turned: bool = False

    @cached_property
    def cells(self) -> Mapping[Address, Cell]:
        """The cells as they are looked at."""
        if not self.turned:
            return self.sheet.cells
        return {(column, row): cell for (row, column), cell in self.sheet.cells.items()}

    def place(self, at: Address) -> Address:
        """Return the address in the sheet itself."""
        return (at[1], at[0]) if self.turned else at

    @cached_property
    def texts(self) -> Mapping[Address, str]:
        """The typed texts, row by row; long ones are prose."""
        found = {
            at: cell.value.strip()
            for at, cell in self.cells.items()
            if cell.formula is None and isinstance(cell.value, str) and len(cell.value) <= LONGEST
        }
        return dict(sorted((at, text) for at, text in found.items() if text))

    @cached_property
    def rows(self) -> Mapping[int, Mapping[int, str]]:
        """The texts of each row by their columns."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), text in self.texts.items():
            found.setdefault(row, {})[column] = text
        return found

    def is_filled(self, at: Address) -> bool:
        """Whether a cell holds a number or a formula."""
        cell = self.cells.get(at)
        if cell is None:
            return False
        is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        return cell.formula is not None or is_number

    def is_block(self, corner: Address, rows: int, columns: int) -> bool:
        """Whether all cells of a block hold numbers or formulas."""
        places = product(range(rows), range(columns))
        return all(self.is_filled((corner[0] + i, corner[1] + j)) for i, j in places)

    def is_empty(self, at: Address) -> bool:
        """Whether nothing stands in a cell."""
        cell = self.cells.get(at)
        return cell is None or (cell.formula is None and cell.value is None)

    def beside(self, at: Address) -> Address | None:
        """Return the cell that a label belongs to: right of it, or below it; None without one."""
        row, column = at
        for step in range(1, NEAR + 1):
            if self.is_filled((row, column + step)):
                return row, column + step
            if not self.is_empty((row, column + step)):
                break
        return (row + 1, column) if self.is_filled((row + 1, column)) else None

    def heads_one(self, at: Address, count: int) -> bool:
        """Whether of so many cells below a header the first alone is filled."""
        row, column = at
        return [k for k in range(1, count + 1) if self.is_filled((row + k, column))] == [1]

    def is_in_series(self, label: Address, at: Address) -> bool:
        """Whether the cell of a label is the first of several: then it heads a line of them."""
        down, right = (one - other for one, other in zip(at, label, strict=True))
        step = (1, 0) if down else (0, min(right, 1))
        following = ((at[0] + k * step[0], at[1] + k * step[1]) for k in range(SERIES))
        return all((cell := self.cells.get(one)) and cell.formula for one in following)


@dataclass(frozen=True)
class GridOfRow(Grid):
    """A line of headers and one of the rows below it, as if that stood right below them."""

    head: int = 0
    row: int = 0

    @cached_property
    def cells(self) -> Mapping[Address, Cell]:
        """The cells of both lines."""
        lines = {self.head: self.head, self.row: self.head + 1}
        whole = Grid(self.sheet, self.turned).cells
        return {(lines[r], c): cell for (r, c), cell in whole.items() if r in lines}

    def place(self, at: Address) -> Address:
        """Return the address in the sheet itself."""
        row, column = at
        return super().place((self.row if row == self.head + 1 else row, column))


def rows_in(grid: Grid) -> Iterator[list[Grid]]:
    """Yield below each line of headers its rows, where these are several with a cell for each."""
    for head, texts in grid.rows.items():
        row = head + 1
        while all(grid.is_filled((row, column)) for column in texts):
            row += 1
        if len(texts) >= FEWEST_HEADERS and SEVERAL <= row - head - 1 <= MOST_ROWS:
            yield [GridOfRow(grid.sheet, grid.turned, head, own) for own in range(head + 1, row)]


def grids(sheet: Sheet) -> Iterator[Grid]:
    """Yield a sheet as it is, and turned over, unless it is too large."""
    if len(sheet.cells) <= MOST_CELLS:
        yield Grid(sheet)
        yield Grid(sheet, turned=True)
