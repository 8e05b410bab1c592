"""A workbook in which the calls of functions that it defines, LAMBDAs, are written out.

So is OFFSET with numbers, which means one cell: ``OFFSET(F6,-1,0)`` is F5. It may start from the
cell that it stands in, which is no circle: nothing of what stands there is taken.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import COLUMNS, ROWS, column_letters, column_number
from sheetprop.notation.lambdas import Lambda, calls_where_it_stands, expanded, lambdas_in
from sheetprop.workbooks.sheet import Sheet, Workbook
from sheetprop.workbooks.sweeps import any_formula

_OFFSET = pattern(
    r"(?<![\w.])OFFSET\(\s*(?P<sheet>(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?)"
    r"(?P<d1>\$?)(?P<column>[A-Z]{1,3})(?P<d2>\$?)(?P<row>[1-9]\d{0,6})\s*,"
    r"\s*(?P<down>[+-]?\d{1,6})\s*,\s*(?P<right>[+-]?\d{1,5})\s*\)",
    re.IGNORECASE,
)


def with_functions_written_out(workbook: Workbook) -> Workbook:
    """Return a workbook whose formulas call no function that the workbook itself defines."""
    lambdas = lambdas_in(workbook.names)
    is_plain = not any(any_formula(sheet.cells, has_offset) for sheet in workbook.sheets)
    if not lambdas and is_plain and not any(map(_calls_where_it_stands, workbook.sheets)):
        return workbook
    sheets = tuple(_written_out(sheet, lambdas) for sheet in workbook.sheets)
    names = {name: text for name, text in workbook.names.items() if name.casefold() not in lambdas}
    return replace(workbook, sheets=sheets, names=names)


def has_offset(formula: str) -> bool:
    """Whether a formula may hold an OFFSET with numbers."""
    return "OFFSET(" in formula or "offset(" in formula


def without_offsets(formula: str) -> str:
    """Return a formula with the cells that OFFSETs of one cell by numbers mean."""
    return _OFFSET.sub(_meant, formula) if has_offset(formula) else formula


def _meant(found: re.Match[str]) -> str:
    row = int(found["row"]) + int(found["down"])
    column = column_number(found["column"].upper()) + int(found["right"])
    if not (1 <= row <= ROWS and 1 <= column <= COLUMNS):
        return found[0]
    return f"{found['sheet']}{found['d1']}{column_letters(column)}{found['d2']}{row}"


def _calls_where_it_stands(sheet: Sheet) -> bool:
    return any_formula(sheet.cells, calls_where_it_stands)


def _written_out(sheet: Sheet, lambdas: dict[str, Lambda]) -> Sheet:
    cells = {
        at: cell
        if cell.formula is None
        else cell._replace(formula=expanded(without_offsets(cell.formula), lambdas))
        for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells)
