"""What charts store of the cells they show: their texts, and their points."""

from __future__ import annotations

import re

from sheetprop.notation.address import column_number
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.chart_points import Numbers, Points
from sheetprop.workbooks.writing.rows.cells import digits

_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})")


class Stored:
    """Gives XlsxWriter what a chart stores."""

    def __init__(self, workbook: Workbook, points: Points) -> None:
        self._sheets = {sheet.name: sheet.cells for sheet in workbook.sheets}
        self._points = points

    def text(self, reference: str) -> list[str]:
        """Return what the cell shows that a title or a name is taken from."""
        match = _CELL.fullmatch(reference)
        if match is None:
            return []
        quoted, plain, letters, row = match.groups()
        cells = self._sheets.get(plain or quoted.replace("''", "'"), {})
        cell = cells.get((int(row), column_number(letters)))
        if cell is None or cell.value is None:
            return []
        return [cell.value if isinstance(cell.value, str) else digits(cell.value)]

    def points(self, values: Numbers) -> list[int]:
        """Keep the points of a line, and return what stands for them until they are written."""
        return self._points.place(values)
