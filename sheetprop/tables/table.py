"""A table of iterations found in a worksheet: which line holds which quantity, and where η is.

A *line* is what holds one quantity in all iterations: a column, or a row where iterations go
across. A *step* is one iteration's place along the line, counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import NamedTuple

from sheetprop.notation.address import address
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.sheet import Address

DOWN, ACROSS = "rows", "columns"
"""Which way iterations go: each is a row, or each is a column. Only `Table` asks."""


@dataclass(frozen=True)
class Table:
    """Where the quantities of one training run stand in a sheet.

    `orientation` is `DOWN` or `ACROSS`; `lines` gives each quantity's column (or row); `places`
    the row (or column) of each iteration, without blank lines between them, the first iteration
    first, which may be the lowest row; `header` that of the header texts; `labels` the texts.
    `fixed` are inputs, targets and biases given once, in a cell of the sheet outside the table.
    In an exercise an empty cell is an answer not yet attempted; where it says which cells are
    answers, `answers` are their ranges. Quantities of the kinds that are `spare` need no line.
    """

    sheet: str
    orientation: str
    header: int
    places: tuple[int, ...]
    lines: Mapping[str, int]
    labels: Mapping[str, str]
    fixed: Mapping[str, Address] = field(default_factory=dict)
    is_exercise: bool = False
    answers: tuple[tuple[Address, Address], ...] = ()
    spare: tuple[str, ...] = ()

    def __getstate__(self) -> dict[str, object]:
        """Return what is handed to another process: the fields, not what follows from them."""
        return {one.name: self.__dict__[one.name] for one in fields(self)}

    def holds(self, quantity: str) -> bool:
        """Whether a quantity has a line, or a cell for all iterations."""
        return quantity in self.lines or quantity in self.fixed

    @property
    def iterations(self) -> int:
        """How many iterations the table has."""
        return len(self.places)

    @property
    def whole_iterations(self) -> int:
        """How many of them show every quantity, not only weights just updated."""
        return self.iterations

    @cached_property
    def step_of(self) -> Mapping[int, int]:
        """The step of each iteration's row (or column)."""
        return {place: step for step, place in enumerate(self.places)}

    @cached_property
    def is_across(self) -> bool:
        """Whether iterations go across, each a column."""
        return self.orientation == ACROSS

    @property
    def rows(self) -> Mapping[int, int]:
        """The step of each row that is an iteration; there are none where iterations go across."""
        return {} if self.is_across else self.step_of

    @property
    def goes_down(self) -> bool:
        """Whether each iteration is a row below the one before."""
        return bool(self.rows) and self.places[0] <= self.places[-1]

    def lies_like(self, other: Table) -> bool:
        """Whether the iterations of another table stand in the same rows (or columns)."""
        mine, theirs = ((t.sheet, t.orientation, t.places) for t in (self, other))
        return mine == theirs

    def lines_at(self, place: int, cells: Iterable[Address]) -> Iterator[int]:
        """Yield the line of each of a sheet's cells that stands in a row (or column)."""
        line, across = (0, 1) if self.is_across else (1, 0)
        return (cell[line] for cell in cells if cell[across] == place)

    @property
    def span(self) -> range:
        """The lines from the first quantity's to the last one's."""
        return range(min(self.lines.values()), max(self.lines.values()) + 1)

    def offsets_in(self, formula: RelativeFormula) -> set[int]:
        """Return how many rows (or columns) away a formula of a line looks."""
        return formula.offsets(of_rows=not self.is_across)

    def at(self, line: int, place: int) -> Address:
        """Return the address of a place (row of an iteration) on a line (column of a quantity)."""
        return (line, place) if self.is_across else (place, line)

    def cell(self, quantity: str, step: int) -> Address:
        """Return the address of a quantity in an iteration."""
        if quantity in self.fixed:
            return self.fixed[quantity]
        return self.at(self.lines[quantity], self.places[step])

    def all_cells(self, quantity: str) -> Sequence[Address]:
        """Return the addresses of a quantity in all iterations, `NOWHERE` where it has none."""
        line = self.lines.get(quantity)
        if line is None or quantity in self.fixed or type(self) is not Table:
            return [self.cell(quantity, step) for step in range(self.iterations)]
        if self.is_across:
            return [(line, place) for place in self.places]
        return [(place, line) for place in self.places]

    def split(self, cell: Address) -> tuple[int, int]:
        """Return the line and the place of an address."""
        return (cell[0], cell[1]) if self.is_across else (cell[1], cell[0])

    def place_of(self, cell: Address) -> int:
        """Return the row (or column) of an address, whatever stands there."""
        return cell[1] if self.is_across else cell[0]

    def asked_of(self, quantity: str, first: int, last: int) -> int:
        """Return in how many iterations, both ends included, a quantity's cell is an answer.

        In all of them where nothing says which cells are answers.
        """
        if not self.answers:
            return last - first + 1
        cells = (self.cell(quantity, step) for step in range(first, last + 1))
        return sum(any(_is_in(cell, area) for area in self.answers) for cell in cells)

    def range_text(self, quantity: str, steps: tuple[int, int] | None = None) -> str:
        """Return where a quantity stands, as ``Z32:Z99``; `steps` limits it, both ends included."""
        first, last = steps or (0, self.iterations - 1)
        return range_text(self.cell(quantity, first), self.cell(quantity, last))

    def header_of(self, line: int) -> Address:
        """Return the address of a line's header text."""
        return self.at(line, self.header)

    def called(self, names: Mapping[str, str]) -> Table:
        """Return the table with the line of each of `names` called what it is mapped to."""
        lines = dict(self.lines) | {other: self.lines[name] for name, other in names.items()}
        return replace(self, lines=lines, labels=self._labels_called(names))

    def readings(self, names: Mapping[str, str]) -> list[Table]:
        """Return the ways in which lines can be called by other names."""
        return [self.called(names)]

    def _labels_called(self, names: Mapping[str, str]) -> dict[str, str]:
        labels = {name: text for name, text in self.labels.items() if name not in names}
        return labels | {names[n]: self.labels[n] for n in names if n in self.labels}

    @property
    def extent(self) -> str:
        """Return the whole table with its header, as ``A31:AE99``."""
        lines = self.lines.values()
        corner = self.at(min(lines), self.header)
        return range_text(corner, self.at(max(lines), max(self.places)))


NOWHERE: Address = (0, 0)


class Rate(NamedTuple):
    """Where the learning rate comes from.

    `cell` is the (sheet, address) that the updates refer to, or None where it is typed into them
    or has a line of its own (`line`); `value` is its number, None where it is not one number. From
    a line an update takes the rate that stands `shift` iterations away, None where updates differ.
    """

    value: float | None
    cell: tuple[str, Address] | None = None
    line: int | None = None
    shift: int | None = None

    @property
    def is_typed(self) -> bool:
        """Whether the rate is a number inside the updates."""
        return self.value is not None and self.cell is None and self.line is None


def range_text(first: Address, last: Address) -> str:
    """Return a range's address, a single cell's where both ends are the same.

    Where the newest iteration is on top, the last cell stands above the first.
    """
    if first == last:
        return address(*first)
    rows, columns = sorted((first[0], last[0])), sorted((first[1], last[1]))
    return f"{address(rows[0], columns[0])}:{address(rows[1], columns[1])}"


def runs(steps: Iterable[int]) -> list[tuple[int, int]]:
    """Return numbers as runs of consecutive ones: 1 2 3 7 is (1, 3), (7, 7)."""
    found: list[tuple[int, int]] = []
    for step in sorted(steps):
        if found and step == found[-1][1] + 1:
            found[-1] = (found[-1][0], step)
        else:
            found.append((step, step))
    return found


def _is_in(cell: Address, area: tuple[Address, Address]) -> bool:
    (top, left), (bottom, right) = area
    return top <= cell[0] <= bottom and left <= cell[1] <= right
