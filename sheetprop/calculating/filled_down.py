"""Recalculates formulas that were filled down by the ten thousand, a row at a time.

The engine takes a long minute and gigabytes for the three million cells of a hundred thousand
iterations. Such a sheet consists of a few formulas, each filled down: those are written as one loop
over the rows, which Python runs in a second. Whatever is not of this kind is `Irregular` and left
to the engine.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import chain, islice, pairwise
from typing import TypeAlias

from sheetprop.calculating.defined_names import Names
from sheetprop.calculating.fills import Fill, Irregular, fills_of
from sheetprop.calculating.loop_code import CALLED, FUNCTIONS, Reference, loop_tree, references_of
from sheetprop.maths.trees.code import code_of, defined
from sheetprop.maths.trees.expr import Expr
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.filled_cells import Filled, FilledCells
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value

LONG = 500
"""Rows of a fill that belongs into a loop."""

BACK = 16
"""Rows above itself that a formula may look at."""

ROUNDING = 1e-11
"""Relative difference that the order of a calculation makes, and no file keeps."""

ValueOf = Callable[[str, Address], Value]
RegionOf = Callable[[str], "Region | None"]
Numbers: TypeAlias = "array[float]"


class Region:
    """The long fills of a sheet, and all formulas beside them in the same columns.

    What stands in their rows in other columns is left to the engine. Raises `Irregular` where the
    sheet has no long fill, or too many different formulas.
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
        self.afresh()

    def afresh(self) -> Region:
        """Forget what was calculated."""
        self.values: dict[int, Numbers] = {}
        self.borrowed: dict[tuple[str, int], Numbers] = {}
        self.is_begun = self.is_calculated = False
        return self

    def rows_in(self, fills: Iterable[Fill]) -> int:
        """Return how many formulas some fills have in the region's rows."""
        pairs = ((max(f.first, self.top), min(f.last, self.bottom)) for f in fills)
        return sum(max(0, last + 1 - first) for first, last in pairs)

    def holds(self, address: Address) -> bool:
        """Whether a cell is in the region's rows and columns; if it has a formula, it is here."""
        return self.top <= address[0] <= self.bottom and address[1] in self.columns

    def value(self, address: Address) -> Value:
        """Return the value of a cell in the region: calculated, or typed."""
        row, column = address
        for fill in self.by_column[column]:
            if fill.first <= row <= fill.last:
                return self.values[column][row - self.base]
        cell = self.sheet.cells.get(address)
        return None if cell is None else cell.value

    def beside(self) -> Iterator[tuple[Address, Cell]]:
        """Yield the cells of the sheet that are not calculated here."""
        cells = self.sheet.cells
        found: Iterable[tuple[Address, Cell]] = cells.items()
        if isinstance(cells, FilledCells):
            others = (fill for fill in cells.fills if not self.holds_all(fill))
            found = chain(cells.loose.items(), *(fill.cells() for fill in others))
        return ((at, c) for at, c in found if c.formula is None or not self.holds(at))

    def holds_all(self, fill: Filled) -> bool:
        """Whether all cells of a fill are calculated here."""
        return self.holds((fill.first, fill.column)) and fill.end - 1 <= self.bottom

    def part(self, area: Area, *, stored: bool) -> Iterator[tuple[Address, Sequence[Value]]]:
        """Yield the numbers of the fills in an area of the sheet, as stored or as calculated.

        Each is a piece of a column, with the address of its first cell.
        """
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

    def differing(self) -> Iterator[tuple[Address, Value, Value]]:
        """Yield the cells with formulas in the region that store something else, with both values.

        The stored one comes first.

        Nearly all that are the same but for rounding are left out.
        """
        for fill in self.fills:
            first = max(fill.first, self.top)
            values = self.values[fill.column][first - self.base :]
            pairs = zip(self.stored[fill][first - fill.first :], values, strict=False)
            for row, (stored, value) in enumerate(pairs, first):
                is_near = stored.__class__ is float and abs(stored - value) <= ROUNDING * abs(value)
                if not is_near and stored != value:
                    yield (row, fill.column), stored, value

    def calculate(self, value_of: ValueOf, region_of: RegionOf) -> None:
        """Calculate all rows, once; `value_of` gives what stands outside of the region.

        `region_of` gives the calculated region of another sheet. Raises `Irregular` where a formula
        refers to what comes later, or has no number as value.
        """
        if self.is_begun:
            return
        self.is_begun = True
        self.region_of = region_of
        for column in self.columns:
            self.values[column] = self.given(column, value_of)
        borders = {self.top, self.bottom + 1}
        borders |= {max(self.top, fill.first) for fill in self.fills}
        borders |= {min(self.bottom, fill.last) + 1 for fill in self.fills}
        for start, stop in pairwise(sorted(borders)):
            active = [f for f in self.fills if f.first <= start and stop <= f.last + 1]
            self.run(active, start, stop, value_of)
        for column in self.columns:
            numbers = self.values[column]
            if not all(map(math.isfinite, islice(numbers, BACK, None))):
                raise Irregular
        self.borrowed.clear()
        self.is_calculated = True

    def given(self, column: int, value_of: ValueOf) -> Numbers:
        """Return a column's numbers before anything is calculated; nan stands for a text."""
        cells = self.sheet.cells
        found = array("d", bytes(8 * (self.bottom + 1 - self.base)))
        fills = self.by_column.get(column, ()) if column in self.columns else ()
        filled = [range(fill.first, fill.last + 1) for fill in fills]
        row = self.base
        while row <= self.bottom:
            inside = next((rows for rows in filled if row in rows), None)
            if inside and row >= self.top:
                row = inside.stop
                continue
            cell = cells.get((row, column))
            if cell is not None:
                value = (
                    cell.value if cell.formula is None else value_of(self.sheet.name, (row, column))
                )
                found[row - self.base] = as_number(value)
            row += 1
        return found

    def run(self, fills: list[Fill], start: int, stop: int, value_of: ValueOf) -> None:
        """Calculate the rows from `start` up to, not including, `stop`."""
        trees = {fill.column: self.tree(fill, start, stop - 1) for fill in fills}
        lines = {}
        behind: dict[int, set[int]] = {}
        for column, (tree, moves) in trees.items():
            rows = range(start, stop)
            code = {r: self.place(r, down, rows, value_of) for r, down in moves.items()}
            behind[column] = {r.column for r, down in moves.items() if down == 0} & set(trees)
            lines[column] = f"c{column}[r] = {line_of(tree, code)}"
        try:
            order = list(TopologicalSorter(behind).static_order())
        except CycleError as error:
            raise Irregular from error
        self.loop([lines[column] for column in order], start - self.base, stop - self.base)

    def tree(self, fill: Fill, start: int, end: int) -> tuple[Expr, dict[Reference, int | None]]:
        """Return a fill's tree, and for each reference how far away it is (None: it is fixed)."""
        first, last = (
            loop_tree(self.names.substituted(fill.formula.at(row, fill.column), self.sheet.name))
            for row in (start, end)
        )
        moves: dict[Reference, int | None] = {}
        for reference, down in references_of(first, last, start, end):
            if moves.setdefault(reference, down) != down:
                raise Irregular
        return first, moves

    def place(self, reference: Reference, down: int | None, rows: range, value_of: ValueOf) -> str:
        """Return the code of a reference: a place in a column, or the number in a fixed cell."""
        row, column = reference.row, reference.column
        sheet = reference.sheet or self.sheet.name
        here = sheet.casefold() == self.sheet.name.casefold()
        if down is not None and len(rows) > 1:
            if not here:
                return self.borrow(sheet, column, range(rows[0] + down, rows[-1] + down + 1), down)
            farthest = rows[0] - 1 if column in self.columns else self.bottom
            if down < -BACK or (down > 0 and rows[-1] + down > farthest):
                raise Irregular
            self.know(column, value_of)
            return f"c{column}[r{down:+d}]"
        if not here or not self.top <= row <= self.bottom:
            return constant(as_number(value_of(sheet, (row, column))))
        self.know(column, value_of)
        if row in rows and any(f.column == column and f.first <= row <= f.last for f in self.fills):
            if len(rows) > 1:
                raise Irregular
            return f"c{column}[r]"
        if row > rows[-1] and column in self.columns:
            raise Irregular
        return constant(self.values[column][row - self.base])

    def borrow(self, sheet: str, column: int, rows: range, down: int) -> str:
        """Return the code of a place in a long column of another sheet."""
        other = self.region_of(sheet)
        inside = other is not None and other.base < rows[0] and rows[-1] <= other.bottom
        if other is None or not inside or column not in other.columns:
            raise Irregular
        names = {key: f"b{number}" for number, key in enumerate(self.borrowed)}
        key = (other.sheet.name, column)
        self.borrowed[key] = other.values[column]
        return f"{names.get(key, f'b{len(names)}')}[r{down + self.base - other.base:+d}]"

    def know(self, column: int, value_of: ValueOf) -> None:
        """Have the numbers of a column that holds no formulas in the region."""
        if column not in self.values:
            self.values[column] = self.given(column, value_of)

    def loop(self, lines: list[str], start: int, stop: int) -> None:
        """Run the code of one row for many rows."""
        names = [f"c{column}" for column in self.values]
        names += [f"b{number}" for number in range(len(self.borrowed))]
        head = f"def loop({', '.join(names)}):\n for r in range({start}, {stop}):\n  "
        try:
            space = defined(head + "\n  ".join([*lines, "pass"]), FUNCTIONS)
            space["loop"](*self.values.values(), *self.borrowed.values())
        except FAILURES as error:
            raise Irregular from error


FAILURES = (ArithmeticError, ValueError, TypeError, SyntaxError, MemoryError, RecursionError)


def line_of(tree: Expr, places: Mapping[Reference, str]) -> str:
    """Return the code of a tree; `places` gives that of its references."""
    try:
        return code_of(tree, lambda leaf: places[leaf], CALLED)  # type: ignore[index]
    except KeyError as error:
        raise Irregular from error


def as_number(value: Value) -> float:
    """Return a number as it counts in a formula; not-a-number for a text or an error."""
    if value is None:
        return 0.0
    return float(value) if isinstance(value, int | float) else math.nan


def constant(value: float) -> str:
    """Return the code of a number."""
    if not math.isfinite(value):
        raise Irregular
    return f"({value!r})"
