"""Worksheets of one iteration, written as a form: labels anywhere, a number beside each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sheetprop.checking.headers import quantity_named
from sheetprop.checking.table import NOWHERE, Form
from sheetprop.notation.relative import references
from sheetprop.sheets.sheet import Address, Cell, Sheet, Workbook

LEAST_QUANTITIES = 15
"""So many different labels with numbers make a form of a network; any page of theory has fewer."""


def find_forms(workbook: Workbook) -> list[Form]:
    """Return the form of every sheet that is one."""
    forms = (_form(sheet) for sheet in workbook.sheets)
    return [form for form in forms if form is not None]


def _form(sheet: Sheet) -> Form | None:
    labels: dict[str, str] = {}
    cells: dict[str, list[Address]] = {}
    for label, cell in sorted(sheet.cells.items()):
        name = quantity_named(cell.value) if cell.formula is None else None
        value = _beside(sheet, label) if name else None
        if name and name != "iteration" and value and value not in cells.get(name, []):
            cells.setdefault(name, []).append(value)
            labels.setdefault(name, str(cell.value))
    kinds = {name.rstrip("0123456789") for name in cells}
    if len(cells) < LEAST_QUANTITIES or not {"w", "h", "a_h", "a_o"} <= kinds:
        return None
    used = _uses(sheet)
    pairs = tuple(_now_and_next(sheet, name, found, used) for name, found in cells.items())
    lines = {name: index for index, name in enumerate(cells)}
    has_next = any(later != NOWHERE for _, later in pairs)
    places = (0, 1) if has_next else (0,)
    return Form(sheet.name, "rows", 0, places, lines, labels, cells=pairs)


def _beside(sheet: Sheet, label: Address) -> Address | None:
    """Return the number or formula to the right of a label, else the one below it."""
    row, column = label
    for address in ((row, column + 1), (row + 1, column)):
        if _is_numeric(sheet.cells.get(address)):
            return address
    return None


def _is_numeric(cell: Cell | None) -> bool:
    if cell is None:
        return False
    return cell.formula is not None or isinstance(cell.value, int | float)


def _uses(sheet: Sheet) -> Counter[Address]:
    """Return how often the sheet's formulas mention each cell."""
    formulas = (cell.formula for cell in sheet.cells.values() if cell.formula)
    return Counter(address for formula in formulas for address in references(formula))


def _now_and_next(
    sheet: Sheet, name: str, found: list[Address], used: Mapping[Address, int]
) -> tuple[Address, Address]:
    """Return the cell that the forward pass uses, and the one that holds its update."""
    now = max(found, key=lambda address: used.get(address, 0))
    for address in found:
        formula = sheet.cells[address].formula
        if name[0] in "wb" and address != now and formula and now in references(formula):
            return now, address
    return now, NOWHERE
