"""Workbooks as real files: plain, or with tables, hidden lines, number formats and comments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from perturbing.references import Reference, address_text, column_letters, rewritten
from perturbing.sources import Region, Source
from sheetprop.workbooks.sheet import Cell, ExcelError, Workbook

Finish = Callable[[Any], None]
FORMATS = ("0.00", "0%", "0.0E+00", "# ?/?", "0.000000", "@", "General;General;;@")
NOT_IN_HEADERS = set("[]#'@\n")


def by_openpyxl(workbook: Workbook, path: Path, finish: Finish | None = None) -> Path:
    """Write a workbook as openpyxl does, formulas without values, and return the path."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet in workbook.sheets:
        page = book.create_sheet(sheet.name)
        for address, cell in sheet.cells.items():
            _put(page.cell(*address), cell)
    for name, reference in workbook.names.items():
        book.defined_names[name] = DefinedName(name, attr_text=reference)
    if finish is not None:
        finish(book)
    book.save(path)
    return path


def _put(target: Any, cell: Cell) -> None:
    content = cell.formula if cell.formula is not None else cell.value
    target.value = content
    if cell.formula is None and isinstance(content, ExcelError):
        target.data_type = "e"
    elif cell.formula is None and isinstance(content, str) and content.startswith("="):
        target.data_type = "s"


def drawn_look(source: Source, draw: Random) -> tuple[str, Finish]:
    """Draw what a file has besides cells, and name it."""
    name = draw.choice(tuple(LOOKS))
    seed = draw.random()
    return name, lambda book: LOOKS[name](book, source, Random(seed))


def _hidden(book: Any, source: Source, draw: Random) -> None:
    """Hide rows and columns of the tables."""
    for region in source.regions:
        cells = list(region.cells.values())
        for row, column in draw.sample(cells, min(4, len(cells))):
            book[region.sheet].row_dimensions[row].hidden = True
            book[region.sheet].column_dimensions[column_letters(column)].hidden = True


def _formats(book: Any, source: Source, draw: Random) -> None:
    """Give the numbers other formats."""
    for region in source.regions:
        for address in region.cells.values():
            book[region.sheet].cell(*address).number_format = draw.choice(FORMATS)


def _comments(book: Any, source: Source, draw: Random) -> None:
    """Write comments, freeze panes, protect the sheet."""
    for region in source.regions:
        page = book[region.sheet]
        for address in draw.sample(sorted(region.cells.values()), 2):
            page.cell(*address).comment = Comment("see here", "me")
        page.freeze_panes = address_text(min(region.cells.values()))
        page.protection.sheet = True


def _tables(book: Any, source: Source, draw: Random) -> None:
    """Make the first table that can be one an Excel table, with structured references."""
    for number, region in enumerate(source.regions):
        span = _span(book, region)
        if span is None:
            continue
        header, last, left, right = span
        page, name = book[region.sheet], f"Run{number}"
        texts = {c: page.cell(header, c).value for c in range(left, right + 1)}
        for row, column in region.cells.values():
            content = page.cell(row, column).value
            if isinstance(content, str) and content.startswith("="):
                page.cell(row, column).value = _structured(content, row, texts, name)
        ends = address_text((header, left)), address_text((last, right))
        page.add_table(Table(displayName=name, ref=":".join(ends)))
        return
    _hidden(book, source, draw)


def _span(book: Any, region: Region) -> tuple[int, int, int, int] | None:
    """Return header row, last row, first and last column of a region that can be a table."""
    rows = sorted({row for row, _ in region.cells.values()})
    columns = [column for _, column in region.cells.values()]
    header, left, right = rows[0] - 1, min(columns), max(columns)
    if header < 1 or left < 1:
        return None
    found = [book[region.sheet].cell(header, c).value for c in range(left, right + 1)]
    texts = [text for text in found if isinstance(text, str) and text.strip() == text]
    is_headed = len({t.lower() for t in texts}) == len(found) and not NOT_IN_HEADERS & set(
        "".join(texts)
    )
    is_whole = rows == list(range(rows[0], rows[-1] + 1)) and not region.across and len(rows) > 1
    return (header, rows[-1], left, right) if is_headed and is_whole else None


def _structured(formula: str, row: int, texts: dict[int, Any], name: str) -> str:
    def one(reference: Reference) -> object:
        start = reference.start
        is_here = start.row == row and not start.row_dollar and start.column in texts
        if reference.sheet is not None or reference.end is not None or not is_here:
            return reference
        return f"{name}[[#This Row],[{texts[start.column]}]]"

    return rewritten(formula, one)


def _rules(book: Any, source: Source, draw: Random) -> None:
    """Let cells be coloured by rules, and accept numbers alone."""
    for region in source.regions:
        page, cells = book[region.sheet], sorted(region.cells.values())
        span = f"{address_text(cells[0])}:{address_text(cells[-1])}"
        page.conditional_formatting.add(span, ColorScaleRule("min", None, "F8696B", "max"))
        page.conditional_formatting.add(span, CellIsRule("lessThan", ["0"], stopIfTrue=True))
        numbers = DataValidation("decimal", "between", "-9", "9", allow_blank=draw.random() < 0.5)
        numbers.add(span)
        page.add_data_validation(numbers)


def _grouped(book: Any, source: Source, draw: Random) -> None:
    """Group rows and columns, folded or not, filter the table, set what is printed."""
    for region in source.regions:
        page, cells = book[region.sheet], sorted(region.cells.values())
        (top, left), (bottom, right) = cells[0], cells[-1]
        is_folded = draw.random() < 0.5
        page.row_dimensions.group(top, bottom, hidden=is_folded)
        letters = column_letters(left), column_letters(max(left, right))
        page.column_dimensions.group(*letters, hidden=is_folded)
        page.auto_filter.ref = f"{letters[0]}{max(top - 1, 1)}:{letters[1]}{bottom}"
        page.print_area = f"A1:{letters[1]}{bottom}"
        page.print_title_rows = "1:1"


LOOKS: dict[str, Callable[[Any, Source, Random], None]] = {
    "hidden lines": _hidden,
    "number formats": _formats,
    "rules for cells": _rules,
    "grouped": _grouped,
    "comments": _comments,
    "structured references": _tables,
}

__all__ = ["LOOKS", "Finish", "by_openpyxl", "drawn_look"]
