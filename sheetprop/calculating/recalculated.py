"""What every cell of a workbook shows once it is recalculated, however large the workbook is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from sheetprop.calculating.agreement import AS_STORED, agrees_as_stored, is_close
from sheetprop.calculating.defined_names import Names
from sheetprop.calculating.engine import Engine
from sheetprop.calculating.loops.by_rows import ByRows, IrregularSheets
from sheetprop.calculating.loops.fills import Fill, Irregular
from sheetprop.calculating.loops.region import Region
from sheetprop.notation.address import ROWS
from sheetprop.workbooks.filled_cells import FilledCells
from sheetprop.workbooks.sheet import Address, ExcelError, Sheet, Value, Workbook

MOST_FOR_ENGINE = 40_000
"""Formulas that the engine takes in a fraction of a second."""

EVERY_ROW, NO_ROW = range(1, ROWS + 1), range(0)


class Recalculated:
    """Gives cells' values, called with a sheet and an address; nothing is calculated before.

    `suspects` are the cells of a sheet whose stored value is not what the formula gives, or whose
    value is an error: nearly always few, and found quicker for all at once than for each.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.found: dict[tuple[str, range], dict[Address, Value]] = {}

    def __call__(self, sheet: str, cell: Address) -> Value:
        """Return the value of one cell; None for an empty one, ``#REF!`` where there is no sheet.

        Raises `CalculationError` when the workbook cannot be calculated.
        """
        name = self.names.get(sheet.casefold())
        if name is None:
            return ExcelError("#REF!")
        engine, regions = self.calculated
        region = regions.get(name)
        if region is not None and region.knows(cell):
            return region.value(cell)
        return engine.value(name, cell)

    def several(self, sheet: str, cells: Iterable[Address]) -> list[Value]:
        """Return the values of many cells of a sheet, as calls for each would."""
        name = self.names.get(sheet.casefold())
        if name is None or name in self.calculated[1]:
            return [self(sheet, cell) for cell in cells]
        engine = self.calculated[0]
        values = engine.values(name)
        return [values[at] if at in values else engine.value(name, at) for at in cells]

    def calculate(self) -> None:
        """Calculate now, unless it is done."""
        _ = self.calculated

    def suspects(self, sheet: str, rows: range = EVERY_ROW) -> Mapping[Address, Value]:
        """Return the cells of a sheet that are stale, or show an error, with their values.

        All those in some rows, and those elsewhere that are not in a long fill.
        """
        if (sheet, rows) not in self.found:
            self.found[sheet, rows] = {
                address: value
                for address, stored, value in self.candidates(sheet, rows)
                # Nearly all are numbers as stored, or nothing is: told without a call.
                if not (type(value) is float and (stored is None or stored == value))
                and not is_settled(stored, value)
            }
        return self.found[sheet, rows]

    def errors(self, sheet: str) -> Mapping[Address, ExcelError]:
        """Return the cells of a sheet that show an error; no long fill has any."""
        found = self.suspects(sheet, NO_ROW)
        return {at: value for at, value in found.items() if isinstance(value, ExcelError)}

    def candidates(self, sheet: str, rows: range) -> Iterator[tuple[Address, Value, Value]]:
        """Yield the cells of a sheet with formulas, but for many that are known to be settled.

        Each comes with its stored value and the calculated one. Those of long fills are only looked
        at in some rows: a million formulas beside a small table would take longer than the table.
        """
        region = self.calculated[1].get(sheet)
        if region is not None:
            yield from region.differing(rows)
            for address, cell in region.beside():
                if cell.formula is not None:
                    yield address, cell.value, self(sheet, address)
            return
        values = self.calculated[0].values(sheet)
        for address, cell in self.workbook[sheet].cells.items():
            if cell.formula is not None:
                yield address, cell.value, values[address]

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
        found = {}
        for sheet in self.workbook.sheets:
            if counts[sheet.name] > MOST_FOR_ENGINE // 100:
                with suppress(Irregular):
                    found[sheet.name] = Region(sheet, Names(self.workbook.names))
        return found

    @cached_property
    def calculated(self) -> tuple[Engine, dict[str, Region]]:
        """The engine, and the parts of large sheets that are calculated without it."""
        regions = dict(self.regions)
        while regions:
            try:
                return ByRows(self.workbook, regions).calculated(), regions
            except IrregularSheets as error:
                regions = {n: r.afresh() for n, r in regions.items() if n not in error.sheets}
        engine = Engine(self.workbook)
        for sheet in self.workbook.sheets:
            if any(cell.formula is not None for cell in sheet.cells.values()):
                engine.values(sheet.name)
        return engine, {}


def formulas_in(sheet: Sheet) -> int:
    """Return how many formulas a sheet has."""
    cells = sheet.cells
    filled = 0
    if isinstance(cells, FilledCells):
        filled, cells = len(cells) - len(cells.loose), cells.loose
    return filled + sum(cell.formula is not None for cell in cells.values())


def is_settled(stored: Value, now: Value) -> bool:
    """Whether a formula's cell needs no further look."""
    if type(stored) is float and type(now) is float:
        return stored == now or is_close(stored, now, AS_STORED)
    return not isinstance(now, ExcelError) and (now is None or agrees_as_stored(stored, now))
