"""What charts store of the cells they show: their texts, and their points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from sheetprop.notation.address import column_number
from sheetprop.workbooks.sheet import ExcelError, Value, Workbook
from sheetprop.workbooks.writing.chart_points import Numbers, Points
from sheetprop.workbooks.writing.rows.cells import digits

_AREA = re.compile(
    r"(?:(?<!')'((?:[^']|'')++)'|([^'!]{1,255}))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?"
)


class Stored:
    """Gives XlsxWriter what a chart stores."""

    def __init__(self, workbook: Workbook, points: Points) -> None:
        self._sheets = {sheet.name: sheet.cells for sheet in workbook.sheets}
        self._points = points

    def text(self, reference: str) -> list[str]:
        """Return what the cell shows that a title or a name is taken from."""
        shown = [value for value in self._values(reference)[:1] if value is not None]
        return [value if isinstance(value, str) else digits(value) for value in shown]

    def points(self, values: Numbers) -> list[int]:
        """Keep the points of a line, and return what stands for them until they are written."""
        return self._points.place(values)

    def points_of(self, reference: str) -> Sequence[Value]:
        """Return the same for what cells show; texts among them stand for themselves."""
        shown = [None if isinstance(v, ExcelError) else v for v in self._values(reference)]
        if any(isinstance(value, str) for value in shown):
            return ["" if value is None else value for value in shown]
        return self.points(tuple(None if value is None else float(value) for value in shown))

    def _values(self, reference: str) -> list[Value]:
        """Return what the cells of a row or column show."""
        match = _AREA.fullmatch(reference)
        if match is None:
            return []
        quoted, plain, left, top, right, bottom = match.groups()
        cells = self._sheets.get(plain or quoted.replace("''", "'"), {})
        rows = range(int(top), int(bottom or top) + 1)
        columns = range(column_number(left), column_number(right or left) + 1)
        found = (cells.get(at) for at in product(rows, columns))
        return [None if cell is None else cell.value for cell in found]
