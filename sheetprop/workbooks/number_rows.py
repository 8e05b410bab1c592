"""Rows of numbers that take eight bytes for each, as a run of very many iterations has them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import overload

from sheetprop.workbooks.sheet import ExcelError

Row = tuple[float | ExcelError, ...]


class NumberRows(Sequence[Row]):
    """Rows of equal width that only grow. Rows with errors among the numbers should be few."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._numbers = array("d")
        self._with_errors: dict[int, Row] = {}
        self._stored = 0
        self._length = 0

    def append(self, row: Row) -> None:
        """Add a row."""
        try:
            self._numbers.fromlist(list(row))  # type: ignore[arg-type]
        except TypeError:  # an error value is a text
            self._with_errors[self._stored] = row
            self._numbers.fromlist([0.0] * self._width)
        self._stored += 1
        self._length += 1

    def repeat_last(self, times: int) -> None:
        """Add the last row so many times again, at the end of all: it takes no room."""
        self._length += times

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self._row(k) for k in range(*place.indices(self._length))]
        return self._row(range(self._length)[place])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, range(self._length))

    def column(self, place: int) -> list[float | ExcelError]:
        """Return what stands at a place of all rows."""
        found: list[float | ExcelError] = list(self._numbers[place :: self._width])
        for number, row in self._with_errors.items():
            found[number] = row[place]
        return found + found[-1:] * (self._length - self._stored)

    def _row(self, number: int) -> Row:
        number = min(number, self._stored - 1)
        start = number * self._width
        known = self._with_errors.get(number)
        return tuple(self._numbers[start : start + self._width]) if known is None else known


class Numbered(Sequence[Row]):
    """Rows from one on, each with its number in front: the first of all has the number 0.

    `order` are the places in a row, in the order in which its numbers come; `first` is the number
    of the first row that comes.
    """

    def __init__(self, rows: NumberRows, order: Sequence[int], first: int = 1) -> None:
        self._rows = rows
        self._order = tuple(order)
        self._first = first

    def __len__(self) -> int:
        return max(len(self._rows) - self._first, 0)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            chosen = range(self._first, len(self._rows))[place]
            return [self._numbered(k, self._rows[k]) for k in chosen]
        number = range(self._first, len(self._rows))[place]
        return self._numbered(number, self._rows[number])

    def __iter__(self) -> Iterator[Row]:
        for number, row in enumerate(islice(self._rows, self._first, None), self._first):
            yield self._numbered(number, row)

    def column(self, place: int) -> Sequence[float | ExcelError]:
        """Return what stands at a place of all rows."""
        if place == 0:
            return range(self._first, len(self._rows))
        return self._rows.column(self._order[place - 1])[self._first :]

    def _numbered(self, number: int, row: Row) -> Row:
        return (float(number), *map(row.__getitem__, self._order))
