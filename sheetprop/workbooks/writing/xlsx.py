"""A `Workbook` becomes an .xlsx file: rows and points, and around them what XlsxWriter makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from sheetprop.workbooks.long_tables import long_tables
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook
from sheetprop.workbooks.writing.chart_points import Points
from sheetprop.workbooks.writing.conditions import Conditions
from sheetprop.workbooks.writing.frame import frame_of, styles_in
from sheetprop.workbooks.writing.framework import framework, look_of
from sheetprop.workbooks.writing.package import DIGITS, FORMULAS, TEXT, Package
from sheetprop.workbooks.writing.rows.sheet_rows import SheetRows
from sheetprop.workbooks.writing.rows.texts import Texts
from sheetprop.workbooks.writing.wires import Wires

_SHEET, _CHART, _TEXTS = "xl/worksheets/sheet{}.xml", "xl/charts/chart", "xl/sharedStrings.xml"
_DRAWING, _THEME = "xl/drawings/drawing", "xl/theme/theme1.xml"
_OF_SCRIPTS = re.compile(r'<a:font script="[^"]*" typeface="[^"]*"/>')
"""Fonts of the theme for single scripts, which no cell takes: programs know fonts of their own."""

_TOGETHER = 200  # rows that are packed at once

Told = Callable[[int, int], None]
"""Is told from time to time how many rows of long tables are written, and how many there are."""


def save(workbook: Workbook, path: Path, told: Told | None = None) -> None:
    """Write a workbook into a file.

    Raises:
        OSError: the file cannot be written.

    """
    points, conditions, wires = Points(), Conditions(), Wires()
    made, samples = framework(workbook, points, conditions, wires)
    parts = _Parts(workbook, samples, points, conditions, wires, told)
    parts.tell(0)
    with path.open("wb") as file:
        package = Package(file)
        for name in sorted(made, key=_TEXTS.__eq__):  # the texts, when all are known
            package.add(name, parts.pieces(name, made.pop(name)), parts.kind(name))
        package.close()


class _Parts:
    """Makes the parts of a file from those that XlsxWriter made."""

    def __init__(
        self,
        workbook: Workbook,
        samples: Mapping[str, Address],
        points: Points,
        conditions: Conditions,
        wires: Wires,
        told: Told | None,
    ) -> None:
        self.sheets = {_SHEET.format(n): sheet for n, sheet in enumerate(workbook.sheets, 1)}
        self.samples = samples
        self.styles: dict[str, str] | None = None
        self.points = points
        self.conditions = conditions
        self.wires = wires
        self.texts = Texts()
        self.told = told
        tables = (table for sheet in workbook.sheets for table in long_tables(sheet.cells))
        self.rows = sum(len(table.rows) for table in tables)
        self.written = 0

    def kind(self, name: str) -> str:
        """Return what a part consists of, for the most."""
        if name not in self.sheets:
            return TEXT
        cells = self.sheets[name].cells
        return DIGITS if long_tables(cells) else _most_of(cells)

    def pieces(self, name: str, made: str | bytes) -> Iterable[bytes]:
        """Return a part piece by piece."""
        if isinstance(made, bytes):
            return (made,)
        if name in self.sheets:
            return self.sheet(self.sheets[name], made)
        if name.startswith(_CHART):
            return (piece.encode() for piece in self.points.put_into(made))
        if name.startswith(_DRAWING):
            made = self.wires.put_into(made)
        if name == _THEME:
            made = _OF_SCRIPTS.sub("", made)
        return ((self.texts.xml() if name == _TEXTS else made).encode(),)

    def sheet(self, sheet: Sheet, made: str) -> Iterator[bytes]:
        """Yield a worksheet with its rows, a few at a time."""
        if self.styles is None:  # the first sheet has the samples
            self.styles = styles_in(made, self.samples)
        frame = frame_of(made)
        look = look_of(sheet)
        rows = SheetRows(sheet, look, self.styles, self.texts)
        yield frame.head_for(rows.corners(), has_paper=look is sheet.look).encode()
        written = rows.xml(frame.rows)
        while some := list(islice(written, _TOGETHER)):
            yield "".join(some).encode()
            self.tell(len(some))
        yield self.conditions.put_into(frame.tail).encode()

    def tell(self, rows: int) -> None:
        """Tell that so many more rows are written."""
        self.written += rows
        if self.told:
            self.told(min(self.written, self.rows), self.rows)


def _most_of(cells: Mapping[Address, Cell]) -> str:
    """Return what the loose cells of a sheet hold for the most."""
    formulas = sum(cell.formula is not None for cell in cells.values())
    numbers = sum(type(cell.value) in (float, int) for cell in cells.values()) - formulas
    return DIGITS if numbers > formulas else FORMULAS
