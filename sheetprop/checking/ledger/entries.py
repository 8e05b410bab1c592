"""The ledger: one entry for every cell of a table, and for every cell that it takes numbers from.

Entries are kept for stretches of cells alike, not for each: a table of a hundred thousand
iterations has few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheetprop.notation.address import COLUMNS, ROWS
from sheetprop.notation.moved import NO_MOVES, Moves, range_moved, range_within
from sheetprop.tables.table import NOWHERE, Table
from sheetprop.workbooks.sheet import Address

KINDS = ("given", "right", "wrong", "typed", "blank", "error", "not_judged")
"""What a cell can be, in the order of reports."""

SETTLED = frozenset({"given", "right", "typed"})
"""Kinds that leave nothing to say against a cell: a typed number is the right one here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell is: one of `KINDS`; `how` that is known, or why it is not.

    `finding` is the index of the finding that a wrong cell belongs to. An error value `follows`
    where the cell's own formula is right and another cell hands it on. What `is_number` was typed
    where a formula belongs, be it the right number or one that nothing tells anything about.
    """

    kind: str
    how: str
    finding: int | None = None
    follows: bool = False
    is_number: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to say against the cell itself."""
        return self.kind in SETTLED or self.follows


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive steps of a quantity with one entry, both ends included."""

    first: int
    last: int
    entry: Entry

    @property
    def count(self) -> int:
        """How many cells it has."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Outside:
    """Cells of a column outside the table with one entry, from the first row to the last.

    `quantity` is what they are said to be, None for helper cells.
    """

    sheet: str
    first: Address
    last: Address
    entry: Entry
    quantity: str | None = None

    @property
    def count(self) -> int:
        """How many cells it has."""
        return (self.last[0] - self.first[0] + 1) * (self.last[1] - self.first[1] + 1)

    def __contains__(self, place: tuple[str, Address]) -> bool:
        """Whether a cell of a sheet is one of them."""
        sheet, (row, column) = place
        is_here = sheet == self.sheet and self.first[0] <= row <= self.last[0]
        return is_here and self.first[1] <= column <= self.last[1]


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger of one table: the stretches of each quantity, and the cells outside.

    `moves` are where cells stand that were moved to lie beside the others of their table, behind
    its last row and column, `edge`.
    """

    table: Table
    quantities: Mapping[str, tuple[Stretch, ...]]
    outside: tuple[Outside, ...] = ()
    moves: Moves = NO_MOVES
    edge: Address = (ROWS, COLUMNS)

    @property
    def extent(self) -> str:
        """The range of the table with its header, on its own sheet."""
        return range_within(self.table.extent, self.edge)

    def where(self, quantity: str, steps: tuple[int, int] | None = None) -> tuple[str, str]:
        """Return the sheet and the range of a quantity's cells; `steps` limits it."""
        return range_moved(self.table.sheet, self.table.range_text(quantity, steps), self.moves)

    @property
    def counts(self) -> dict[str, int]:
        """How many cells there are of each kind."""
        found = Counter(dict.fromkeys(KINDS, 0))
        for one in self.stretches:
            found[one.entry.kind] += one.count
        for other in self.outside:
            found[other.entry.kind] += other.count
        return dict(found)

    @property
    def stretches(self) -> Iterator[Stretch]:
        """All stretches of the table itself."""
        return (one for own in self.quantities.values() for one in own)

    @property
    def entries(self) -> Iterator[Entry]:
        """The entries of all cells, inside and outside, as often as they have stretches."""
        yield from (one.entry for one in self.stretches)
        yield from (one.entry for one in self.outside)

    def is_settled(self, quantity: str) -> bool:
        """Whether there is nothing to say against any cell of a quantity."""
        return all(entry.is_settled for entry in self._entries_of(quantity))

    def is_right(self, quantity: str) -> bool:
        """Whether there is nothing to say against a quantity, and not all answers are numbers."""
        asked = [entry for entry in self._entries_of(quantity) if entry.kind != "given"]
        is_typed = bool(asked) and all(entry.is_number for entry in asked)
        return self.is_settled(quantity) and not is_typed

    def _entries_of(self, quantity: str) -> list[Entry]:
        own = [one.entry for one in self.quantities.get(quantity, ())]
        return own + [one.entry for one in self.outside if one.quantity == quantity]

    def entry_at(self, quantity: str, step: int) -> Entry | None:
        """Return the entry of a quantity's cell in an iteration, None where it needs none."""
        own = self.quantities.get(quantity, ())
        return next((one.entry for one in own if one.first <= step <= one.last), None)

    def entries_along(self, quantity: str) -> Sequence[Entry | None]:
        """Return the entries of a quantity's cells in all iterations."""
        found: list[Entry | None] = [None] * self.table.iterations
        for one in reversed(self.quantities.get(quantity, ())):
            found[one.first : one.last + 1] = [one.entry] * (one.last + 1 - one.first)
        return found

    def entry_of(self, sheet: str, cell: Address) -> tuple[str | None, Entry] | None:
        """Return what a cell is said to be and its entry; None for one that nobody asked about."""
        where = self.quantity_at(sheet, cell)
        if where is not None:
            entry = self.entry_at(*where)
            return (where[0], entry) if entry else None
        found = (one for one in self.outside if (sheet, cell) in one)
        return next(((one.quantity, one.entry) for one in found), None)

    def quantity_at(self, sheet: str, cell: Address) -> tuple[str, int] | None:
        """Return the quantity and the step of a cell of the table."""
        table = self.table
        sheet, cell = self.moves.before(sheet, cell)
        line, place = table.split(cell)
        if sheet != table.sheet or place not in table.step_of or cell == NOWHERE:
            return None
        names = (name for name, own in table.lines.items() if own == line)
        name = next((name for name in names if name in self.quantities), None)
        return (name, table.step_of[place]) if name else None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The accounts of all tables of a workbook; `elsewhere` are wrong cells of no table."""

    accounts: tuple[Account, ...] = ()
    elsewhere: tuple[Outside, ...] = field(default=())

    @property
    def counts(self) -> dict[str, int]:
        """How many cells there are of each kind in all tables."""
        found = Counter(dict.fromkeys(KINDS, 0))
        for account in self.accounts:
            found.update(account.counts)
        for one in self.elsewhere:
            found[one.entry.kind] += one.count
        return dict(found)

    @property
    def verdict(self) -> str:
        """What follows from all entries: a wrong cell, else one left out, else one not judged.

        A text where a formula belongs leaves the formula out. An error value comes from a wrong
        cell, or the formula that gives it is one.
        """
        counts = self.counts
        if counts["wrong"]:
            return "mistakes"
        if counts["blank"] or counts["error"]:
            return "incomplete"
        return "undecided" if counts["not_judged"] else "correct"

    def right(self, quantities: Mapping[str, None]) -> tuple[str, ...]:
        """Return those quantities that are right in every table; numbers alone are no answer."""
        lost = {one.quantity for one in self.elsewhere}
        return tuple(
            name
            for name in quantities
            if name not in lost and all(account.is_right(name) for account in self.accounts)
        )
