"""Cells outside a table that its formulas take numbers from, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse, pairwise

from sheetprop.calculating.loops.fills import Fill
from sheetprop.checking.ledger.areas import Area, Spot, mentioned, spots
from sheetprop.checking.ledger.entries import Entry, Outside
from sheetprop.checking.ledger.rates import odd_rates
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import address
from sheetprop.notation.relative import RelativeFormula
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.workbooks.number_texts import is_number_text
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Workbook

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


class Feeding:
    """Gathers the cells outside of one table, each once, from what the formulas mention."""

    def __init__(self, workbook: Workbook, judgement: Judgement) -> None:
        self.judgement = judgement
        self.workbook = workbook
        self.holds = judgement.holding()
        self.names = {name.casefold(): text for name, text in workbook.names.items()}
        self.words = {name.rpartition("!")[2] for name in self.names}
        self.found: dict[tuple[str, Address], Entry] = {}
        self.is_too_much = False

    def follow(self, formula: str, sheet: str) -> bool:
        """Take in what a formula mentions; return whether any of it is of the table."""
        touches = False
        for area in (*mentioned(formula, sheet), *self._named(formula, sheet)):
            touches |= self._take(area)
        return touches

    def follow_fill(
        self, formula: RelativeFormula, found: Iterable[Spot], cells: Sequence[Address]
    ) -> None:
        """Take in what a formula filled into some cells of the table mentions in each of them."""
        sheet = self.judgement.table.sheet
        moves = [(row - formula.row, column - formula.column) for row, column in cells]
        for spot in found:
            if not any(spot.moves):
                self._take(spot.area_at(0, 0))
            elif spot.is_cell:
                at: Iterable[Address] = [spot.cell_at(*move) for move in moves]
                if spot.sheet == sheet:
                    at = filterfalse(self.holds, at)  # nearly all are of the table
                if (found_in := self.workbook.called(spot.sheet)) is not None:
                    self._take_cells(found_in, at)
            else:
                for move in moves:
                    self._take(spot.area_at(*move))
        for area in self._named(formula.formula, sheet):
            self._take(area)

    def _named(self, formula: str, sheet: str) -> Iterator[Area]:
        """Yield what the names in a formula stand for."""
        if self.words:
            for word in {word.casefold() for word in WORD.findall(formula)} & self.words:
                text = self.names.get(f"{sheet.casefold()}!{word}", self.names.get(word, ""))
                yield from mentioned(text, sheet)

    def _take(self, area: Area) -> bool:
        sheet = self.workbook.called(area.sheet)
        if sheet is None:
            return False
        cells = area.filled(sheet) if area.is_range else area.cells()
        return self._take_cells(sheet, cells, is_range=area.is_range)

    def _take_cells(
        self, sheet: Sheet, cells: Iterable[Address], *, is_range: bool = False
    ) -> bool:
        touches = False
        is_own = sheet.name == self.judgement.table.sheet
        for cell in cells:
            if len(self.found) > MOST_CELLS:
                self.is_too_much = True
                return touches
            if is_own and self.holds(cell):
                touches = True
            elif (sheet.name, cell) in self.found:
                touches |= self.found[sheet.name, cell] is HELPER
            else:
                touches |= self._new(sheet.name, cell, sheet.cells.get(cell), is_range=is_range)
        return touches

    def _new(self, sheet: str, cell: Address, content: Cell | None, *, is_range: bool) -> bool:
        """Note a cell; return whether it depends on the table."""
        if content is None or (content.formula is None and content.value is None):
            if not is_range:
                self.found[sheet, cell] = EMPTY
            return False
        if content.formula is None:
            is_text = isinstance(content.value, str) and not is_range
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
            places = spots(fill.formula, table.sheet)
            steps = _telling(judgement, line.quantity, fill, places)
            cells = [table.cell(line.quantity, step) for step in steps]
            feeding.follow_fill(fill.formula, places, cells)
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


def _telling(
    judgement: Judgement, quantity: str, fill: Fill, found: Iterable[Spot]
) -> Sequence[int]:
    """Return the steps of a fill to be followed one by one, the others being told by these.

    Between two gaps a relative formula takes the same cells of the table in every row, but for the
    rows near the gaps: there it may reach out of the table. Where it takes cells of no line, or
    too far away, every row is followed.
    """
    table, steps = judgement.table, fill.steps
    middle = steps[len(steps) // 2]
    cell = table.cell(quantity, middle)
    down, right = cell[0] - fill.formula.row, cell[1] - fill.formula.column
    moving = [spot.area_at(down, right) for spot in found if any(spot.moves)]
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
