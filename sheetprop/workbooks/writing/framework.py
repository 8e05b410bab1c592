"""What a file holds besides the cells of its worksheets, said to XlsxWriter."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from sheetprop.notation.address import address, fixed
from sheetprop.workbooks.extent import last_cell
from sheetprop.workbooks.long_tables import loose_cells
from sheetprop.workbooks.look import Look, Paper, Validation, kept_columns
from sheetprop.workbooks.sheet import Address, Sheet, Workbook
from sheetprop.workbooks.styles import MARKS, SCIENTIFIC, STYLES
from sheetprop.workbooks.writing.book import Book
from sheetprop.workbooks.writing.chart_points import Points
from sheetprop.workbooks.writing.colour_scales import LIGHT, colour
from sheetprop.workbooks.writing.conditions import Conditions
from sheetprop.workbooks.writing.stored import Stored
from sheetprop.workbooks.writing.wires import Wires
from sheetprop.workbooks.writing.xlsx_charts import insert_charts

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that equal workbooks are equal files
AUTHOR = "sheetprop"
_NO_LOOK = Look()


def look_of(sheet: Sheet) -> Look:
    """Return the look of a sheet, also of one that has none."""
    return sheet.look if isinstance(sheet.look, Look) else _NO_LOOK


def framework(
    workbook: Workbook, points: Points, conditions: Conditions, wires: Wires
) -> tuple[dict[str, str | bytes], dict[str, Address]]:
    """Return the parts of a file without cells, and where a sample of each style stands.

    The samples are on the first sheet.

    It also lacks the `points` of its charts, the `conditions` of its marks and the `wires` of its
    drawings, which are kept there.
    """
    book = Book()
    properties = {"title": workbook.title, "author": AUTHOR, "comments": workbook.about}
    book.set_properties({**properties, "created": CREATED})
    for name, text in workbook.properties.items():
        book.set_custom_property(name, text, "text")
    formats = Formats(book, conditions)
    stored = Stored(workbook, points)
    for sheet in workbook.sheets:
        lay_out(book, sheet, formats, stored)
        wires.place(book.worksheets()[-1], look_of(sheet))
    samples = _put_samples(book, workbook, formats)
    for name, reference in workbook.names.items():
        book.define_name(name, f"={reference}")
    book.close()
    return book.packager.parts, samples


class Formats:
    """The cell formats of a file by the names of their styles, made when first used."""

    def __init__(self, book: Any, conditions: Conditions) -> None:
        self._book = book
        self._conditions = conditions
        self.styles: dict[str, Any] = {}
        self._of_conditions: dict[str, Any] = {}

    def __getitem__(self, style: str) -> Any:
        if style not in self.styles:
            self.styles[style] = self._book.add_format(dict(STYLES[style]))
        return self.styles[style]

    def mark(self, formula: str, style: str) -> dict[str, Any]:
        """Return the rule of a mark that cells take on under a condition."""
        return self._rule(formula, self._of_condition(style, MARKS[style]))

    def number(self, formula: str, num_format: str) -> dict[str, Any]:
        """Return the rule of how cells show a number under a condition."""
        return self._rule(formula, self._of_condition(num_format, {"num_format": num_format}))

    def letters(self, colour: str) -> Any:
        """Return a format that changes the colour of the text alone."""
        return self._of_condition(colour, {"font_color": colour})

    def _rule(self, formula: str, made: Any) -> dict[str, Any]:
        criteria = self._conditions.place(formula)
        return {"type": "formula", "criteria": criteria, "format": made}

    def _of_condition(self, key: str, properties: Any) -> Any:
        if key not in self._of_conditions:
            self._of_conditions[key] = self._book.add_format(dict(properties))
        return self._of_conditions[key]


def _put_samples(book: Any, workbook: Workbook, formats: Formats) -> dict[str, Address]:
    """Write a cell of each style, and one of text, below all else on the first sheet."""
    for sheet in workbook.sheets:
        look = look_of(sheet)
        for style in dict.fromkeys((*look.styles.values(), *look.columns.values())):
            formats[style]
    if not workbook.sheets:
        return {}
    first = workbook.sheets[0]
    row = last_cell(first.cells, look_of(first))[0] + 1
    page = book.worksheets()[0]
    found = {}
    for column, (style, made) in enumerate(formats.styles.items()):
        page.write_blank(row - 1, column, None, made)
        found[style] = (row, column + 1)
    page.write_string(row - 1, len(found), "text")  # so that there is a part for texts
    return found


def lay_out(book: Any, sheet: Sheet, formats: Formats, stored: Stored) -> None:
    """Add a sheet with all that is not a cell; links are cells for XlsxWriter, too."""
    look = look_of(sheet)
    page = book.add_worksheet(sheet.name)
    if sheet.hidden:
        page.hide()
    if look is not _NO_LOOK:
        last = last_cell(sheet.cells, look)
        columns = range(max(last[1], *look.widths, 0) + 1)
        for width, alike in groupby(columns, lambda column: look.widths.get(column + 1)):
            first, *_, end = 2 * list(alike)
            page.set_column(first, end, width, formats["paper"])
        corner = look.printed or last
        page.print_area(0, 0, corner[0] - 1, corner[1] - 1)
        if look.paper and look.paper.beside:
            page.print_area_range = _two_areas(sheet.name, corner, look.paper)
        _set_paper(page, look)
    _set_page(page, look, formats)
    for (row, column), (last_row, last_column) in look.merged:
        page.merge_range(row - 1, column - 1, last_row - 1, last_column - 1, "")
    for (row, column), link in look.links.items():
        cell = loose_cells(sheet.cells).get((row, column))
        if cell is not None:
            style = look.styles.get((row, column)) or look.columns.get(column, "link")
            text = str(cell.value)
            page.write_url(row - 1, column - 1, f"internal:{link}", formats[style], text)
    insert_charts(book, page, sheet, look.charts, stored)


def _two_areas(name: str, last: Address, paper: Paper) -> str:
    """Return what is printed of a sheet: its first page's columns, and what stands beside them."""
    assert paper.beside is not None
    quoted, end = name.replace("'", "''"), paper.columns[0]
    areas = ((1, 1), (last[0], end)), ((paper.beside[0], end + 1), (paper.beside[1], last[1]))
    return ",".join(f"'{quoted}'!{fixed(first)}:{fixed(corner)}" for first, corner in areas)


def _set_paper(page: Any, look: Look) -> None:
    """Set how the sheet is printed; pages are scaled, so that Letter does as well as A4."""
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    if look.paper is None:
        page.fit_to_pages(look.pages, 0)
    else:
        page.set_print_scale(look.paper.scale)
        page.set_h_pagebreaks(look.paper.rows)
        page.set_v_pagebreaks(look.paper.columns)
    if kept_columns(look) and (look.pages > 1 or (look.paper and look.paper.columns)):
        page.repeat_columns(0, kept_columns(look) - 1)
    page.set_footer("&L&A&R&P / &N")


def _set_page(page: Any, look: Look, formats: Formats) -> None:
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
    for scale in look.scales:
        colour(page, scale, formats.letters(LIGHT))
    _set_exercise(page, look, formats)  # first, since the first condition that holds decides
    for first, last in look.scientific:
        _turn_scientific(page, first, last, formats)


def _set_exercise(page: Any, look: Look, formats: Formats) -> None:
    if look.is_protected:  # without a password: it guards against slips, not against people
        page.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    for mark in look.marks:
        (row, column), (last_row, last_column) = mark.first, mark.last
        rule = formats.mark(mark.formula, mark.style)
        page.conditional_format(row - 1, column - 1, last_row - 1, last_column - 1, rule)


def _turn_scientific(page: Any, first: Address, last: Address, formats: Formats) -> None:
    """Show numbers that six decimals show badly in scientific notation, in a range."""
    corner = address(*first)
    size = f"ABS({corner})"
    formula = f"=IF(ISNUMBER({corner}),OR({size}>=1000,AND({size}<0.0001,{size}>0)),FALSE)"
    rule = formats.number(formula, SCIENTIFIC)
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
