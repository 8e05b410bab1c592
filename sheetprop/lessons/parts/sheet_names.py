"""The names of sheets in the language of the lesson, given last: until then all are English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sheetprop.notation.address import quoted
from sheetprop.words import Words
from sheetprop.workbooks.long_tables import TableCells, long_tables, loose_cells
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import ALL_SHEETS
from sheetprop.workbooks.sheet import Cell, Chart, Series, Sheet, Workbook

_SHEET = re.compile(r"\"(?:[^\"]|\"\")*\"|(?<!')'((?:[^']|'')++)'!|\b([A-Za-z_][A-Za-z_0-9]*)!")


def key_of(sheet: str) -> str:
    """Return a sheet's name as the end of a key of the words."""
    return sheet.lower().replace(" ", "_")


def sheet_text(words: Words, sheet: str) -> str:
    """Return the name of a sheet as its tab will show it, with the number at its end."""
    stem = _stem(sheet)
    return words.get(f"sheet_{key_of(stem)}", stem) + sheet.removeprefix(stem)


def _stem(sheet: str) -> str:
    return sheet.rstrip("0123456789")


def with_names_of(workbook: Workbook, words: Words) -> Workbook:
    """Return the workbook with its sheets called as the lesson's language calls them."""
    numbered = [one.name for one in workbook.sheets if _stem(one.name) in ALL_SHEETS]
    other = {name: sheet_text(words, name) for name in (*ALL_SHEETS, *numbered)}
    other = {name: text for name, text in other.items() if name != text}
    if not other:
        return workbook
    names = {name: _renamed(text, other) for name, text in workbook.names.items()}
    return replace(
        workbook, sheets=tuple(_of(sheet, other) for sheet in workbook.sheets), names=names
    )


def _renamed(text: str, other: Mapping[str, str]) -> str:
    """Return a formula or a reference with the sheets' other names; texts in quotes stay."""

    def name(found: re.Match[str]) -> str:
        sheet = found[1] or found[2]
        return quoted(other[sheet]) + "!" if sheet in other else found[0]

    return _SHEET.sub(name, text)


def _of(sheet: Sheet, other: Mapping[str, str]) -> Sheet:
    loose = {
        at: _cell(cell, other) if cell.formula is not None and "!" in cell.formula else cell
        for at, cell in loose_cells(sheet.cells).items()
    }
    tables = [
        replace(table, formulas=[_renamed(formula, other) for formula in table.formulas])
        for table in long_tables(sheet.cells)
    ]
    look = sheet.look
    assert isinstance(look, Look)
    rules = tuple(
        replace(rule, source=_renamed(rule.source, other)) if rule.source else rule
        for rule in look.validations
    )
    links = {at: _renamed(link, other) for at, link in look.links.items()}
    return replace(
        sheet,
        name=other.get(sheet.name, sheet.name),
        cells=TableCells(loose, tables) if tables else loose,
        charts=tuple(_chart(chart, other) for chart in sheet.charts),
        look=replace(look, validations=rules, links=links),
    )


def _cell(cell: Cell, other: Mapping[str, str]) -> Cell:
    return cell._replace(formula=_renamed(str(cell.formula), other))


def _chart(chart: Chart, other: Mapping[str, str]) -> Chart:
    title = chart.title
    if title is not None and chart.title_is_reference:
        title = _renamed(title, other)
    return replace(chart, title=title, series=tuple(_series(one, other) for one in chart.series))


def _series(series: Series, other: Mapping[str, str]) -> Series:
    name = series.name
    if name is not None and series.name_is_reference:
        name = _renamed(name, other)
    categories = None if series.categories is None else _renamed(series.categories, other)
    return replace(series, values=_renamed(series.values, other), categories=categories, name=name)
