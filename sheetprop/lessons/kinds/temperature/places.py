"""Where everything stands on the sheet Softmax: a row for each value, and a row of sums."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.lessons.kinds.frame import BELOW
from sheetprop.lessons.kinds.temperature.quantities import (
    ALL,
    ALL_TARGETS,
    FULL,
    LARGEST,
    LOSS,
    LOSS_TERM,
    LOWERED,
    PLAIN,
    POWER,
    SCALED,
    SHARE,
    SHORT,
    SUM,
    UPSTREAM,
    slope,
)
from sheetprop.notation.address import fixed
from sheetprop.workbooks.sheet import Address

TEMPERATURE, ADDED = (BELOW, 3), (BELOW + 1, 3)
HEAD = BELOW + 4
NUMBER, VALUE, TARGET = 1, 2, 3
COLUMNS = {
    name: column
    for column, name in enumerate(
        (SCALED, PLAIN, LOWERED, POWER, SHARE, LOSS_TERM, UPSTREAM), TARGET + 1
    )
}
SLOPES = TARGET + 8
"""The first column of the matrix of slopes."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of `count` values."""

    count: int

    def row(self, k: int) -> int:
        """Return the row of a value."""
        return HEAD + k

    @property
    def sums(self) -> int:
        """Return the row of sums."""
        return HEAD + self.count + 1

    @property
    def full(self) -> int:
        """Return the column of the gradient by the matrix; behind it stand those of the others."""
        return SLOPES + self.count

    @property
    def short(self) -> int:
        """Return the column of the gradient by the short form."""
        return self.full + 1

    @property
    def difference(self) -> int:
        """Return the column of the gradient by differences."""
        return self.full + 2

    @property
    def mark(self) -> int:
        """Return the column of the marks."""
        return self.full + 3

    def cells(self) -> dict[str, Address]:
        """Return the cell of every quantity."""
        found: dict[str, Address] = {"T": TEMPERATURE, "c": ADDED}
        columns = {**COLUMNS, "z": VALUE, "t": TARGET, FULL: self.full, SHORT: self.short}
        numbers = range(1, self.count + 1)
        for k in numbers:
            found |= {f"{name}{k}": (self.row(k), column) for name, column in columns.items()}
            found |= {slope(k, j): (self.row(k), SLOPES + j - 1) for j in numbers}
        sums = ((LARGEST, SCALED), (SUM, POWER), (ALL, SHARE), (LOSS, LOSS_TERM))
        found |= {name: (self.sums, COLUMNS[column]) for name, column in sums}
        return found | {ALL_TARGETS: (self.sums, TARGET)}

    def of_all(self, column: int) -> str:
        """Return the range of a column's rows of values."""
        return f"{fixed((self.row(1), column))}:{fixed((self.row(self.count), column))}"
