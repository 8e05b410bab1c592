"""Recalculates formulas that were filled down by the ten thousand, a row at a time.

The engine takes a long minute and gigabytes for the three million cells of a hundred thousand
iterations. Such a sheet consists of a few formulas, each filled down: those are written as one loop
over the rows, which Python runs in a second. Whatever is not of this kind is `Irregular` and left
to the engine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import islice, pairwise
from operator import itemgetter, le

from sheetprop.calculating.defined_names import Names
from sheetprop.calculating.fills import Fill
from sheetprop.calculating.loop_code import CALLED, FUNCTIONS, Irregular, Reference, references_of
from sheetprop.errors import FormulaError
from sheetprop.maths.code import code_of, defined
from sheetprop.maths.expr import Expr
from sheetprop.notation.excel_parse import parse
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value

MOST_FILLS = 400
LONG = 500
"""Rows of a fill that belongs into a loop."""

BACK = 16
"""Rows above itself that a formula may look at."""

ROUNDING = 1e-11
"""Relative difference that the order of a calculation makes, and no file keeps."""

ValueOf = Callable[[str, Address], Value]


class Region:
    """The rows of a sheet in which long fills stand; every formula in them is calculated here.

    Raises `Irregular` where the sheet has none, or too many different formulas.
    """

    def __init__(self, sheet: Sheet, names: Names) -> None:
        self.sheet = sheet
        self.names = names
        self.stored = dict(fills_of(sheet))
        fills = list(self.stored)
        self.by_column: dict[int, list[Fill]] = {}
        for fill in fills:
            self.by_column.setdefault(fill.column, []).append(fill)
        long = [fill for fill in fills if fill.last - fill.first >= LONG]
        if not long:
            raise Irregular
        self.top = min(fill.first for fill in long)
        self.bottom = max(fill.last for fill in long)
        self.fills = [f for f in fills if f.first <= self.bottom and f.last >= self.top]
        self.columns = {fill.column for fill in self.fills}
        self.base = self.top - BACK
        self.values: dict[int, list[float]] = {}

    def covers(self, address: Address) -> bool:
        """Whether a cell is one of the region's rows."""
        return self.top <= address[0] <= self.bottom

    def value(self, address: Address) -> float | None:
        """Return the calculated value of a formula in the region, None for other cells."""
        row, column = address
        if column not in self.columns or not self.covers(address):
            return None
        return self.values[column][row - self.base]

    def differing(self) -> Iterator[tuple[Address, Value]]:
        """Yield the cells with formulas in the region that store something else, with the value.

        Nearly all that are the same but for rounding are left out.
        """
        for fill in self.fills:
            first = max(fill.first, self.top)
            values = self.values[fill.column][first - self.base :]
            pairs = zip(self.stored[fill][first - fill.first :], values, strict=False)
            for row, (stored, value) in enumerate(pairs, first):
                is_near = stored.__class__ is float and abs(stored - value) <= ROUNDING * abs(value)
                if not is_near and stored != value:
                    yield (row, fill.column), value

    def calculate(self, value_of: ValueOf) -> None:
        """Calculate all rows; `value_of` gives what stands outside of the region.

        Raises `Irregular` where a formula refers to what comes later, or has no number as value.
        """
        for column in self.columns:
            self.values[column] = self.given(column, value_of)
        borders = {self.top, self.bottom + 1}
        borders |= {max(self.top, fill.first) for fill in self.fills}
        borders |= {min(self.bottom, fill.last) + 1 for fill in self.fills}
        for start, stop in pairwise(sorted(borders)):
            active = [f for f in self.fills if f.first <= start and stop <= f.last + 1]
            self.run(active, start, stop, value_of)
        for column in self.columns:
            if not all(map(math.isfinite, self.values[column][BACK:])):
                raise Irregular

    def given(self, column: int, value_of: ValueOf) -> list[float]:
        """Return a column's numbers before anything is calculated; nan stands for a text."""
        cells = self.sheet.cells
        found = [0.0] * (self.bottom + 1 - self.base)
        filled = [range(fill.first, fill.last + 1) for fill in self.by_column.get(column, ())]
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
        try:
            first, last = (
                parse(self.names.substituted(fill.formula.at(row, fill.column), self.sheet.name))
                for row in (start, end)
            )
        except (FormulaError, RecursionError) as error:
            raise Irregular from error
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
            farthest = rows[0] - 1 if column in self.columns else self.bottom
            if not here or down < -BACK or (down > 0 and rows[-1] + down > farthest):
                raise Irregular
            self.know(column, value_of)
            return f"c{column}[r{down:+d}]"
        if not here or not self.covers((row, column)):
            return constant(as_number(value_of(sheet, (row, column))))
        self.know(column, value_of)
        if row in rows and any(f.column == column and f.first <= row <= f.last for f in self.fills):
            if len(rows) > 1:
                raise Irregular
            return f"c{column}[r]"
        if row > rows[-1] and column in self.columns:
            raise Irregular
        return constant(self.values[column][row - self.base])

    def know(self, column: int, value_of: ValueOf) -> None:
        """Have the numbers of a column that holds no formulas in the region."""
        if column not in self.values:
            self.values[column] = self.given(column, value_of)

    def loop(self, lines: list[str], start: int, stop: int) -> None:
        """Run the code of one row for many rows."""
        names = [f"c{column}" for column in self.values]
        head = f"def loop({', '.join(names)}):\n for r in range({start}, {stop}):\n  "
        try:
            space = defined(head + "\n  ".join([*lines, "pass"]), FUNCTIONS)
            space["loop"](*self.values.values())
        except FAILURES as error:
            raise Irregular from error


FAILURES = (ArithmeticError, ValueError, TypeError, SyntaxError, MemoryError, RecursionError)


def line_of(tree: Expr, places: Mapping[Reference, str]) -> str:
    """Return the code of a tree; `places` gives that of its references."""
    try:
        return code_of(tree, lambda leaf: places[leaf], CALLED)  # type: ignore[index]
    except KeyError as error:
        raise Irregular from error


def fills_of(sheet: Sheet) -> Iterator[tuple[Fill, list[Value]]]:
    """Yield the fills of a sheet's formulas down its columns, with what the file stores there.

    Raises `Irregular` for more than `MOST_FILLS`, or for an array formula.
    """
    growing: dict[int, tuple[RelativeFormula, list[Value]]] = {}
    count = 0
    for (row, column), cell in _downwards(sheet.cells):
        if cell.formula is None:
            continue
        if column in growing:
            formula, stored = growing[column]
            if row == formula.row + len(stored) and formula.at(row, column) == cell.formula:
                stored.append(cell.value)
                continue
        count += 1
        if count > MOST_FILLS or cell.array is not None:
            raise Irregular
        if column in growing:
            yield _filled(*growing[column])
        growing[column] = RelativeFormula(cell.formula, row, column), [cell.value]
    for formula, stored in growing.values():
        yield _filled(formula, stored)


def _filled(formula: RelativeFormula, stored: list[Value]) -> tuple[Fill, list[Value]]:
    return Fill(formula, range(formula.row, formula.row + len(stored))), stored


def _downwards(cells: Mapping[Address, Cell]) -> Iterable[tuple[Address, Cell]]:
    """Return the cells, upper ones first: that is how nearly all files list them."""
    rows = [row for row, _ in cells]
    is_sorted = all(map(le, rows, islice(rows, 1, None)))
    return cells.items() if is_sorted else sorted(cells.items(), key=itemgetter(0))


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
