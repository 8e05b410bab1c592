"""A workbook in which the calls of its own functions, named LAMBDAs, are written out."""

from __future__ import annotations

from dataclasses import replace

from sheetprop.notation.lambdas import Lambda, expanded, lambdas_in
from sheetprop.workbooks.sheet import Sheet, Workbook


def with_functions_written_out(workbook: Workbook) -> Workbook:
    """Return a workbook whose formulas call no function that a name of it defines."""
    lambdas = lambdas_in(workbook.names)
    if not lambdas:
        return workbook
    sheets = tuple(_written_out(sheet, lambdas) for sheet in workbook.sheets)
    names = {name: text for name, text in workbook.names.items() if name.casefold() not in lambdas}
    return replace(workbook, sheets=sheets, names=names)


def _written_out(sheet: Sheet, lambdas: dict[str, Lambda]) -> Sheet:
    cells = {
        at: cell if cell.formula is None else cell._replace(formula=expanded(cell.formula, lambdas))
        for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells)
