"""The cells and ranges that a formula mentions, in one cell or all along a fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from sheetprop.notation.address import COLUMNS, ROWS, column_number
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.sheet import Address, Sheet

REFERENCE = re.compile(
    r"""
    "(?:[^"]|"")*"
    | (?:(?:(?<!')'(?P<quoted>(?:[^']|'')++)'|(?P<plain>[^\W\d][\w.]{0,255}))!)?
      (?<![\w.])\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9]\d{0,6})
      (?::\$?(?P<to>[A-Za-z]{1,3})\$?(?P<bottom>[1-9]\d{0,6}))?
      (?![\w.(!])
    """,
    re.VERBOSE,
)

STAYS = re.compile(r"[$\\\[]")
"""What a formula has that holds something that looks like a reference in its place."""

Ends = tuple[int, int, int, int]
"""The row and column where a reference begins, and where it ends."""


@dataclass(frozen=True)
class Area:
    """A cell or range that a formula mentions."""

    sheet: str
    first: Address
    last: Address

    @property
    def is_range(self) -> bool:
        """Whether it has more than one cell: texts and gaps in it do not count."""
        return self.first != self.last

    def __contains__(self, cell: Address) -> bool:
        """Whether a cell of its sheet is one of its cells."""
        rows = self.first[0] <= cell[0] <= self.last[0]
        return rows and self.first[1] <= cell[1] <= self.last[1]

    def cells(self) -> Iterator[Address]:
        """Yield its cells."""
        (top, left), (bottom, right) = self.first, self.last
        columns = product(range(left, right + 1), range(top, bottom + 1))
        yield from ((row, column) for column, row in columns)

    def filled(self, sheet: Sheet) -> Iterator[Address]:
        """Return those of its cells on the sheet that count: of a range there may be millions."""
        (top, left), (bottom, right) = self.first, self.last
        if (bottom - top + 1) * (right - left + 1) <= len(sheet.cells):
            return self.cells()
        return (cell for cell in sheet.cells if cell in self)


class Spot(NamedTuple):
    """What a filled formula mentions at one place: as it reads in the cell it was written in.

    `moves` says which of its ends go along with the formula.
    """

    sheet: str
    ends: Ends
    moves: tuple[bool, bool, bool, bool]

    @property
    def is_cell(self) -> bool:
        """Whether it is one cell wherever the formula stands."""
        return self.ends[:2] == self.ends[2:] and self.moves[:2] == self.moves[2:]

    def cell_at(self, down: int, right: int) -> Address:
        """Return the cell where it begins, so many rows further down and columns to the right."""
        (row, column, _, _), (by_row, by_column, _, _) = self.ends, self.moves
        return (
            (row + down - 1) % ROWS + 1 if by_row else row,
            (column + right - 1) % COLUMNS + 1 if by_column else column,
        )

    def area_at(self, down: int, right: int) -> Area:
        """Return the area as the formula reads so many rows further down and to the right."""
        first = self.cell_at(down, right)
        if self.is_cell:
            return Area(self.sheet, first, first)
        (_, _, row, column), (_, _, by_row, by_column) = self.ends, self.moves
        last = Spot(self.sheet, (row, column) * 2, (by_row, by_column) * 2)
        return area_of(self.sheet, (*first, *last.cell_at(down, right)))


@lru_cache(maxsize=1000)
def mentioned(formula: str, sheet: str) -> tuple[Area, ...]:
    """Return the cells and ranges that a formula on a sheet mentions."""
    return tuple(area_of(where, ends) for where, ends in _ends_in(formula, sheet))


def area_of(sheet: str, ends: Ends) -> Area:
    """Return the area between two ends, whichever of them lies further up or to the left."""
    row, column, bottom, to = ends
    corners = (min(row, bottom), min(column, to)), (max(row, bottom), max(column, to))
    return Area(sheet, *corners)


def _ends_in(formula: str, sheet: str) -> Iterator[tuple[str, Ends]]:
    for match in REFERENCE.finditer(formula):
        if match["row"] is None:
            continue
        where = (match["quoted"] or "").replace("''", "'") or match["plain"] or sheet
        row, column = int(match["row"]), column_number(match["column"])
        bottom = int(match["bottom"] or row)
        to = column_number(match["to"]) if match["to"] else column
        yield where, (row, column, bottom, to)


def spots(formula: RelativeFormula, sheet: str) -> tuple[Spot, ...]:
    """Return what a filled formula on a sheet mentions, in the order of its text.

    How it reads one row and one column away tells what moves.
    """
    here = list(_ends_in(formula.formula, sheet))
    if not STAYS.search(formula.formula):
        return tuple(Spot(where, ends, (True,) * 4) for where, ends in here)
    there = _ends_in(formula.at(formula.row + 1, formula.column + 1), sheet)
    return tuple(
        Spot(where, ends, _moves(ends, others))
        for (where, ends), (_, others) in zip(here, there, strict=True)
    )


def _moves(ends: Ends, others: Ends) -> tuple[bool, bool, bool, bool]:
    row, column, bottom, to = (a != b for a, b in zip(ends, others, strict=True))
    return row, column, bottom, to
