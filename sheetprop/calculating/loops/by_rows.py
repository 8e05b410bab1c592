"""Calculates long fills by loops over their rows, and all other formulas by the engine.

The engine knows no more of the long fills than its formulas mention. It is given the stored values
of that first; once the loops are through, what differs is given again. Every formula then holds
where what the loops took from the engine is still the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain

from sheetprop.calculating.defined_names import Names
from sheetprop.calculating.engine import Engine, Numbers
from sheetprop.calculating.loops.fills import Irregular
from sheetprop.calculating.loops.region import Region
from sheetprop.calculating.loops.region_loop import calculate
from sheetprop.notation.mentioned import Area, Pick, areas_in, picks_in, reaches_anywhere
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Value, Workbook

MOST_ROUNDS = 8
"""Times that what is picked may tell what else is picked."""


class IrregularSheets(Exception):  # noqa: N818 - a condition: the engine calculates these
    """Some of the sheets have long fills that no loop calculates."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self.sheets = set(sheets)


class ByRows:
    """A workbook and the regions of its sheets, which have not been calculated."""

    def __init__(self, workbook: Workbook, regions: Mapping[str, Region]) -> None:
        self.workbook = workbook
        self.regions = {name.casefold(): region for name, region in regions.items()}
        self.names = {sheet.name.casefold(): sheet.name for sheet in workbook.sheets}
        self.given: dict[Area, None] = {}
        self.picks: dict[Pick, Address] = {}
        self.taken: dict[tuple[str, Address], Value] = {}
        self.own_sheet = "…"
        while self.own_sheet in self.names:
            self.own_sheet += "…"

    def calculated(self) -> Engine:
        """Calculate the regions, and return the engine with the rest.

        Raises `IrregularSheets`, where no loop calculates some of the regions or where these and
        the rest need one another.
        """
        sheets = tuple(self.without_fills(sheet) for sheet in self.workbook.sheets)
        areas = self.mentioned(sheets)
        numbers = tuple(chain.from_iterable(self.numbers_in(a, stored=True) for a in areas))
        picking = Sheet(self.own_sheet, {at: Cell(None, p.number) for p, at in self.picks.items()})
        self.engine = Engine(Workbook((*sheets, picking), self.workbook.names), numbers)
        self.give_picked(stored=True)
        self.calculate()
        self.give_calculated()
        if any(self.outside(*place) != value for place, value in self.taken.items()):
            raise IrregularSheets(region.sheet.name for region in self.regions.values())
        return self.engine

    def without_fills(self, sheet: Sheet) -> Sheet:
        """Return the sheet without what its region calculates."""
        region = self.regions.get(sheet.name.casefold())
        if region is None:
            return sheet
        return Sheet(sheet.name, dict(region.beside()))

    def mentioned(self, sheets: Iterable[Sheet]) -> list[Area]:
        """Note what the sheets' formulas mention of the regions, and pick from them."""
        names = Names(self.workbook.names)
        for sheet in sheets:
            for cell in sheet.cells.values():
                if cell.formula is not None:
                    self.note(names.substituted(cell.formula, sheet.name), sheet.name)
        return list(self.given)

    def note(self, formula: str, sheet: str) -> None:
        """Note what one formula mentions."""
        if reaches_anywhere(formula.upper()):
            found: Iterable[Area] = (area_of(region) for region in self.regions.values())
        else:
            rest, picks = picks_in(formula, sheet)
            for pick in picks:
                if pick.column.sheet.casefold() in self.regions:
                    self.picks.setdefault(pick, (len(self.picks) + 1, 1))
            found = areas_in(rest, sheet, self.regions)
        self.given.update(dict.fromkeys(found))

    def numbers_in(self, area: Area, *, stored: bool) -> Iterator[Numbers]:
        """Yield the numbers of a region in an area."""
        region = self.regions.get(area.sheet.casefold())
        if region is not None:
            for first, values in region.part(area, stored=stored):
                yield region.sheet.name, first, values

    def give_picked(self, *, stored: bool) -> None:
        """Give the engine the cells that its formulas pick."""
        for _ in range(MOST_ROUNDS):
            numbers = [self.engine.value(self.own_sheet, at) for at in self.picks.values()]
            pairs = zip(self.picks, numbers, strict=True)
            areas = dict.fromkeys(chain.from_iterable(p.taken(number) for p, number in pairs))
            new = [area for area in areas if area not in self.given]
            if not new:
                return
            self.give(new, stored=stored)
        raise IrregularSheets(region.sheet.name for region in self.regions.values())

    def give(self, areas: Iterable[Area], *, stored: bool) -> None:
        """Give the engine the numbers in some areas, and calculate."""
        for area in areas:
            self.given[area] = None
            self.engine.give(self.numbers_in(area, stored=stored))
        self.engine.recalculate()

    def calculate(self) -> None:
        """Calculate all regions."""
        for region in self.regions.values():
            with suppress(Irregular):
                calculate(region, self.value, self.region)
        failed = [r.sheet.name for r in self.regions.values() if not r.is_calculated]
        if failed:
            raise IrregularSheets(failed)

    def give_calculated(self) -> None:
        """Give the engine what is calculated otherwise than it is stored."""
        stale: dict[tuple[str, int], list[int]] = {}
        for name, region in self.regions.items():
            for (row, column), _, _ in region.differing(self.rows_given(name)):
                stale.setdefault((name, column), []).append(row)
        for rows in stale.values():
            rows.sort()
        if stale:
            self.give([a for a in self.given if is_touched(a, stale)], stored=False)
            self.give_picked(stored=False)

    def rows_given(self, sheet: str) -> range:
        """Return the rows of a sheet, in small letters, that hold all that the engine was given."""
        areas = [area for area in self.given if area.sheet.casefold() == sheet]
        if not areas:
            return range(0)
        return range(min(area.top for area in areas), max(area.bottom for area in areas) + 1)

    def region(self, sheet: str) -> Region | None:
        """Return the calculated region of a sheet, None where it has none.

        Raises `Irregular` where it cannot be calculated now.
        """
        region = self.regions.get(sheet.casefold())
        if region is not None:
            calculate(region, self.value, self.region)
            if not region.is_calculated:
                raise Irregular
        return region

    def value(self, sheet: str, address: Address) -> Value:
        """Return the value of a cell for a loop."""
        region = self.regions.get(sheet.casefold())
        if region is None or not region.knows(address):
            return self.taken.setdefault((sheet, address), self.outside(sheet, address))
        if region.holds(address):
            self.region(sheet)
        return region.value(address)

    def outside(self, sheet: str, address: Address) -> Value:
        """Return the value of a cell that the engine has."""
        name = self.names.get(sheet.casefold())
        return self.engine.value(name, address) if name else ExcelError("#REF!")


def area_of(region: Region) -> Area:
    """Return a region's whole area."""
    columns = region.columns | region.typed
    return Area(region.sheet.name, region.top, min(columns), region.bottom, max(columns))


def is_touched(area: Area, cells: Mapping[tuple[str, int], Sequence[int]]) -> bool:
    """Whether an area holds a cell of some: rows in order, by sheet in small letters and column."""
    sheet, rows = area.sheet.casefold(), area.rows
    for (where, column), found in cells.items():
        if where == sheet and column in area.columns:
            place = bisect_left(found, rows.start)
            if place < len(found) and found[place] < rows.stop:
                return True
    return False
