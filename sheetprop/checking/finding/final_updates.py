"""New weights that stand twice in a form: calculated in one line, copied to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetprop.maths.names import is_parameter
from sheetprop.notation.address import address
from sheetprop.tables.table import NOWHERE
from sheetprop.workbooks.sheet import Address, Sheet


def final_updates(
    sheet: Sheet, updates: Mapping[str, Address], others: Mapping[str, Sequence[Address]]
) -> dict[str, Address]:
    """Return the last cell of each new weight, where most have one that copies the first.

    `others` are further cells with a weight's label. One among the copies that calculates something
    itself is what counts: the next iteration begins with it.
    """
    weights = {n: cell for n, cell in updates.items() if is_parameter(n) and cell != NOWHERE}
    copies = {
        name: one
        for name, cell in weights.items()
        for one in others.get(name, ())
        if _formula(sheet, one) == f"={address(*cell)}"
    }
    if 2 * len(copies) <= len(weights):
        return {}
    rows, columns = ({cell[axis] for cell in copies.values()} for axis in (0, 1))
    odd = {
        name: one
        for name in weights.keys() - copies.keys()
        for one in others.get(name, ())
        if _formula(sheet, one) and ({one[0]} == rows or {one[1]} == columns)
    }
    return copies | odd if odd else {}


def _formula(sheet: Sheet, cell: Address) -> str:
    content = sheet.cells.get(cell)
    return ((content.formula if content is not None else None) or "").replace("$", "")
