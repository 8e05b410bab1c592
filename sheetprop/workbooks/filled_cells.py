"""The cells of a large sheet, of which most are formulas filled down: eight bytes for each.

As objects of their own, a cell, its address and its formula take four hundred. A run of a hundred
thousand iterations has three million cells.
"""

from __future__ import annotations

from array import array
from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from itertools import chain

from sheetprop.notation.address import ROWS
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.sheet import Address, Cell

SHORT = 8
"""Cells of a fill that are better kept as they are."""

NEW = tuple.__new__  # a call of Cell takes as long as all the rest
CODES = {float: "d", int: "q"}


@dataclass(frozen=True, slots=True)
class Filled:
    """A formula filled down a column, and the numbers its cells store: all floats, or all ints."""

    formula: RelativeFormula
    column: int
    values: array[float] | array[int]

    @property
    def first(self) -> int:
        """The first row."""
        return self.formula.row

    @property
    def end(self) -> int:
        """The row below the last one."""
        return self.formula.row + len(self.values)

    def cell(self, row: int) -> Cell:
        """Return one of the cells."""
        return Cell(self.values[row - self.first], self.formula.at(row, self.column))

    def cells(self) -> Iterator[tuple[Address, Cell]]:
        """Yield all of them."""
        return (((row, self.column), self.cell(row)) for row in range(self.first, self.end))


class FilledCells(Mapping[Address, Cell]):
    """Cells by address, upper rows first: `loose` ones and `fills`, which do not overlap."""

    def __init__(self, loose: Mapping[Address, Cell], fills: Iterable[Filled]) -> None:
        self.loose = loose
        self.fills = sorted(fills, key=lambda fill: (fill.first, fill.column))
        self.by_column: dict[int, list[Filled]] = {}
        for fill in self.fills:
            self.by_column.setdefault(fill.column, []).append(fill)

    def __getitem__(self, at: Address) -> Cell:
        found = self.get(at)
        if found is None:
            raise KeyError(at)
        return found

    def get(self, at: Address, default: Cell | None = None) -> Cell | None:  # type: ignore[override]
        """Return one cell, or the default."""
        for fill in self.by_column.get(at[1], ()):
            if fill.first <= at[0] < fill.end:
                return fill.cell(at[0])
        return self.loose.get(at, default)

    def __contains__(self, at: object) -> bool:
        return at in self.loose or (isinstance(at, tuple) and self.get(at) is not None)

    def __len__(self) -> int:
        return len(self.loose) + sum(len(fill.values) for fill in self.fills)

    def __iter__(self) -> Iterator[Address]:
        for row, loose, fills in self._rows():
            yield from sorted([*loose, *((row, fill.column) for fill in fills)])

    def items(self) -> ItemsView[Address, Cell]:
        """Return all cells with their addresses, quicker than one by one."""
        return _Items(self)

    def values(self) -> ValuesView[Cell]:
        """Return all cells."""
        return _Values(self)

    def pairs(self) -> Iterator[tuple[Address, Cell]]:
        """Yield all cells with their addresses."""
        for row, loose, fills in self._rows():
            own = [
                (
                    (row, f.column),
                    NEW(Cell, (f.values[row - f.formula.row], f.formula.at(row, f.column), None)),
                )
                for f in fills
            ]
            if loose:
                own = sorted([*own, *((at, self.loose[at]) for at in loose)])
            yield from own

    def _rows(self) -> Iterator[tuple[int, list[Address], list[Filled]]]:
        """Yield each row with the loose cells and the fills that have one there."""
        loose: dict[int, list[Address]] = {}
        for at in self.loose:
            loose.setdefault(at[0], []).append(at)
        borders = {*loose, *chain.from_iterable((fill.first, fill.end) for fill in self.fills)}
        active: list[Filled] = []
        coming = iter([*self.fills, None])
        following = next(coming)
        for row in range(min(borders, default=1), max(borders, default=0) + 1):
            if row in borders:
                active = [fill for fill in active if row < fill.end]
                while following is not None and following.first == row:
                    active.append(following)
                    following = next(coming)
                active.sort(key=lambda fill: fill.column)
            if active or row in loose:
                yield row, loose.get(row, []), active


class _Items(ItemsView[Address, Cell]):
    _mapping: FilledCells

    def __iter__(self) -> Iterator[tuple[Address, Cell]]:
        return self._mapping.pairs()


class _Values(ValuesView[Cell]):
    _mapping: FilledCells

    def __iter__(self) -> Iterator[Cell]:
        return (cell for _, cell in self._mapping.pairs())


class _Open:
    """A fill that may go on: what the formula in its next row is to read, without a call.

    Where its references that move lie in one row, `texts` joined by a row's number, which is
    `further` below the own one, are the formula.
    """

    __slots__ = ("append", "fill", "further", "kind", "next", "texts")

    def __init__(self, formula: str, row: int, column: int, kind: type) -> None:
        self.fill = Filled(RelativeFormula(formula, row, column), column, array(CODES[kind]))
        self.append = self.fill.values.append
        self.texts, self.further = self.fill.formula.below(column) or ((), 0)
        self.kind, self.next = kind, row

    def reads(self, formula: str, row: int) -> bool:
        """Whether a formula is this one in a row."""
        number = row + self.further
        if self.texts and 0 < number <= ROWS:
            return str(number).join(self.texts) == formula
        return self.fill.formula.at(row, self.fill.column) == formula


class Folder:
    """Takes the cells of a sheet, some after the others, and keeps fills of them as such.

    `is_worth_it` tells, after some, whether most of them are filled down and in order.
    """

    def __init__(self) -> None:
        self.loose: dict[Address, Cell] = {}
        self.fills: list[Filled] = []
        self.open: dict[int, _Open] = {}
        self.last: dict[int, int] = {}
        self.is_in_order = True

    @property
    def is_worth_it(self) -> bool:
        """Whether to go on: the cells come in order, each once, and most of them are filled."""
        running = (one.fill for one in self.open.values())
        filled = sum(len(fill.values) for fill in chain(self.fills, running))
        return self.is_in_order and filled - len(self.open) > len(self.loose)

    def take(self, cells: Mapping[Address, Cell]) -> None:
        """Take some cells, which stand below or to the right of those taken before."""
        loose, running, last = self.loose, self.open, self.last
        for at, (value, formula, area) in cells.items():
            row, column = at
            if row <= last.get(column, 0):
                self.is_in_order = False
            last[column] = row
            kind = value.__class__
            if formula is None or area is not None or kind not in CODES:
                loose[at] = cells[at]
                continue
            fill = running.get(column)
            if (
                fill is None
                or row != fill.next
                or kind is not fill.kind
                or not fill.reads(formula, row)
            ):
                self.close(column)
                fill = running[column] = _Open(formula, row, column, kind)
            fill.append(value)  # type: ignore[arg-type]
            fill.next = row + 1

    def close(self, column: int) -> None:
        """End the fill of a column."""
        running = self.open.pop(column, None)
        if running is None:
            return
        if len(running.fill.values) < SHORT:
            self.loose.update(running.fill.cells())
        else:
            self.fills.append(running.fill)

    def folded(self) -> FilledCells:
        """Return all that was taken."""
        for column in list(self.open):
            self.close(column)
        return FilledCells(self.loose, self.fills)
