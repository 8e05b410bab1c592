"""The formulas of marks, put into what XlsxWriter makes of a worksheet.

XlsxWriter looks through each of them for thirty functions that these never use, which takes a third
of the time of writing a workbook. It is given a number in the place of each, by which it is found.
"""

from __future__ import annotations

import re

from sheetprop.workbooks.writing.rows.new_functions import prefixed
from sheetprop.workbooks.writing.rows.texts import marked_up

_FIRST = 10**15
"""The number that stands for the first formula: none that a formula of a mark would be."""

_PLACE = re.compile(r"(?<=<formula>)(1\d{15})(?=</formula>)")


class Conditions:
    """The formulas of all marks of a file, each once."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._written: dict[str, str] = {}

    def place(self, formula: str) -> str:
        """Keep a formula, and return what stands in its place."""
        if formula not in self._places:
            place = str(_FIRST + len(self._places))
            self._places[formula] = place
            self._written[place] = marked_up(prefixed(formula.removeprefix("=")))
        return self._places[formula]

    def put_into(self, xml: str) -> str:
        """Return the XML of a worksheet with its formulas."""
        return _PLACE.sub(lambda match: self._written[match[1]], xml)
