"""A column of learning rates that should go on from row to row, and does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sheetprop.checking.ledger.entries import Entry
from sheetprop.notation.relative import RelativeFormula, references
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, Cell, Value, Workbook

STANDS_STILL = Entry(
    "not_judged",
    "the learning rate changes after the first row and never again: "
    "its formula takes nothing of the row before, and no count of rows",
)
ODD_RATE = Entry("not_judged", "it is another learning rate than in the rows before and after")
LEAST_ROWS = 3
FEW = 4
"""So many rows have the usual rate, for each that has another one."""


def odd_rates(workbook: Workbook, judgement: Judgement) -> dict[tuple[str, Address], Entry]:
    """Return the rates of a column that stands still after the first row, or leaves its rate.

    One that is the same in all rows needs one cell; one that decays needs the row before, or its
    number. A schedule changes the rate and stays there; a single other one is a slip.
    """
    table, line = judgement.table, judgement.rate.line
    if line is None or table.iterations < LEAST_ROWS:
        return {}
    at = [table.at(line, place) for place in table.places]
    values = [judgement.value_of(table.sheet, cell) for cell in at]
    held = workbook[table.sheet].cells
    odd = _rows_off(values)
    if odd:
        return {(table.sheet, at[n]): ODD_RATE for n in odd}
    if len(set(values[1:])) != 1 or values[0] == values[1] or not _is_fixed(held, at[1:]):
        return {}
    return {(table.sheet, cell): STANDS_STILL for cell in at[1:]}


def _rows_off(values: Sequence[Value]) -> list[int]:
    """Return the few rows with another rate than the usual one, which stands before and after."""
    usual, count = Counter(values).most_common(1)[0]
    others = [n for n, value in enumerate(values) if value != usual]
    if FEW * len(others) > count:
        return []
    return [n for n in others if usual in values[:n] and usual in values[n:]]


def _is_fixed(held: Mapping[Address, Cell], cells: Sequence[Address]) -> bool:
    """Whether cells hold one formula, of several cells that are the same ones for all."""
    formulas = [held[cell].formula for cell in cells if cell in held]
    if len(formulas) < len(cells) or not all(formulas):
        return False
    patterns = {
        RelativeFormula(text or "", *cell).pattern
        for text, cell in zip(formulas, cells, strict=True)
    }
    taken = {frozenset(references(text or "")) for text in formulas}
    return len(patterns) == len(taken) == 1 and len(taken.pop()) > 1
