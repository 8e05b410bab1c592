"""Which cells the formulas and names of a workbook take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from sheetprop.notation.mentioned import Area, areas_in
from sheetprop.workbooks.sheet import Address, Workbook


class TakenCells:
    """The cells that a workbook takes numbers from: looked for once, and only if that is asked."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook

    def holds(self, sheet: str, cell: Address) -> bool:
        """Whether a formula or a name mentions a cell, alone or within a range."""
        title = sheet.casefold()
        if (title, cell) in self._cells:
            return True
        row, column = cell
        return any(row in area.rows and column in area.columns for area in self._ranges[title])

    @cached_property
    def _areas(self) -> frozenset[Area]:
        return frozenset(self._mentioned())

    def _mentioned(self) -> Iterator[Area]:
        titles = {sheet.name.casefold() for sheet in self.workbook.sheets}
        for text in self.workbook.names.values():
            yield from areas_in(f"={text}", "", titles)
        for sheet in self.workbook.sheets:
            for cell in sheet.cells.values():
                if cell.formula:
                    yield from areas_in(cell.formula, sheet.name, titles)

    @cached_property
    def _cells(self) -> frozenset[tuple[str, Address]]:
        single = (area for area in self._areas if area[1:3] == area[3:])
        return frozenset((area.sheet.casefold(), (area.top, area.left)) for area in single)

    @cached_property
    def _ranges(self) -> defaultdict[str, list[Area]]:
        found: defaultdict[str, list[Area]] = defaultdict(list)
        for area in self._areas:
            if area[1:3] != area[3:]:
                found[area.sheet.casefold()].append(area)
        return found
