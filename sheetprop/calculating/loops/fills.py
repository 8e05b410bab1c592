"""A fill: one relative formula, and the places it was filled into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from operator import itemgetter, le
from typing import NamedTuple

from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.filled_cells import FilledCells
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value

MOST_FILLS = 400


class Irregular(Exception):  # noqa: N818 - a condition: the engine calculates instead
    """Formulas that no loop over the rows can calculate."""


class Fill(NamedTuple):
    """One relative formula and where along its line it was filled into, in order.

    The line is a column of a sheet and `steps` are its rows; or it is a quantity of a table, and
    `steps` are the iterations, counted from 0. Consecutive ones are a `range`.
    """

    formula: RelativeFormula
    steps: Sequence[int]

    @property
    def column(self) -> int:
        """The column it was first written in."""
        return self.formula.column

    @property
    def first(self) -> int:
        """Its first row or iteration."""
        return self.steps[0]

    @property
    def last(self) -> int:
        """Its last row or iteration."""
        return self.steps[-1]


def compact(steps: Sequence[int]) -> Sequence[int]:
    """Return numbers in order as a `range` where they follow one another."""
    if len(steps) > 1 and steps[-1] - steps[0] == len(steps) - 1:
        return range(steps[0], steps[-1] + 1)
    return tuple(steps)


def fills_of(sheet: Sheet) -> Iterator[tuple[Fill, Sequence[Value]]]:
    """Yield the fills of a sheet's formulas down its columns, with what the file stores there.

    Raises `Irregular` for more than `MOST_FILLS`, or for an array formula.
    """
    growing: dict[int, _Piece] = {}
    count = 0
    for row, column, formula, values in _pieces(sheet.cells):
        grown = growing.get(column)
        follows = grown is not None and row == grown[0].row + len(grown[1])
        if grown is not None and follows and grown[0].at(row, column) == formula:
            growing[column] = _longer(*grown, values)
            continue
        count += 1
        if count > MOST_FILLS:
            raise Irregular
        if grown is not None:
            yield _filled(*grown)
        growing[column] = RelativeFormula(formula, row, column), values
    yield from (_filled(*grown) for grown in growing.values())


_Piece = tuple[RelativeFormula, Sequence[Value]]


def _longer(formula: RelativeFormula, stored: Sequence[Value], more: Sequence[Value]) -> _Piece:
    values = stored if isinstance(stored, list) else list(stored)
    values.extend(more)
    return formula, values


def _pieces(cells: Mapping[Address, Cell]) -> Iterator[tuple[int, int, str, Sequence[Value]]]:
    """Yield row, column, formula and the values from there on down, upper ones first."""
    if not isinstance(cells, FilledCells):
        return _single(cells)
    filled = ((f.first, f.column, f.formula.formula, f.values) for f in cells.fills)
    return merge(filled, _single(cells.loose), key=itemgetter(0))


def _single(cells: Mapping[Address, Cell]) -> Iterator[tuple[int, int, str, Sequence[Value]]]:
    for (row, column), cell in _downwards(cells):
        if cell.array is not None:
            raise Irregular
        if cell.formula is not None:
            yield row, column, cell.formula, [cell.value]


def _filled(formula: RelativeFormula, stored: Sequence[Value]) -> tuple[Fill, Sequence[Value]]:
    return Fill(formula, range(formula.row, formula.row + len(stored))), stored


def _downwards(cells: Mapping[Address, Cell]) -> Iterable[tuple[Address, Cell]]:
    """Return the cells, upper ones first: that is how nearly all files list them."""
    rows = [row for row, _ in cells]
    is_sorted = all(map(le, rows, islice(rows, 1, None)))
    return cells.items() if is_sorted else sorted(cells.items(), key=itemgetter(0))
