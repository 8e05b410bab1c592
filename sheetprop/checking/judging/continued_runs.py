"""Runs that go on in another table: its first weights are updates of the last row before.

One sheet or block for each iteration, or for each fifty: what stands in the first row of a table is
no mere start where it is calculated from what another table computes, but has to be judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
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
from sheetprop.tables.readings.parsed import parsed
from sheetprop.tables.table import Rate
from sheetprop.workbooks.sheet import Address

REASON = "it takes numbers of another table in a way that is not followed"

Rates = Collection[tuple[str, Address]]
"""The cells of learning rates, with their sheets in small letters."""

Taken = Mapping[str, tuple[Judgement, int]]
"""First weights that are taken over from another table: which, and from how long before."""


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
    taken = _taken_over(judgement, others)
    source = _goes_on_from(judgement, starts, taken)
    if not starts and source is None:
        return judgement
    before = {} if source is None else _before(judgement, source)
    judgement = replace(judgement, rate=_rate(judgement, others), before=before)
    if source is not None:
        starts += _strays(judgement, source, taken, others)
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
    )


def _rate(judgement: Judgement, others: Sequence[Judgement]) -> Rate:
    """Return the rate of a table; where no update of its own shows one, that of all others."""
    known = {other.rate for other in others if other.rate.cell is not None}
    return known.pop() if judgement.rate == Rate(None) and len(known) == 1 else judgement.rate


def _goes_on_from(judgement: Judgement, starts: Sequence[Start], taken: Taken) -> Judgement | None:
    """Return the table that most first weights go on from: a number among them is out of place.

    They are calculated from it, or are its new weights themselves.
    """
    updated = [n for n, q in judgement.network.quantities.items() if q.is_given_first and q.tree]
    if 2 * len(starts) > len(updated):
        return starts[0].other
    new = [other for other, shift in taken.values() if shift == 0]
    counted = Counter(id(other) for other in new)
    usual, count = counted.most_common(1)[0] if counted else (0, 0)
    is_most = 2 * count > len(updated)
    return next(other for other in new if id(other) == usual) if is_most else None


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
    for name, formula in _first_formulas(judgement, others):
        for other in _alike(judgement, others):
            start = _start(judgement, other, name, formula, rates)
            if start is not None:
                yield start
                break


def _first_formulas(judgement: Judgement, others: Sequence[Judgement]) -> Iterator[tuple[str, str]]:
    """Yield the weights that begin with a formula, but for those judged as another's updates."""
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        is_updated = quantity.is_given_first and quantity.tree is not None
        cell = judgement.table.cell(name, 0)
        if not is_updated or not any(0 in fill.steps for fill in line.fills):
            continue
        if not any(o.table.sheet == judgement.table.sheet and o.holds(cell) for o in others):
            yield name, own_formula(judgement, name, 0)


def _alike(judgement: Judgement, others: Sequence[Judgement]) -> list[Judgement]:
    """Return the tables of the same network."""
    own = judgement.network.architecture
    return [other for other in others if other.network.architecture == own]


def _strays(
    judgement: Judgement, source: Judgement, taken: Taken, others: Sequence[Judgement]
) -> Iterator[Start]:
    """Yield the first weights taken over from elsewhere than the new weights that most are.

    One sheet for each iteration takes the new weights of the sheet before: one of them taken from
    the sheet before that, or the old one, is an update left out.
    """
    through = _taken_over(source, [one for one in (*others, judgement) if one is not source])
    for name, (other, shift) in taken.items():
        if other is source and shift == 0:
            continue
        steps = shift
        if other is not source:  # through the table between, where that goes on from there
            begun, after = through.get(name, (None, 0))
            steps = shift - 1 - _last(source) if begun is other and after == 0 else 0
        tree = Name(name, steps)
        is_read = steps < 0 and judgement.has_value(tree) is not None
        yield Start(name, tree if is_read else None, False, source)


def _taken_over(judgement: Judgement, others: Sequence[Judgement]) -> Taken:
    """Return the first weights that are but another table's: whose, and how long before.

    0 is the new weight after its last iteration, -1 the one of that iteration.
    """
    found = {}
    for name, formula in _first_formulas(judgement, others):
        for other in _alike(judgement, others):
            tree = _tree_of(judgement, other, formula, ())
            if isinstance(tree, Name) and tree.name == name:
                found[name] = other, tree.shift
                break
    return found


def _start(
    judgement: Judgement, other: Judgement, name: str, formula: str, rates: Rates
) -> Start | None:
    """Return what a formula says of another table; None where it computes nothing from it."""
    tree = _tree_of(judgement, other, formula, rates)
    if tree is None:
        return None
    taken = [leaf for leaf in names(tree) if leaf.name != LEARNING_RATE]
    if not taken or (isinstance(tree, Name) and (tree.name == name or not is_parameter(tree.name))):
        return None
    right = judgement.network.quantities[name].tree
    assert right is not None
    is_read = judgement.has_value(tree) is not None
    is_right = is_read and judgement.points.same(tree, right)
    return Start(name, tree if is_read else None, is_right, other)


def _tree_of(judgement: Judgement, other: Judgement, formula: str, rates: Rates) -> Expr | None:
    """Return what a formula says in the quantities of another table, None where it is not read."""
    try:
        tree = parsed(formula)
    except FormulaError:
        return None
    return substitute(tree, lambda leaf: _leaf(judgement, other, leaf, rates))


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
