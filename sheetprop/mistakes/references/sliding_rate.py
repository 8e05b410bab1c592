"""SP213: the reference to η is not fixed and moves off it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import replace_at, walk
from sheetprop.mistakes.base import Diagnosis, Mistake
from sheetprop.mistakes.own_cells import own_formula, rate_reference
from sheetprop.mistakes.words import Case
from sheetprop.notation.address import fixed
from sheetprop.notation.excel_parse import CellReference
from sheetprop.notation.relative import references
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import Address

SLIDES = Case(
    "slides",
    "refers to η without $, so that the filled cells take other cells for it",
    "A reference without $ moves when a formula is filled: the first update still takes η, the "
    "next takes the cell after it. Write it as {rate} in the first update and fill that again.",
)


def sliding(judgement: Judgement) -> Diagnosis:
    """Return the diagnosis, with the fixed reference to η that belongs there."""
    return Diagnosis(SLIDING_RATE, SLIDES, {"rate": rate_reference(judgement, 1)}, "rate")


def _seen(judgement: Judgement, wrong: Wrong) -> Diagnosis | None:
    if _rate_slides(judgement, wrong) or _rate_slid(judgement, wrong):
        return sliding(judgement)
    return None


def _rate_slides(judgement: Judgement, wrong: Wrong) -> bool:
    """Whether the first update refers to η, and this one to what lies as far from η as it from it.

    That is what filling makes of a reference without $, gaps between the iterations or not.
    """
    rate, table = judgement.rate.cell, judgement.table
    step = wrong.steps[-1]
    quantity = judgement.network.quantities[wrong.quantity]
    if rate is None or quantity.tree is None or not quantity.is_given_first or step < 2:
        return False
    first, here = (own_formula(judgement, wrong.quantity, s) for s in (1, step))
    moved = table.places[step] - table.places[1]
    line, place = table.split(rate[1])
    slid = table.at(line, place + moved)
    return rate[1] in _cells(first) and slid in _cells(here) and rate[1] not in _cells(here)


def _rate_slid(judgement: Judgement, wrong: Wrong) -> bool:
    """Whether a cell in the line of η, reached without $, is all that stands for it.

    Filled in pieces, a reference slides by as many cells as each piece is long.
    """
    right = judgement.network.quantities[wrong.quantity].tree
    trees = with_rate_back(judgement, wrong)
    return right is not None and any(judgement.points.same(tree, right) for tree in trees)


def with_rate_back(judgement: Judgement, wrong: Wrong) -> Iterator[Expr]:
    """Yield an update's tree with η for a cell in its line that is reached without $."""
    rate, table = judgement.rate.cell, judgement.table
    is_update = judgement.network.quantities[wrong.quantity].is_given_first
    if rate is None or rate[0] != table.sheet or not is_update:
        return
    for step in dict.fromkeys((wrong.steps[0], wrong.steps[-1])):  # the tree is of one of them
        formula = own_formula(judgement, wrong.quantity, step)
        for path, node in walk(wrong.tree):
            cell = _cell_of(judgement, node, step)
            if cell is None or cell not in _cells(formula) or fixed(cell) in formula:
                continue
            if table.split(cell)[0] == table.split(rate[1])[0]:
                yield replace_at(wrong.tree, path, Name(LEARNING_RATE))


def _cell_of(judgement: Judgement, node: Expr, step: int) -> Address | None:
    """Return the cell of the table's sheet that a leaf stands for: a header's text is one too."""
    table = judgement.table
    if isinstance(node, CellReference):
        return (node.row, node.column) if node.sheet in (None, table.sheet) else None
    if not isinstance(node, Name) or not table.holds(node.name):
        return None
    place = step + node.shift
    return table.cell(node.name, place) if 0 <= place < table.iterations else None


def _cells(formula: str) -> set[Address]:
    return set(references(formula))


SLIDING_RATE = Mistake(
    code="SP213",
    name="sliding-rate",
    summary="the reference to η is not fixed and moves off it",
    explanation=(
        "A reference without $ moves when the formula is filled down: the first update takes "
        "η, the next takes the cell below it. With both $ it stays on the cell of η."
    ),
    wrong="w1 = E32-G30*X32, then E33-G31*X33",
    right="w1 = E32-$G$30*X32, then E33-$G$30*X33",
    cases=(SLIDES,),
    rank=0,
    seen=_seen,
)
