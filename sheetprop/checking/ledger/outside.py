"""Cells outside a table that its formulas take numbers from, directly or through others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from sheetprop.calculating.loops.fills import Fill
from sheetprop.checking.ledger.entries import Entry, Outside
from sheetprop.checking.ledger.rates import odd_rates
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import address, column_number
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.workbooks.number_texts import is_number_text
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Workbook

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
WORD = pattern(r"[^\W\d][\w.\\?]*")

MOST_CELLS = 200_000
"""Cells looked at outside of one table: the rest is said to be too much."""

FARTHEST = 50
"""Places away from itself that a formula may look without each row being followed."""

GIVEN = Entry("given", "a number outside the table")
EMPTY = Entry("given", "empty, which counts as 0")
HELPER = Entry("right", "a helper cell, judged with the formulas that take it")
CONSTANT = Entry("given", "calculated from given numbers alone")
TEXT = Entry("error", "a text where a number belongs")
DIGITS = Entry("not_judged", "a number typed as text, which not every formula takes for a number")
TOO_MUCH = Entry("not_judged", "too many cells stand behind the formulas of the table")

Columns = dict[tuple[str, int], set[int]]
"""The rows of cells, by sheet and column."""


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


@lru_cache(maxsize=1000)
def mentioned(formula: str, sheet: str) -> tuple[Area, ...]:
    """Return the cells and ranges that a formula on a sheet mentions."""
    found = []
    for match in REFERENCE.finditer(formula):
        if match["row"] is None:
            continue
        where = (match["quoted"] or "").replace("''", "'") or match["plain"] or sheet
        row, column = int(match["row"]), column_number(match["column"])
        bottom = int(match["bottom"] or row)
        to = column_number(match["to"]) if match["to"] else column
        corners = (min(row, bottom), min(column, to)), (max(row, bottom), max(column, to))
        found.append(Area(where, *corners))
    return tuple(found)


class Feeding:
    """Gathers the cells outside of one table, each once, from what the formulas mention."""

    def __init__(self, workbook: Workbook, judgement: Judgement) -> None:
        self.judgement = judgement
        self.workbook = workbook
        self.names = {name.casefold(): text for name, text in workbook.names.items()}
        self.words = {name.rpartition("!")[2] for name in self.names}
        self.found: dict[tuple[str, Address], Entry] = {}
        self.is_too_much = False

    def follow(self, formula: str, sheet: str) -> bool:
        """Take in what a formula mentions; return whether any of it is of the table."""
        touches = False
        for area in self._areas(formula, sheet):
            touches |= self._take(area)
        return touches

    def _areas(self, formula: str, sheet: str) -> Iterator[Area]:
        yield from mentioned(formula, sheet)
        if self.words:
            for word in {word.casefold() for word in WORD.findall(formula)} & self.words:
                text = self.names.get(f"{sheet.casefold()}!{word}", self.names.get(word, ""))
                yield from mentioned(text, sheet)

    def _take(self, area: Area) -> bool:
        sheet = self.workbook.called(area.sheet)
        if sheet is None:
            return False
        touches = False
        is_own = sheet.name == self.judgement.table.sheet
        for cell in area.filled(sheet) if area.is_range else area.cells():
            if len(self.found) > MOST_CELLS:
                self.is_too_much = True
                return touches
            if is_own and self.judgement.holds(cell):
                touches = True
            elif (sheet.name, cell) in self.found:
                touches |= self.found[sheet.name, cell] is HELPER
            else:
                touches |= self._new(sheet.name, cell, sheet.cells.get(cell), area)
        return touches

    def _new(self, sheet: str, cell: Address, content: Cell | None, area: Area) -> bool:
        """Note a cell; return whether it depends on the table."""
        if content is None or (content.formula is None and content.value is None):
            if not area.is_range:
                self.found[sheet, cell] = EMPTY
            return False
        if content.formula is None:
            is_text = isinstance(content.value, str) and not area.is_range
            if not isinstance(content.value, str) or is_text:
                self.found[sheet, cell] = _text(content.value) if is_text else GIVEN
            return False
        self.found[sheet, cell] = CONSTANT  # while its own formula is followed, so that it ends
        try:
            touches = self.follow(content.formula, sheet)
        except RecursionError:
            touches, self.is_too_much = True, True
        value = self.judgement.value_of(sheet, cell)
        if isinstance(value, ExcelError):
            self.found[sheet, cell] = Entry("error", f"shows {value}")
        elif touches:
            self.found[sheet, cell] = HELPER
        return touches


def _text(value: object) -> Entry:
    return DIGITS if is_number_text(value) else TEXT


def outside_of(workbook: Workbook, judgement: Judgement) -> tuple[Outside, ...]:
    """Return the cells outside a table that its formulas take numbers from, with their entries."""
    table = judgement.table
    feeding = Feeding(workbook, judgement)
    for line in judgement.lines.values():
        for fill in line.fills:
            for step in _telling(judgement, line.quantity, fill):
                text = fill.formula.at(*table.cell(line.quantity, step))
                feeding.follow(text, table.sheet)
    said = dict(judgement.aliases)
    for name, cell in table.fixed.items():
        feeding.follow(f"={address(*cell)}", table.sheet)
        said[table.sheet, cell] = name
    feeding.found |= odd_rates(workbook, judgement)
    found = tuple(gathered(feeding.found, said))
    if feeding.is_too_much:
        where = (table.header_of(min(table.lines.values())),) * 2
        found += (Outside(table.sheet, *where, TOO_MUCH),)
    return found


def _telling(judgement: Judgement, quantity: str, fill: Fill) -> Sequence[int]:
    """Return the steps of a fill to be followed one by one, the others being told by these.

    Between two gaps a relative formula takes the same cells of the table in every row, but for the
    rows near the gaps: there it may reach out of the table. Where it takes cells of no line, or
    too far away, every row is followed.
    """
    table, steps = judgement.table, fill.steps
    middle = steps[len(steps) // 2]
    cell = table.cell(quantity, middle)
    areas = mentioned(fill.formula.at(*cell), table.sheet)
    moving = areas
    if "$" in fill.formula.formula:
        fixed = set(mentioned(fill.formula.at(cell[0] + 1, cell[1] + 1), table.sheet))
        moving = tuple(area for area in areas if area not in fixed)
    reach = max((_reach(table, area, cell) for area in moving), default=0) + 1
    chunks = _chunks(table, steps)
    if len(steps) <= 2 * reach * len(chunks) or reach > FARTHEST:
        return steps
    own = [c for area in moving for c in area.cells()]
    if not all(judgement.holds(c) for c in own) or any(a.sheet != table.sheet for a in moving):
        return steps
    return [step for chunk in chunks for step in dict.fromkeys((*chunk[:reach], *chunk[-reach:]))]


def _reach(table: Table, area: Area, cell: Address) -> int:
    """Return how many places away from a cell an area begins or ends."""
    return max(abs(table.place_of(end) - table.place_of(cell)) for end in (area.first, area.last))


def _chunks(table: Table, steps: Sequence[int]) -> list[Sequence[int]]:
    """Cut steps where places are left out between them."""
    ends = [steps[0], steps[-1]]
    if table.places[ends[1]] - table.places[ends[0]] == len(steps) - 1:
        return [steps]
    places = pairwise(table.places[step] for step in steps)
    cuts = [k for k, (a, b) in enumerate(places, 1) if b - a != 1]
    return [steps[a:b] for a, b in pairwise([0, *cuts, len(steps)])]


def gathered(
    cells: Mapping[tuple[str, Address], Entry], alias: Mapping[tuple[str, Address], str]
) -> Iterator[Outside]:
    """Yield cells as stretches down their columns with one entry."""
    open_: Outside | None = None
    for (sheet, cell), entry in sorted(cells.items(), key=lambda one: (one[0][0], one[0][1][::-1])):
        name = alias.get((sheet, cell))
        follows = (
            open_ is not None
            and (open_.sheet, open_.entry, open_.quantity) == (sheet, entry, name)
            and (open_.last[0] + 1, open_.last[1]) == cell
        )
        if follows and open_ is not None:
            open_ = Outside(sheet, open_.first, cell, entry, name)
            continue
        if open_ is not None:
            yield open_
        open_ = Outside(sheet, cell, cell, entry, name)
    if open_ is not None:
        yield open_
