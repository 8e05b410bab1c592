"""What every cell of a workbook shows once it is recalculated, however large the workbook is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from sheetprop.calculating.agreement import agrees_as_stored
from sheetprop.calculating.defined_names import Names
from sheetprop.calculating.engine import Engine
from sheetprop.calculating.filled_down import Region
from sheetprop.calculating.fills import Fill
from sheetprop.calculating.loop_code import Irregular
from sheetprop.notation.relative import references
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Value, Workbook

MOST_FOR_ENGINE = 40_000
"""Formulas that the engine takes in a fraction of a second."""

ANYWHERE = re.compile(r"OFFSET|INDIRECT|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+", re.I)


class Recalculated:
    """Gives cells' values, called with a sheet and an address; nothing is calculated before.

    `suspects` are the cells of a sheet whose stored value is not what the formula gives, or whose
    value is an error: nearly always few, and found quicker for all at once than for each.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.found: dict[str, dict[Address, Value]] = {}

    def __call__(self, sheet: str, cell: Address) -> Value:
        """Return the value of one cell; None for an empty one, ``#REF!`` where there is no sheet.

        Raises `CalculationError` when the workbook cannot be calculated.
        """
        name = self.names.get(sheet.casefold())
        if name is None:
            return ExcelError("#REF!")
        engine, regions = self.calculated
        if name in regions:
            value = regions[name].value(cell)
            if value is not None:
                return value
            if regions[name].covers(cell):
                typed = regions[name].sheet.cells.get(cell)
                return typed.value if typed else None
        return engine.value(name, cell)

    def calculate(self) -> None:
        """Calculate now, unless it is done."""
        _ = self.calculated

    def suspects(self, sheet: str) -> Mapping[Address, Value]:
        """Return the cells of a sheet that are stale, or show an error, with their values."""
        if sheet not in self.found:
            cells = self.workbook[sheet].cells
            self.found[sheet] = {
                address: value
                for address, value in self.candidates(sheet)
                if not is_settled(cells[address].value, value)
            }
        return self.found[sheet]

    def candidates(self, sheet: str) -> Iterator[tuple[Address, Value]]:
        """Yield the cells of a sheet with formulas, but for many that are known to be settled."""
        region = self.calculated[1].get(sheet)
        top, bottom = (region.top, region.bottom) if region else (0, 0)
        if region is not None:
            yield from region.differing()
        for address, cell in self.workbook[sheet].cells.items():
            if not top <= address[0] <= bottom and cell.formula is not None:
                yield address, self(sheet, address)

    @cached_property
    def names(self) -> dict[str, str]:
        """The sheets, by their names without regard to capitals."""
        return {sheet.name.casefold(): sheet.name for sheet in self.workbook.sheets}

    def fills(self, sheet: str) -> Mapping[int, list[Fill]]:
        """Return the fills of a large sheet by column; nothing for a sheet that is not large."""
        region = self.regions.get(sheet)
        return region.by_column if region else {}

    @cached_property
    def regions(self) -> dict[str, Region]:
        """The parts of large sheets that consist of a few formulas filled down."""
        counts = {sheet.name: formulas_in(sheet) for sheet in self.workbook.sheets}
        if sum(counts.values()) <= MOST_FOR_ENGINE:
            return {}
        try:
            return {
                sheet.name: Region(sheet, Names(self.workbook.names))
                for sheet in self.workbook.sheets
                if counts[sheet.name] > MOST_FOR_ENGINE // 8
            }
        except Irregular:
            return {}

    @cached_property
    def calculated(self) -> tuple[Engine, dict[str, Region]]:
        """The engine, and the parts of large sheets that are calculated without it."""
        if self.regions:
            try:
                return calculated_by_rows(self.workbook, self.regions), self.regions
            except Irregular:
                pass
        engine = Engine(self.workbook)
        for sheet in self.workbook.sheets:
            if formulas_in(sheet):
                engine.values(sheet.name)
        return engine, {}


def formulas_in(sheet: Sheet) -> int:
    """Return how many formulas a sheet has."""
    return len(sheet.cells) - [cell.formula for cell in sheet.cells.values()].count(None)


def is_settled(stored: Value, now: Value) -> bool:
    """Whether a formula's cell needs no further look."""
    if type(stored) is float and type(now) is float:
        return stored == now or agrees_as_stored(stored, now)
    return not isinstance(now, ExcelError) and (now is None or agrees_as_stored(stored, now))


def calculated_by_rows(workbook: Workbook, regions: Mapping[str, Region]) -> Engine:
    """Calculate long fills by a loop over their rows, and return the engine with the rest.

    The rest sees the long fills' stored values, if it refers to them at all. Raises `Irregular`.
    """
    outside = [
        cell.formula
        for sheet in workbook.sheets
        for cell in outside_of(regions.get(sheet.name), sheet)
        if cell.formula is not None
    ]
    keeps = any(looks_into(text, region) for text in outside for region in regions.values())
    sheets = tuple(
        without(sheet, regions[sheet.name], keeps) if sheet.name in regions else sheet
        for sheet in workbook.sheets
    )
    engine = Engine(Workbook(sheets, workbook.names))
    for region in regions.values():
        region.calculate(engine.value)
    return engine


def looks_into(formula: str, region: Region) -> bool:
    """Whether a formula may refer to rows of a region."""
    rows = [row for row, _ in references(formula)]
    return bool(ANYWHERE.search(formula)) or (
        bool(rows) and min(rows) <= region.bottom and max(rows) >= region.top
    )


def outside_of(region: Region | None, sheet: Sheet) -> Iterable[Cell]:
    """Return the cells of a sheet that are not in its region."""
    if region is None:
        return sheet.cells.values()
    top, bottom = region.top, region.bottom
    return [cell for (row, _), cell in sheet.cells.items() if not top <= row <= bottom]


def without(sheet: Sheet, region: Region, keeps_values: bool) -> Sheet:
    """Return the sheet without the region, or with its stored values for its formulas."""
    top, bottom = region.top, region.bottom
    cells = {
        address: Cell(cell.value) if top <= address[0] <= bottom else cell
        for address, cell in sheet.cells.items()
        if keeps_values or not top <= address[0] <= bottom
    }
    return Sheet(sheet.name, cells)
