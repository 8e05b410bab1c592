"""Calculates a region, a row at a time.

The engine takes a long minute and gigabytes for the three million cells of a hundred thousand
iterations. A region's few formulas are written as one loop over its rows, which Python runs in a
second. Whatever is not of this kind is `Irregular` and left to the engine.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import islice, pairwise

from sheetprop.calculating.loops.fills import Fill, Irregular
from sheetprop.calculating.loops.loop_code import (
    CALLED,
    FUNCTIONS,
    Reference,
    loop_tree,
    references_of,
)
from sheetprop.calculating.loops.region import BACK, Numbers, Region
from sheetprop.maths.trees.code import code_of, defined
from sheetprop.maths.trees.expr import Expr
from sheetprop.workbooks.sheet import Address, Value

ValueOf = Callable[[str, Address], Value]
RegionOf = Callable[[str], Region | None]


def calculate(region: Region, value_of: ValueOf, region_of: RegionOf) -> None:
    """Calculate all rows of a region, once; `value_of` gives what stands outside of it.

    `region_of` gives the calculated region of another sheet. Raises `Irregular` where a formula
    refers to what comes later, or has no number as value.
    """
    if region.is_begun:
        return
    region.is_begun = True
    _Loop(region, value_of, region_of).calculate()
    region.is_calculated = True


class _Loop:
    """A region, and the columns of others that its formulas have borrowed so far."""

    def __init__(self, region: Region, value_of: ValueOf, region_of: RegionOf) -> None:
        self.region = region
        self.value_of = value_of
        self.region_of = region_of
        self.borrowed: dict[tuple[str, int], Numbers] = {}

    def calculate(self) -> None:
        """Calculate all rows."""
        region = self.region
        for column in region.columns:
            region.values[column] = self.given(column)
        borders = {region.top, region.bottom + 1}
        borders |= {max(region.top, fill.first) for fill in region.fills}
        borders |= {min(region.bottom, fill.last) + 1 for fill in region.fills}
        for start, stop in pairwise(sorted(borders)):
            active = [f for f in region.fills if f.first <= start and stop <= f.last + 1]
            self.run(active, start, stop)
        for column in region.columns:
            numbers = region.values[column]
            if not all(map(math.isfinite, islice(numbers, BACK, None))):
                raise Irregular

    def given(self, column: int) -> Numbers:
        """Return a column's numbers before anything is calculated; nan stands for a text."""
        region = self.region
        cells = region.sheet.cells
        found = array("d", bytes(8 * (region.bottom + 1 - region.base)))
        fills = region.by_column.get(column, ()) if column in region.columns else ()
        filled = [range(fill.first, fill.last + 1) for fill in fills]
        row = region.base
        while row <= region.bottom:
            inside = next((rows for rows in filled if row in rows), None)
            if inside and row >= region.top:
                row = inside.stop
                continue
            cell = cells.get((row, column))
            if cell is not None:
                at = (row, column)
                has_value = cell.formula is None
                value = cell.value if has_value else self.value_of(region.sheet.name, at)
                found[row - region.base] = as_number(value)
            row += 1
        return found

    def run(self, fills: list[Fill], start: int, stop: int) -> None:
        """Calculate the rows from `start` up to, not including, `stop`."""
        trees = {fill.column: self.tree(fill, start, stop - 1) for fill in fills}
        lines = {}
        behind: dict[int, set[int]] = {}
        for column, (tree, moves) in trees.items():
            rows = range(start, stop)
            code = {r: self.place(r, down, rows) for r, down in moves.items()}
            behind[column] = {r.column for r, down in moves.items() if down == 0} & set(trees)
            lines[column] = f"c{column}[r] = {line_of(tree, code)}"
        try:
            order = list(TopologicalSorter(behind).static_order())
        except CycleError as error:
            raise Irregular from error
        base = self.region.base
        self.loop([lines[column] for column in order], start - base, stop - base)

    def tree(self, fill: Fill, start: int, end: int) -> tuple[Expr, dict[Reference, int | None]]:
        """Return a fill's tree, and for each reference how far away it is (None: it is fixed)."""
        region = self.region
        here = region.sheet.name
        first, last = (
            loop_tree(region.names.substituted(fill.formula.at(row, fill.column), here))
            for row in (start, end)
        )
        moves: dict[Reference, int | None] = {}
        for reference, down in references_of(first, last, start, end):
            if moves.setdefault(reference, down) != down:
                raise Irregular
        return first, moves

    def place(self, reference: Reference, down: int | None, rows: range) -> str:
        """Return the code of a reference: a place in a column, or the number in a fixed cell."""
        region = self.region
        row, column = reference.row, reference.column
        sheet = reference.sheet or region.sheet.name
        here = sheet.casefold() == region.sheet.name.casefold()
        if down is not None and len(rows) > 1:
            if not here:
                return self.borrow(sheet, column, range(rows[0] + down, rows[-1] + down + 1), down)
            farthest = rows[0] - 1 if column in region.columns else region.bottom
            if down < -BACK or (down > 0 and rows[-1] + down > farthest):
                raise Irregular
            self.know(column)
            return f"c{column}[r{down:+d}]"
        if not here or not region.top <= row <= region.bottom:
            return constant(as_number(self.value_of(sheet, (row, column))))
        self.know(column)
        own = (fill for fill in region.fills if fill.column == column)
        if row in rows and any(fill.first <= row <= fill.last for fill in own):
            if len(rows) > 1:
                raise Irregular
            return f"c{column}[r]"
        if row > rows[-1] and column in region.columns:
            raise Irregular
        return constant(region.values[column][row - region.base])

    def borrow(self, sheet: str, column: int, rows: range, down: int) -> str:
        """Return the code of a place in a long column of another sheet."""
        other = self.region_of(sheet)
        inside = other is not None and other.base < rows[0] and rows[-1] <= other.bottom
        if other is None or not inside or column not in other.columns:
            raise Irregular
        names = {key: f"b{number}" for number, key in enumerate(self.borrowed)}
        key = (other.sheet.name, column)
        self.borrowed[key] = other.values[column]
        return f"{names.get(key, f'b{len(names)}')}[r{down + self.region.base - other.base:+d}]"

    def know(self, column: int) -> None:
        """Have the numbers of a column that holds no formulas in the region."""
        if column not in self.region.values:
            self.region.values[column] = self.given(column)

    def loop(self, lines: list[str], start: int, stop: int) -> None:
        """Run the code of one row for many rows."""
        names = [f"c{column}" for column in self.region.values]
        names += [f"b{number}" for number in range(len(self.borrowed))]
        head = f"def loop({', '.join(names)}):\n for r in range({start}, {stop}):\n  "
        try:
            space = defined(head + "\n  ".join([*lines, "pass"]), FUNCTIONS)
            space["loop"](*self.region.values.values(), *self.borrowed.values())
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
