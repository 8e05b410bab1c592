"""Helper cells that differ from their neighbours: what is wrong with formulas that are not."""

from __future__ import annotations

from typing import NamedTuple

from sheetprop.notation.relative import RelativeFormula, references
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

DEEPEST = 6
"""So many helper cells behind one another are compared with those of another row."""


class OddHelper(NamedTuple):
    """A helper cell that says something else than the one of another row, and what that would be.

    `found` is its formula or number.
    """

    sheet: str
    cell: Address
    found: str
    expected: str


def odd_helper(judgement: Judgement, workbook: Workbook, wrong: Wrong) -> OddHelper | None:
    """Return the helper cell by which a formula goes wrong that is right in another row.

    The formula is the same as there, filled; so what it takes must differ.
    """
    table, line = judgement.table, judgement.lines.get(wrong.quantity)
    bad = {s for one in judgement.wrong if one.quantity == wrong.quantity for s in one.steps}
    step = wrong.steps[0]
    own = next((f for f in line.fills if step in f.steps), None) if line else None
    if own is None:
        return None
    right = [s for s in own.steps if s not in bad and s > 0]
    if not right:
        return None
    beside = min(right, key=lambda s: abs(s - step))
    here, there = table.cell(wrong.quantity, step), table.cell(wrong.quantity, beside)
    pair = (own.formula.at(*here), own.formula.at(*there))
    return _odd(judgement, workbook[table.sheet], pair, DEEPEST)


def _odd(
    judgement: Judgement, sheet: Sheet, formulas: tuple[str, str], depth: int
) -> OddHelper | None:
    """Return the first helper of one formula that differs from the one of another row."""
    of_table = judgement.table.lines
    lines = {of_table[name] for name in judgement.lines if name in of_table}
    for here, there in zip(*map(references, formulas), strict=False):
        mine, theirs = sheet.cells.get(here), sheet.cells.get(there)
        if here == there or theirs is None or theirs.formula is None:
            continue
        if judgement.holds(here) or judgement.table.split(here)[0] in lines:
            continue  # a cell of the table, or of a gap in it
        expected = RelativeFormula(theirs.formula, *there).at(*here)
        if mine is None or mine.formula != expected:
            found = "" if mine is None else mine.formula or str(mine.value)
            return OddHelper(sheet.name, here, found, expected)
        if depth and mine.formula is not None:
            behind = _odd(judgement, sheet, (mine.formula, theirs.formula), depth - 1)
            if behind is not None:
                return behind
    return None
