"""Exercises whose first row takes over boxes of another sheet: read as if typed into the row.

Such a cell is ``=IF(Network!$K$7="","",Network!$K$7)``. A box's formula refers to other boxes, and
to cells that show numbers of the table; each of these references stands for a cell of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import address as text_of
from sheetprop.notation.address import column_number, quoted
from sheetprop.workbooks.exercise_names import TABLE_NAME, areas
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

_PLACE = (
    r"(?:'(?P<quoted>(?:[^']|'')++)'|(?P<plain>[^\s'!=(]{1,255}+))"
    r"!\$?(?P<c>[A-Z]{1,3})\$?(?P<r>\d{1,7})"
)
_TAKEN_OVER = pattern(rf'=IF\((?P<box>{_PLACE})="","",(?P=box)\)', re.I)
_SHOWN = pattern(rf"={_PLACE}", re.I)
_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_REFERENCE = pattern(
    rf"\"(?:[^\"]|\"\")*+\"|(?:(?<!')'(?:[^']|'')++'|(?<![\w.])[\w.]{{1,255}}+)!{_CELL}(?::{_CELL})?"
    rf"|(?<![\w.$])(?P<first>{_CELL})(?P<more>:{_CELL})?(?![\w.(])",
    re.I,
)


def with_boxes_read(workbook: Workbook) -> Workbook:
    """Return an exercise with the contents of its boxes in the rows that take them over."""
    found = {name: dict(_taken_over(workbook[name])) for name in _exercises(workbook)}
    if not any(found.values()):
        return workbook
    sheets = tuple(
        _with_contents(sheet, found[sheet.name], workbook) if found.get(sheet.name) else sheet
        for sheet in workbook.sheets
    )
    return replace(workbook, sheets=sheets)


def _exercises(workbook: Workbook) -> list[str]:
    present = {sheet.name for sheet in workbook.sheets}
    return [name for name in areas(workbook.names, TABLE_NAME) if name in present]


def _taken_over(sheet: Sheet) -> Iterator[tuple[Address, tuple[str, Address]]]:
    """Yield the cells that take over a box, with its sheet and its address."""
    for at, cell in sheet.cells.items():
        if cell.formula and cell.formula.startswith("=IF("):
            match = _TAKEN_OVER.fullmatch(cell.formula)
            if match:
                yield at, _place(match)


def _place(match: re.Match[str]) -> tuple[str, Address]:
    sheet = match["plain"] or match["quoted"].replace("''", "'")
    return sheet, (int(match["r"]), column_number(match["c"].upper()))


def _with_contents(
    sheet: Sheet, boxes: Mapping[Address, tuple[str, Address]], workbook: Workbook
) -> Sheet:
    pages = {other.name: other for other in workbook.sheets}
    own = {place: at for at, place in boxes.items()} | dict(_shown(sheet, boxes, pages))
    cells = dict(sheet.cells)
    for at, (page, box) in boxes.items():
        content = pages[page].cells.get(box, Cell()) if page in pages else Cell()
        if content.formula is not None:
            cells[at] = content._replace(formula=_rewritten(content.formula, page, own))
        elif content.value is None:
            del cells[at]
        else:
            cells[at] = content
    return replace(sheet, cells=cells)


def _shown(
    sheet: Sheet, boxes: Mapping[Address, tuple[str, Address]], pages: Mapping[str, Sheet]
) -> Iterator[tuple[tuple[str, Address], Address]]:
    """Yield the cells beside the boxes that show a cell of the table."""
    for name in {page for page, _ in boxes.values()} & set(pages):
        for at, cell in pages[name].cells.items():
            match = _SHOWN.fullmatch(cell.formula) if cell.formula else None
            if match and _place(match)[0] == sheet.name:
                yield (name, at), _place(match)[1]


def _rewritten(formula: str, page: str, own: Mapping[tuple[str, Address], Address]) -> str:
    """Return a box's formula with the table's cells in the place of the page's."""

    def other(match: re.Match[str]) -> str:
        if match["first"] is None:
            return match[0]
        plain = match["first"].replace("$", "")
        letters = plain.rstrip("0123456789")
        at = own.get((page, (int(plain[len(letters) :]), column_number(letters.upper()))))
        is_single = match["more"] is None
        return text_of(*at) if at and is_single else f"{quoted(page)}!{match[0]}"

    return _REFERENCE.sub(other, formula)
