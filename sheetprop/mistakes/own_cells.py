"""A mistake in the student's own cells: their ranges, and the right formula in their references."""

from __future__ import annotations

from collections.abc import Iterable

from sheetprop.maths.expr import Expr, Name
from sheetprop.maths.network import LEARNING_RATE, Quantity
from sheetprop.mistakes.finding import Place
from sheetprop.notation.address import address, fixed, on
from sheetprop.notation.excel_write import number, to_excel
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import runs


def places(judgement: Judgement, quantity: str, steps: Iterable[int]) -> tuple[Place, ...]:
    """Return the ranges of some steps of a quantity."""
    table = judgement.table
    return tuple(
        Place(table.sheet, table.range_text(quantity, run), quantity) for run in runs(steps)
    )


def expected_formula(judgement: Judgement, quantity: Quantity, step: int) -> str | None:
    """Return the right formula in the student's own references, for one step's cell."""
    tree = quantity.tree or Name(quantity.name, -1)
    if quantity.is_given_first and step == 0:
        return None
    return to_excel(tree, lambda leaf: _reference(judgement, leaf, step))


def _reference(judgement: Judgement, leaf: Expr, step: int) -> str:
    assert isinstance(leaf, Name)
    if leaf.name == LEARNING_RATE:
        return _rate_reference(judgement, step)
    if judgement.table.holds(leaf.name):
        return address(*judgement.table.cell(leaf.name, step + leaf.shift))
    return leaf.name  # a quantity without a column: its name says what is meant


def _rate_reference(judgement: Judgement, step: int) -> str:
    rate, table = judgement.rate, judgement.table
    if rate.line is not None:
        return address(*table.at(rate.line, table.places[step]))
    if rate.cell is None:
        return number(rate.value) if rate.value is not None else "η"
    sheet, cell = rate.cell
    return fixed(cell) if sheet == table.sheet else on(sheet, cell)
