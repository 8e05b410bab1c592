"""Worksheets of one iteration, written as a form: labels anywhere, a number beside each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sheetprop.checking.headers import quantity_named
from sheetprop.checking.table import NOWHERE, Form, Table
from sheetprop.notation.relative import references
from sheetprop.sheets.sheet import Address, Cell, Sheet, Workbook

LEAST_QUANTITIES = 15
"""So many different labels with numbers make a form of a network; any page of theory has fewer."""


NEW = re.compile(r"\b(?:new|updated|next)\b|(?<=[_\W])new\b|[+'’′*]", re.IGNORECASE)
"""What people add to the name of a weight to say that it is the updated one."""


def find_forms(workbook: Workbook) -> list[Form]:
    """Return the form of every sheet that is one."""
    forms = (_form(sheet) for sheet in workbook.sheets)
    return [form for form in forms if form is not None]


def with_updates(workbook: Workbook, tables: Sequence[Table]) -> list[Table]:
    """Return tables of a single iteration as forms where their sheet holds the new weights too.

    A list of labels with a number beside each is a table of one iteration; but the weights of the
    next one stand elsewhere than in the next line.
    """
    found = list(tables)
    for index, table in enumerate(tables):
        is_alone = sum(other.sheet == table.sheet for other in tables) == 1
        form = _form(workbook[table.sheet]) if is_alone and table.iterations == 1 else None
        if form is not None and form.iterations > 1 and set(table.lines) <= set(form.lines):
            found[index] = form
    return found


def _form(sheet: Sheet) -> Form | None:
    labels: dict[str, str] = {}
    cells: dict[str, list[Address]] = {}
    new: set[Address] = set()
    for label, cell in sorted(sheet.cells.items()):
        name, is_new = _named(cell.value) if cell.formula is None else (None, False)
        value = _beside(sheet, label) if name else None
        if name and name != "iteration" and value and value not in cells.get(name, []):
            cells.setdefault(name, []).append(value)
            new |= {value} if is_new else set()
            if not is_new:
                labels.setdefault(name, str(cell.value))
    kinds = {name.rstrip("0123456789") for name in cells}
    if len(cells) < LEAST_QUANTITIES or not {"w", "h", "a_h", "a_o"} <= kinds:
        return None
    used = _uses(sheet)
    gradients = {cell for name, found in cells.items() if name[:2] == "dE" for cell in found}
    pairs = tuple(
        _now_and_next(sheet, found, used, new, gradients if name[0] in "wb" else set())
        for name, found in cells.items()
    )
    lines = {name: index for index, name in enumerate(cells)}
    has_next = any(later != NOWHERE for _, later in pairs)
    places = (0, 1) if has_next else (0,)
    return Form(sheet.name, "rows", 0, places, lines, labels, cells=pairs)


def _named(label: object) -> tuple[str | None, bool]:
    """Return the quantity of a label, and whether it says that it is that of the next iteration."""
    name = quantity_named(label)
    if name is not None or not isinstance(label, str):
        return name, False
    name = quantity_named(NEW.sub("", label))
    return (name, True) if name and name[0] in "wb" else (None, False)


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
    sheet: Sheet,
    found: Sequence[Address],
    used: Mapping[Address, int],
    new: Collection[Address],
    gradients: Collection[Address],
) -> tuple[Address, Address]:
    """Return the cell that the forward pass uses, and the one that holds its update.

    An update says so in its label, or takes the weight itself or a gradient; without `gradients`
    nothing is updated.
    """
    now = max(found, key=lambda address: (address not in new, used.get(address, 0)))
    for address in found:
        if address == now or not gradients:
            continue
        taken = set(references(sheet.cells[address].formula or ""))
        if address in new or taken & {now, *gradients}:
            return now, address
    return now, NOWHERE
