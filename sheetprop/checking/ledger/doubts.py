"""Cells that compute nothing wrong, but take another cell than they are likely to be meant to.

Nobody can tell what a first weight or an input should be. But where two of them take one cell, and
the cell beside that is taken by nothing, or where one row leaves the column that it is taken from,
that is said; so is the last of the helper cells, which no row takes any more, where it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheetprop.calculating.loops.fills import Fill
from sheetprop.checking.ledger.areas import Area, mentioned
from sheetprop.checking.ledger.entries import Entry, Outside
from sheetprop.checking.ledger.numbers import doubtful_numbers
from sheetprop.checking.ledger.outside import HELPER
from sheetprop.mistakes.experiment.first_cells import OddFirst
from sheetprop.notation.address import on
from sheetprop.notation.relative import RelativeFormula
from sheetprop.notation.text import name_text
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import EMPTY, Address, Cell, Workbook

ODD = Entry("not_judged", "it takes another cell than those before and after it")
BARE = Entry("not_judged", "empty, where the rows before have a formula, and so have those beside")
LEFT_OVER = Entry("not_judged", "it says something else than those before it, and nothing takes it")
LEAST_ROWS = 4

Place = tuple[str, Address]


def doubts(judgement: Judgement, odd_firsts: Iterable[OddFirst]) -> dict[str, dict[int, Entry]]:
    """Return the given cells, by quantity and step, that take what they are hardly meant to."""
    found = doubtful_numbers(judgement)
    firsts = {one.quantity: one for one in odd_firsts}
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        if not quantity.is_given_first:
            continue
        is_given, own = quantity.tree is None, found.setdefault(name, {})
        odd = _odd_steps(judgement, line.fills, name) if is_given else ()
        own |= dict.fromkeys(odd, ODD)
        if name in firsts and not firsts[name].is_same:
            fill = next((one.steps for one in line.fills if 0 in one.steps), (0,))
            steps = fill if is_given else (0,)
            own |= dict.fromkeys(steps, Entry("not_judged", _how(firsts[name])))
    return found


def _how(odd: OddFirst) -> str:
    """Return why it is left open what a first number is meant to be."""
    if odd.spare is None:
        return f"it is {odd.found}, and the others are what stands in their cells"
    if odd.other is None:
        return f"it is typed, the others are taken from cells, and nothing takes {on(*odd.spare)}"
    return f"it takes the same cell as {name_text(odd.other)}, and nothing takes {on(*odd.spare)}"


def _source(judgement: Judgement, fill: Fill, name: str, step: int) -> Place | None:
    """Return the only cell, outside the table, that a formula is."""
    sheet, cell = judgement.table.sheet, judgement.table.cell(name, step)
    return _only_cell(fill.formula.at(*cell), sheet, judgement)


def _only_cell(formula: str, sheet: str, judgement: Judgement) -> Place | None:
    areas: tuple[Area, ...] = mentioned(formula, sheet)
    if len(areas) != 1 or areas[0].is_range or not formula.rstrip()[-1:].isdigit():
        return None
    if any(sign in formula.rpartition("!")[2] for sign in "+-*/^(&"):
        return None
    if areas[0].sheet == sheet and judgement.holds(areas[0].first):
        return None
    return areas[0].sheet, areas[0].first


def _odd_steps(judgement: Judgement, fills: Iterable[Fill], name: str) -> Iterator[int]:
    """Yield the steps whose formula shows another number than that of the rows around it would."""
    value_of, several = judgement.value_of, [fill for fill in fills if len(fill.steps) > 1]
    for fill in fills if several else ():
        step = fill.steps[0]
        around = next((f for f in several if {step - 1, step + 1} <= set(f.steps)), None)
        if len(fill.steps) > 1 or around is None:
            continue
        meant, taken = (_source(judgement, one, name, step) for one in (around, fill))
        if meant is not None and taken is not None and value_of(*meant) != value_of(*taken):
            yield step


def left_over(
    workbook: Workbook, judgement: Judgement, outside: Sequence[Outside]
) -> Iterator[Outside]:
    """Yield the cells of helpers in the last row of a table that differ from those above them.

    The next row would take them, and there is none. Most are empty where no update is left; where
    most are filled, one that is empty is forgotten.
    """
    table = judgement.table
    if isinstance(table, Form) or len(table.places) < LEAST_ROWS:
        return
    cells = workbook[table.sheet].cells
    own = [one for one in outside if one.sheet == table.sheet]
    known = {cell for one in own for cell in _at(table, one, table.places[-1])}
    said: dict[Address, tuple[object, object]] = {}
    for cell in (cell for one in own if one.entry == HELPER for cell in _before_last(table, one)):
        last = table.at(table.split(cell)[0], table.places[-1])
        if last not in known:
            said[last] = _pattern(cells.get(cell), cell), _pattern(cells.get(last), last)
    are_filled = 2 * sum(own is not None for _, own in said.values()) > len(said)
    for last, (above, here) in said.items():
        is_empty = last not in cells or cells[last].value is None
        is_number = here is None and cells.get(last, EMPTY).is_typed_number
        if here not in (None, above) or (is_number and above is not None and are_filled):
            yield Outside(table.sheet, last, last, LEFT_OVER)
        elif here is None and is_empty and above is not None and are_filled:
            yield Outside(table.sheet, last, last, BARE)


def _before_last(table: Table, outside: Outside) -> list[Address]:
    return _at(table, outside, table.places[-2])


def _at(table: Table, outside: Outside, place: int) -> list[Address]:
    """Return the cells of a stretch down a column that stand in one iteration."""
    (top, column), (bottom, _) = outside.first, outside.last
    if table.is_across:
        return [(row, column) for row in range(top, bottom + 1)] if column == place else []
    return [(place, column)] if top <= place <= bottom else []


def _pattern(cell: Cell | None, at: Address) -> object:
    formula = None if cell is None else cell.formula
    return None if formula is None else RelativeFormula(formula, *at).pattern
