"""Sheets of networks without a hidden layer as somebody types them: a column for each quantity."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.notation.address import column_letters
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

TOP = 4
"""The first row of every table; its headers stand in the row above."""

Columns = Mapping[str, tuple[object, object]]
"""For each header what stands in its first row, and what in all others; {w} is the cell of column w
in the same row, {w<} that of the row above."""


def sheet(columns: Columns, rows: int, rate: float, data: Sequence[Sequence[float]] = ()) -> Sheet:
    """Return a sheet with η in B1 and the data, if any, in the first columns, again and again."""
    place = {name: column_letters(k) for k, name in enumerate(columns, 1)}
    cells = {(1, 1): Cell("η"), (1, 2): Cell(rate)}
    for k, (name, (first, rest)) in enumerate(columns.items(), 1):
        cells[TOP - 1, k] = Cell(name)
        for row in range(TOP, TOP + rows):
            content = first if row == TOP else rest
            cells[row, k] = _cell(content, place, row)
    for row in range(TOP, TOP + rows if data else TOP):
        for k, number in enumerate(data[(row - TOP) % len(data)], 1):
            cells[row, k] = Cell(number)
    return Sheet("Sheet1", cells)


def _cell(content: object, place: Mapping[str, str], row: int) -> Cell:
    if not isinstance(content, str):
        return Cell(content)  # type: ignore[arg-type]

    def address(found: re.Match[str]) -> str:
        return f"{place[found[1]]}{row - 1 if found[2] else row}"

    return Cell(None, re.sub(r"\{([^<}]+)(<?)\}", address, content))


def checked(one: Sheet, **changes: object) -> Report:
    """Return the report of a sheet with other contents in some of its cells: `K10="=I10"`."""
    cells = dict(one.cells)
    for at, content in changes.items():
        found = re.fullmatch(r"([A-Z])(\d+)", at)
        assert found
        cells[int(found[2]), ord(found[1]) - 64] = _cell(content, {}, 0)
    return check_workbook(Workbook((Sheet(one.name, cells),)), "book.xlsx")


def accused(report: Report) -> set[str]:
    """Return where a report finds a wrong formula."""
    return {place.range for error in report.errors for place in error.places}
