"""The same workbook written by other libraries, as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.chart import LineChart, Reference

from sheetprop.workbooks.sheet import Cell, ExcelError, Sheet, Workbook
from sheetprop.workbooks.styles import FONT
from sheetprop.workbooks.writing import framework
from sheetprop.workbooks.writing.chart_points import Numbers, Points
from sheetprop.workbooks.writing.conditions import Conditions
from sheetprop.workbooks.writing.stored import Stored


class Drawn(Points):
    """Points that XlsxWriter writes itself."""

    def place(self, values: Numbers) -> Any:
        """Return the points themselves, as a picture shows them."""
        return [None if value is None else float(f"{value:.4g}") for value in values]


class Written(Conditions):
    """Formulas of marks that XlsxWriter writes itself."""

    def place(self, formula: str) -> str:
        """Return the formula itself."""
        return formula


def by_xlsxwriter(workbook: Workbook, path: Path) -> None:
    """Write all cells (formulas with values, in their styles) and charts with plain XlsxWriter."""
    options = {"default_format_properties": dict(FONT), "in_memory": True}
    book = xlsxwriter.Workbook(path, options)
    formats = framework.Formats(book, Written())
    stored = Stored(workbook, Drawn())
    for sheet in workbook.sheets:
        framework.lay_out(book, sheet, formats, stored)
        cells_by_xlsxwriter(book.worksheets()[-1], sheet, formats)
    for name, reference in workbook.names.items():
        book.define_name(name, f"={reference}")
    book.close()


def cells_by_xlsxwriter(page: Any, sheet: Sheet, formats: framework.Formats) -> None:
    """Write the cells of a sheet that are not written as links."""
    look = framework.look_of(sheet)
    styles = {at: formats[style] for at, style in look.styles.items()}
    columns = {column: formats[style] for column, style in look.columns.items()}
    for (row, column), style in styles.items():
        if (row, column) not in sheet.cells:
            page.write_blank(row - 1, column - 1, None, style)
    for at, cell in sheet.cells.items():
        if at not in look.links:
            style = styles.get(at) or columns.get(at[1])
            cell_by_xlsxwriter(page, at[0] - 1, at[1] - 1, cell, style)


def cell_by_xlsxwriter(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    """Write one cell."""
    if cell.formula is not None:
        page.write_formula(
            row, column, cell.formula, style, "" if cell.value is None else cell.value
        )
    elif isinstance(cell.value, ExcelError):
        page.write_formula(row, column, f"={cell.value}", style, cell.value)
    elif isinstance(cell.value, str):
        page.write_string(row, column, cell.value, style)
    elif cell.value is not None:
        page.write(row, column, cell.value, style)


def by_openpyxl(workbook: Workbook, path: Path) -> None:
    """Write the cells (formulas, which openpyxl stores without values) and line charts."""
    book = openpyxl.Workbook(write_only=False)
    book.remove(book.active)
    for sheet in workbook.sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), cell in sheet.cells.items():
            page.cell(row, column, cell.formula or cell.value)
        for number, chart in enumerate(sheet.charts):
            drawn = LineChart()
            for series in chart.series:
                drawn.add_data(Reference(page, range_string=series.values), titles_from_data=False)
            page.add_chart(drawn, f"AH{2 + 20 * number}")
    book.save(path)
