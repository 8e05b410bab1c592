"""A workbook in which the calls of functions that it defines, LAMBDAs, are written out."""

from __future__ import annotations

from dataclasses import replace

from sheetprop.notation.lambdas import Lambda, calls_where_it_stands, expanded, lambdas_in
from sheetprop.workbooks.sheet import Sheet, Workbook
from sheetprop.workbooks.sweeps import any_formula


def with_functions_written_out(workbook: Workbook) -> Workbook:
    """Return a workbook whose formulas call no function that the workbook itself defines."""
    lambdas = lambdas_in(workbook.names)
    if not lambdas and not any(map(_calls_where_it_stands, workbook.sheets)):
        return workbook
    sheets = tuple(_written_out(sheet, lambdas) for sheet in workbook.sheets)
    names = {name: text for name, text in workbook.names.items() if name.casefold() not in lambdas}
    return replace(workbook, sheets=sheets, names=names)


def _calls_where_it_stands(sheet: Sheet) -> bool:
    return any_formula(sheet.cells, calls_where_it_stands)


def _written_out(sheet: Sheet, lambdas: dict[str, Lambda]) -> Sheet:
    cells = {
        at: cell if cell.formula is None else cell._replace(formula=expanded(cell.formula, lambdas))
        for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells)
