"""Runs that go on in another table: its first weights are updates of the last row before.

One sheet or block for each iteration, or for each fifty: what stands in the first row of a table is
no mere start where it is calculated from what another table computes, but has to be judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_parameter
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.mistakes.own_cells import own_formula
from sheetprop.notation.excel_parse import CellReference
from sheetprop.tables.judgement import Compared, Judgement, Unread, Wrong
from sheetprop.tables.table import Rate
from sheetprop.tables.translate import parsed
from sheetprop.workbooks.sheet import Address

REASON = "it takes numbers of another table in a way that is not followed"

Rates = Collection[tuple[str, Address]]
"""The cells of learning rates, with their sheets in small letters."""


class Start(NamedTuple):
    """What the formula of a first weight says of another table, None where it cannot be told."""

    name: str
    tree: Expr | None
    is_right: bool
    other: Judgement


def with_starts_judged(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return judgements in which first weights calculated from other tables are judged too."""
    return [_judged(one, [o for o in judgements if o is not one]) for one in judgements]


def _judged(judgement: Judgement, others: Sequence[Judgement]) -> Judgement:
    starts = list(_starts(judgement, others))
    if not starts:
        return judgement
    judgement = replace(judgement, rate=_rate(judgement, others))
    wrong = (
        Wrong(one.name, (0,), one.tree, 0)
        for one in starts
        if one.tree is not None and not one.is_right
    )
    unread = (Unread(one.name, (0,), REASON) for one in starts if one.tree is None)
    compared = dict(judgement.compared)
    for one in starts:
        if one.is_right:
            rest = tuple(c for c in compared.get(one.name, ()) if 0 not in c.steps)
            compared[one.name] = (*rest, Compared((0,), one.tree, True))
    return replace(
        judgement,
        wrong=(*judgement.wrong, *wrong),
        unread=(*judgement.unread, *unread),
        compared=compared,
        before=_before(judgement, starts[0].other) if _are_most(judgement, starts) else {},
    )


def _rate(judgement: Judgement, others: Sequence[Judgement]) -> Rate:
    """Return the rate of a table; where no update of its own shows one, that of all others."""
    known = {other.rate for other in others if other.rate.cell is not None}
    return known.pop() if judgement.rate == Rate(None) and len(known) == 1 else judgement.rate


def _are_most(judgement: Judgement, starts: Sequence[Start]) -> bool:
    """Whether most first weights are calculated, so that a number among them is out of place."""
    updated = [n for n, q in judgement.network.quantities.items() if q.is_given_first and q.tree]
    return 2 * len(starts) > len(updated)


def _before(judgement: Judgement, other: Judgement) -> dict[str, tuple[str, Address]]:
    """Return the cells of the last iteration of another table, and that of the learning rate."""
    table, last = other.table, _last(other)
    found = {name: (table.sheet, table.cell(name, last)) for name in other.lines}
    rate = other.rate.cell or judgement.rate.cell
    return found if rate is None else {**found, LEARNING_RATE: rate}


def _starts(judgement: Judgement, others: Sequence[Judgement]) -> Iterator[Start]:
    """Yield the first weights whose formulas calculate with what another table computes."""
    cells = [one.rate.cell for one in (judgement, *others) if one.rate.cell is not None]
    rates = {(sheet.casefold(), cell) for sheet, cell in cells}
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        is_updated = quantity.is_given_first and quantity.tree is not None
        if not is_updated or not any(0 in fill.steps for fill in line.fills):
            continue
        cell = judgement.table.cell(name, 0)
        if any(o.table.sheet == judgement.table.sheet and o.holds(cell) for o in others):
            continue  # judged as an update there
        formula = own_formula(judgement, name, 0)
        for other in others:
            if other.network.architecture == judgement.network.architecture:
                start = _start(judgement, other, name, formula, rates)
                if start is not None:
                    yield start
                    break


def _start(
    judgement: Judgement, other: Judgement, name: str, formula: str, rates: Rates
) -> Start | None:
    """Return what a formula says of another table; None where it computes nothing from it."""
    try:
        tree = parsed(formula)
    except FormulaError:
        return None
    tree = substitute(tree, lambda leaf: _leaf(judgement, other, leaf, rates))
    taken = [leaf for leaf in names(tree) if leaf.name != LEARNING_RATE]
    if not taken or (isinstance(tree, Name) and (tree.name == name or not is_parameter(tree.name))):
        return None
    right = judgement.network.quantities[name].tree
    assert right is not None
    is_read = judgement.has_value(tree) is not None
    is_right = is_read and judgement.points.same(tree, right)
    return Start(name, tree if is_read else None, is_right, other)


def _leaf(judgement: Judgement, other: Judgement, leaf: Expr, rates: Rates) -> Expr | None:
    """Return what a cell is: a quantity of the iteration before, the rate, or a given number."""
    if not isinstance(leaf, CellReference):
        return None
    sheet, cell = leaf.sheet or judgement.table.sheet, (leaf.row, leaf.column)
    if (sheet.casefold(), cell) in rates:
        return Name(LEARNING_RATE)
    if sheet.casefold() == other.table.sheet.casefold() and other.holds(cell):
        line, row = other.table.split(cell)
        quantity = next(name for name, own in other.table.lines.items() if own == line)
        return Name(quantity, other.table.step_of[row] - _last(other) - 1)
    value = other.value_of(sheet, cell)
    return Number(float(value)) if isinstance(value, int | float) else None


def _last(judgement: Judgement) -> int:
    """Return the last step in which everything is computed; new weights may stand below it."""
    return min(judgement.needed_steps, judgement.table.whole_iterations) - 1
