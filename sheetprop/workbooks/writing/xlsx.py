"""Everything that speaks to XlsxWriter: a `Workbook` and its looks become a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

from sheetprop.notation.address import address
from sheetprop.workbooks.extent import last_cell
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Workbook
from sheetprop.workbooks.styles import FONT, MARKS, SCIENTIFIC, STYLES, Look, Validation
from sheetprop.workbooks.writing.exact import Exact
from sheetprop.workbooks.writing.xlsx_charts import insert_charts

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that equal workbooks are equal files
_NO_LOOK = Look()
LEVEL = 7  # of packing: 8 takes twice as long for a hundredth


class _Book(xlsxwriter.Workbook):  # type: ignore[misc]
    worksheet_class = Exact


def save(workbook: Workbook, path: Path) -> None:
    """Write a workbook into a file.

    Raises:
        OSError: the file cannot be written.

    """
    options = {"default_format_properties": dict(FONT), "in_memory": True}
    loose = BytesIO()
    book = _Book(loose, options)
    book.set_properties({"created": CREATED})
    formats = _Formats(book)
    for sheet in workbook.sheets:
        _save_sheet(book, sheet, formats)
    for name, reference in workbook.names.items():
        book.define_name(name, f"={reference}")
    book.close()
    _pack(loose, path)


def _pack(loose: BytesIO, path: Path) -> None:
    """Write a finished workbook as small as it gets, which XlsxWriter has no option for."""
    with ZipFile(loose) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(
                ZipInfo(entry.filename, entry.date_time), source.read(entry), ZIP_DEFLATED, LEVEL
            )


class _Formats:
    """The cell formats of a file, made when first used."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, style: str) -> Any:
        if style not in self._made:
            properties = MARKS[style] if style in MARKS else STYLES[style]
            self._made[style] = self._book.add_format(dict(properties))
        return self._made[style]

    def number(self, num_format: str) -> Any:
        if num_format not in self._made:
            self._made[num_format] = self._book.add_format({"num_format": num_format})
        return self._made[num_format]


def _save_sheet(book: Any, sheet: Sheet, formats: _Formats) -> None:
    look = sheet.look if isinstance(sheet.look, Look) else _NO_LOOK
    page = book.add_worksheet(sheet.name)
    page.plain_formulas = look.plain_formulas
    page.fills = _fills(look)
    if sheet.hidden:
        page.hide()
    if look is not _NO_LOOK:
        last = last_cell(sheet.cells, look)
        page.lay_paper(formats["paper"], look.widths, last[1])
        page.print_area(0, 0, last[0] - 1, last[1] - 1)
        _set_paper(page, look)
    _set_page(page, look, formats)
    _write_cells(page, sheet.cells, look, formats)
    insert_charts(book, page, sheet, look.charts)


def _fills(look: Look) -> dict[Address, tuple[int, str | None]]:
    """Return the number of the fill each cell belongs to, for the first one with its range."""
    found: dict[Address, tuple[int, str | None]] = {}
    for number, (first, last) in enumerate(look.filled):
        area = f"{address(*first)}:{address(*last)}"
        found |= {(row, first[1]): (number, None) for row in range(first[0], last[0] + 1)}
        found[first] = (number, area)
    return found


def _write_cells(page: Any, cells: Mapping[Any, Cell], look: Look, formats: _Formats) -> None:
    columns = {column: formats[style] for column, style in look.columns.items()}
    styles = {at: formats[style] for at, style in look.styles.items()}
    for (row, column), style in styles.items():
        if (row, column) not in cells:
            page.write_blank(row - 1, column - 1, None, style)
    for (row, column), last in look.merged:
        page.merge_range(row - 1, column - 1, last[0] - 1, last[1] - 1, "", styles[row, column])
    formula = page.write_formula
    for at, cell in cells.items():
        row, column = at
        style = styles.get(at) or columns.get(column)
        if cell.formula is not None and cell.array is None and cell.value is not None:
            formula(row - 1, column - 1, cell.formula, style, cell.value)
        else:
            _write_other(page, row - 1, column - 1, cell, style, look.links.get(at))


def _write_other(
    page: Any, row: int, column: int, cell: Cell, style: Any, link: str | None
) -> None:
    value = cell.value
    if cell.array is not None:
        page.write_array_formula(cell.array, f"{{{cell.formula}}}", style, value)
    elif cell.formula is not None:  # without a value: an empty one asks readers to calculate
        page.write_formula(row, column, cell.formula, style, "")
    elif link is not None:
        page.write_url(row, column, f"internal:{link}", style, str(value))
    elif isinstance(value, ExcelError):
        page.write_formula(row, column, f"={value}", style, value)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        page.write_string(row, column, value, style)
    elif value is not None:
        page.write_number(row, column, value, style)


def _set_paper(page: Any, look: Look) -> None:
    """Set how the sheet is printed; pages are scaled, so that Letter does as well as A4."""
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.fit_to_pages(look.pages, 0)
    if look.pages > 1:
        page.repeat_columns(0, 0)
    page.set_footer("&L&A&R&P / &N")


def _set_page(page: Any, look: Look, formats: _Formats) -> None:
    for row, height in look.heights.items():
        page.set_row(row - 1, height)
    if look.freeze:
        page.freeze_panes(look.freeze[0] - 1, look.freeze[1] - 1)
    if look.heads:
        page.repeat_rows(look.heads[0] - 1, look.heads[1] - 1)
    if look.tab:
        page.set_tab_color(look.tab)
    for validation in look.validations:
        _validate(page, validation)
    _set_exercise(page, look, formats)  # first, since the first condition that holds decides
    for first, last in look.scientific:
        _turn_scientific(page, first, last, formats)


def _set_exercise(page: Any, look: Look, formats: _Formats) -> None:
    if look.printed:
        page.print_area(0, 0, look.printed[0] - 1, look.printed[1] - 1)
    if look.is_protected:  # without a password: it guards against slips, not against people
        page.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    for mark in look.marks:
        (row, column), (last_row, last_column) = mark.first, mark.last
        rule = {"type": "formula", "criteria": mark.formula, "format": formats[mark.style]}
        page.conditional_format(row - 1, column - 1, last_row - 1, last_column - 1, rule)


def _turn_scientific(page: Any, first: Address, last: Address, formats: _Formats) -> None:
    """Show numbers that six decimals show badly in scientific notation, in a range."""
    corner = address(*first)
    size = f"ABS({corner})"
    rule = {
        "type": "formula",
        "criteria": f"=IF(ISNUMBER({corner}),OR({size}>=1000,AND({size}<0.0001,{size}>0)),FALSE)",
        "format": formats.number(SCIENTIFIC),
    }
    page.conditional_format(first[0] - 1, first[1] - 1, last[0] - 1, last[1] - 1, rule)


def _validate(page: Any, validation: Validation) -> None:
    bound = (
        {"criteria": "between", "minimum": "-1E+307", "maximum": "1E+307"}
        if validation.above is None
        else {"criteria": "between", "minimum": "1E-300", "maximum": "1E+307"}
    )
    kind = {**bound, "validate": "decimal"}
    if validation.source is not None:
        kind = {"validate": "list", "source": f"={validation.source}"}
    (row, column), (last_row, last_column) = validation.first, validation.last
    options = {
        **kind,
        "ignore_blank": False,
        "error_title": validation.title,
        "error_message": validation.message,
    }
    page.data_validation(row - 1, column - 1, last_row - 1, last_column - 1, options)
