"""The part of a sheet that consists of a few formulas, each filled down by the ten thousand."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from sheetprop.calculating.defined_names import Names
from sheetprop.calculating.loops.fills import Fill, Irregular, fills_of
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.filled_cells import Filled, FilledCells
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value

LONG = 500
"""Rows of a fill that belongs into a loop."""

BACK = 16
"""Rows above itself that a formula may look at."""

MOST = 1e300
"""Numbers below this are finite in every program."""

ROUNDING = 1e-11
"""Relative difference that the order of a calculation makes, and no file keeps."""

Numbers: TypeAlias = "array[float]"


class Region:
    """The long fills of a sheet, and all formulas beside them in the same columns.

    So are the columns of numbers in their rows, `typed`, of which the engine is given no more than
    it needs: it takes a kilobyte for each. What else stands in their rows is left to it. Raises
    `Irregular` where the sheet has no long fill, or too many different formulas.
    """

    def __init__(self, sheet: Sheet, names: Names) -> None:
        self.sheet = sheet
        self.names = names
        self.stored = dict(fills_of(sheet))
        self.by_column: dict[int, list[Fill]] = {}
        for fill in self.stored:
            self.by_column.setdefault(fill.column, []).append(fill)
        long = [fill for fill in self.stored if fill.last - fill.first >= LONG]
        if not long:
            raise Irregular
        self.top = min(fill.first for fill in long)
        self.bottom = max(fill.last for fill in long)
        self.columns = {fill.column for fill in long}
        self.columns |= {c for c, fills in self.by_column.items() if self.rows_in(fills) >= LONG}
        self.fills = [
            fill
            for fill in self.stored
            if fill.column in self.columns and fill.first <= self.bottom and fill.last >= self.top
        ]
        self.base = self.top - BACK
        self.typed = frozenset(self._typed())
        self.afresh()

    def _typed(self) -> Iterator[int]:
        """Return the columns that hold nothing but numbers in the region's rows, and many."""
        cells = self.sheet.cells
        loose = cells.loose if isinstance(cells, FilledCells) else cells
        others = {column for column, fills in self.by_column.items() if self.rows_in(fills)}
        counts: Counter[int] = Counter()
        for (row, column), (value, formula, _) in loose.items():
            if self.top <= row <= self.bottom:
                if formula is None and type(value) in (float, int) and abs(value) < MOST:  # type: ignore[arg-type]
                    counts[column] += 1
                else:
                    others.add(column)
        return (column for column in counts if counts[column] >= LONG and column not in others)

    def afresh(self) -> Region:
        """Forget what was calculated."""
        self.values: dict[int, Numbers] = {}
        self.is_begun = self.is_calculated = False
        return self

    def rows_in(self, fills: Iterable[Fill]) -> int:
        """Return how many formulas some fills have in the region's rows."""
        pairs = ((max(f.first, self.top), min(f.last, self.bottom)) for f in fills)
        return sum(max(0, last + 1 - first) for first, last in pairs)

    def holds(self, address: Address) -> bool:
        """Whether a cell is in the region's rows and columns; if it has a formula, it is here."""
        return self.top <= address[0] <= self.bottom and address[1] in self.columns

    def knows(self, address: Address) -> bool:
        """Whether a cell is in the region's rows and columns, or in those of numbers."""
        row, column = address
        return self.top <= row <= self.bottom and (column in self.columns or column in self.typed)

    def value(self, address: Address) -> Value:
        """Return the value of a cell that the region knows: calculated, or typed."""
        row, column = address
        if column in self.typed:
            return self.number(address)
        for fill in self.by_column[column]:
            if fill.first <= row <= fill.last:
                return self.values[column][row - self.base]
        cell = self.sheet.cells.get(address)
        return None if cell is None else cell.value

    def number(self, address: Address) -> float | None:
        """Return the number in a cell of a column of numbers, None where it is empty."""
        cell = self.sheet.cells.get(address)
        return None if cell is None else float(cell.value)  # type: ignore[arg-type]

    def beside(self) -> Iterator[tuple[Address, Cell]]:
        """Yield the cells of the sheet that are not calculated here, nor numbers known here."""
        cells = self.sheet.cells
        found: Iterable[tuple[Address, Cell]] = cells.items()
        if isinstance(cells, FilledCells):
            others = (fill for fill in cells.fills if not self.holds_all(fill))
            found = chain(cells.loose.items(), *(fill.cells() for fill in others))
        return (
            (at, c)
            for at, c in found
            if not (self.knows(at) and (c.formula is not None or at[1] in self.typed))
        )

    def holds_all(self, fill: Filled) -> bool:
        """Whether all cells of a fill are calculated here."""
        return self.holds((fill.first, fill.column)) and fill.end - 1 <= self.bottom

    def part(self, area: Area, *, stored: bool) -> Iterator[tuple[Address, Sequence[Value]]]:
        """Yield the numbers that are known in an area of the sheet, as stored or as calculated.

        Each is a piece of a column, with the address of its first cell.
        """
        yield from self._typed_part(area)
        for fill in self.fills:
            first = max(fill.first, self.top, area.top)
            last = min(fill.last, self.bottom, area.bottom)
            if fill.column not in area.columns or first > last:
                continue
            found: Sequence[Value]
            if stored:
                found = self.stored[fill][first - fill.first : last + 1 - fill.first]
            else:
                found = self.values[fill.column][first - self.base : last + 1 - self.base]
            yield (first, fill.column), found

    def _typed_part(self, area: Area) -> Iterator[tuple[Address, Sequence[Value]]]:
        rows = range(max(self.top, area.top), min(self.bottom, area.bottom) + 1)
        for column in self.typed.intersection(area.columns) if rows else ():
            numbers = [self.number((row, column)) for row in rows]
            yield (rows[0], column), numbers

    def differing(self, rows: range) -> Iterator[tuple[Address, Value, Value]]:
        """Yield the cells with formulas in the region that store something else, with both values.

        The stored one comes first. Looked at are the cells in some rows of the sheet only.

        Nearly all that are the same but for rounding are left out.
        """
        for fill in self.fills:
            first = max(fill.first, self.top, rows.start)
            end = min(fill.last + 1, self.bottom + 1, rows.stop)
            if first >= end:
                continue
            values = self.values[fill.column][first - self.base : end - self.base]
            pairs = zip(self.stored[fill][first - fill.first :], values, strict=False)
            for row, (stored, value) in enumerate(pairs, first):
                is_near = stored.__class__ is float and abs(stored - value) <= ROUNDING * abs(value)
                if not is_near and stored != value:
                    yield (row, fill.column), stored, value
