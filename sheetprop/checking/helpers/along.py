"""Helper cells of a column: where one stands in each of the iterations that follow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from sheetprop.notation.relative import RelativeFormula
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import Address, Workbook


def alike(
    judgement: Judgement, workbook: Workbook, cell: Address, wrong: Wrong
) -> tuple[Address, ...]:
    """Return the cells, along the table, that say the same as a helper cell, beginning with it."""
    cells = workbook[judgement.table.sheet].cells
    pattern = RelativeFormula(cells[cell].formula or "", *cell).pattern if cell in cells else ()

    def is_same(at: Address) -> bool:
        formula = cells[at].formula if at in cells else None
        return formula is not None and RelativeFormula(formula, *at).pattern == pattern

    return (cell, *takewhile(is_same, islice(_along(judgement, cell, wrong), 1, None)))


def _along(judgement: Judgement, cell: Address, wrong: Wrong) -> Iterator[Address]:
    """Yield a helper cell and where it would stand for each of the iterations that follow.

    One between the rows of iterations, or in blocks, lies as far from the formula that takes it
    in each of them; behind the last one there may be another that nothing takes.
    """
    table, step = judgement.table, wrong.steps[0]
    line, place = table.split(cell)
    if place in table.step_of:
        yield from (table.at(line, one) for one in table.places[table.step_of[place] :])
        return
    users = [table.cell(wrong.quantity, one) for one in range(step, table.iterations)]
    users += [(2 * a[0] - b[0], 2 * a[1] - b[1]) for b, a in [users[-2:]] if len(users) > 1]
    down, right = cell[0] - users[0][0], cell[1] - users[0][1]
    yield from ((row + down, column + right) for row, column in users)
