"""The cells a chart refers to: ``Sheet1!$W$33:$W$100``, or several such areas in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import COLUMNS, ROWS, column_number
from sheetprop.tables.table import Table, range_text
from sheetprop.workbooks.sheet import Address, Workbook

_AREA = pattern(
    r"(?:(?<!')'(?P<quoted>(?:[^']|'')++)'|(?P<plain>[^\s'!(),:]{1,255}))!"
    r"\$?(?P<from>[A-Z]{1,3})?\$?(?P<top>\d{1,7})?(?::\$?(?P<to>[A-Z]{1,3})?\$?(?P<bottom>\d{1,7})?)?",
    re.IGNORECASE,
)


class Area(NamedTuple):
    """A rectangle of one sheet, both corners included."""

    sheet: str
    first: Address
    last: Address

    def span(self, table: Table) -> tuple[int, int]:
        """Return the first and last row (or column) along a table's iterations."""
        return table.split(self.first)[1], table.split(self.last)[1]

    def lines(self, table: Table) -> tuple[int, int]:
        """Return the first and last column (or row) across a table's iterations."""
        return table.split(self.first)[0], table.split(self.last)[0]

    def contains(self, cell: Address) -> bool:
        """Whether a cell lies in it."""
        (top, left), (bottom, right) = self.first, self.last
        return top <= cell[0] <= bottom and left <= cell[1] <= right

    @property
    def text(self) -> str:
        """The address without the sheet."""
        return range_text(self.first, self.last)


def areas_of(reference: str, workbook: Workbook) -> list[Area]:
    """Return the areas of a reference; a defined name is looked up, anything else has none."""
    if reference.startswith("{"):
        return []
    defined = {name.casefold(): text for name, text in workbook.names.items()}
    name = reference.rpartition("!")[2].casefold()
    reference = defined.get(reference.casefold(), defined.get(name, reference))
    titles = {sheet.name.casefold(): sheet.name for sheet in workbook.sheets}
    return [area for match in _AREA.finditer(reference) if (area := _area(match, titles))]


def _area(match: re.Match[str], titles: Mapping[str, str]) -> Area | None:
    sheet = titles.get((match["quoted"] or match["plain"]).replace("''", "'").casefold())
    if sheet is None or not (match["from"] or match["top"]):
        return None
    first_column = column_number(match["from"]) if match["from"] else 1
    first_row = int(match["top"]) if match["top"] else 1
    column = column_number(match["to"]) if match["to"] else first_column
    row = int(match["bottom"]) if match["bottom"] else first_row
    if match["to"] and not match["bottom"]:
        row = ROWS  # whole columns, as in W:W
    if match["bottom"] and not match["to"]:
        column = COLUMNS
    rows, columns = sorted((first_row, row)), sorted((first_column, column))
    return Area(sheet, (rows[0], columns[0]), (rows[1], columns[1]))


def shows_losses_of(areas: Sequence[Area], table: Table) -> bool:
    """Whether areas hold E_total of a table, in one iteration at least."""
    return bool(steps_shown(areas, table))


def steps_shown(areas: Sequence[Area], table: Table) -> list[int]:
    """Return the iterations whose E_total areas hold."""
    line = table.lines.get("E_total")
    steps: set[int] = set()
    for area in areas:
        if area.sheet != table.sheet or line is None:
            continue
        (first_line, last_line), (first, last) = area.lines(table), area.span(table)
        if first_line <= line <= last_line:
            steps |= {step for place, step in table.step_of.items() if first <= place <= last}
    return sorted(steps)
