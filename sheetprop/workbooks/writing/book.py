"""XlsxWriter's workbook without what costs time: parts are packed once, formulas hardly searched.

What is overridden here is private to XlsxWriter, whose version is pinned.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from sheetprop.workbooks.styles import FONT
from sheetprop.workbooks.writing.rows.new_functions import prefixed


class Book(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose parts are kept: they are packed once, when the cells stand in them."""

    def __init__(self) -> None:
        options = {"default_format_properties": dict(FONT), "in_memory": True}
        super().__init__(BytesIO(), options)
        self.worksheet_class = Page
        self.packager = Parts()

    def _get_packager(self) -> Parts:
        return self.packager


class Parts(Packager):  # type: ignore[misc]
    """Gives XlsxWriter nothing to pack."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, str | bytes] = {}

    def _create_package(self) -> list[Any]:
        for content, name, _ in super()._create_package():
            self.parts[name] = content.getvalue()
        return []


class Page(Worksheet):  # type: ignore[misc]
    """A worksheet that looks for newer functions once for each formula, and knows most by sight.

    The rules of conditional formats are many and have none; looking for each of forty functions in
    each of them took a sixth of the time of a workbook.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        plain: str = formula.removeprefix("=")
        if not plain.startswith("{") and prefixed(plain) == plain:
            return plain
        expanded: str = super()._prepare_formula(formula, expand_future_functions)
        return expanded
