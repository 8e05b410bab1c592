"""Answers of an exercise that stand outside of all its tables: an empty one is not attempted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheetprop.checking.ledger.account import BLANK
from sheetprop.checking.ledger.entries import Ledger, Outside
from sheetprop.workbooks.exercise_names import answer_areas
from sheetprop.workbooks.sheet import Address, Cell, Workbook

MOST = 5_000
"""So many cells of answers are looked at."""


def with_answers_left(ledger: Ledger, workbook: Workbook) -> Ledger:
    """Return the ledger with an entry for each empty answer on sheets that have no table."""
    with_tables = {account.table.sheet for account in ledger.accounts}
    left = [
        Outside(sheet, at, at, BLANK)
        for sheet, at in _answers(workbook)
        if sheet not in with_tables and _is_empty(workbook[sheet].cells.get(at))
    ]
    if not left or not ledger.accounts:
        return ledger
    first, *others = ledger.accounts
    return replace(ledger, accounts=(replace(first, outside=(*first.outside, *left)), *others))


def _answers(workbook: Workbook) -> Iterator[tuple[str, Address]]:
    """Yield the cells that the workbook says are answers, on sheets that it has."""
    known = {sheet.name for sheet in workbook.sheets}
    count = 0
    for sheet, areas in answer_areas(workbook.names).items():
        for (top, left), (bottom, right) in areas if sheet in known else ():
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    count += 1
                    if count > MOST:
                        return
                    yield sheet, (row, column)


def _is_empty(cell: Cell | None) -> bool:
    return cell is None or (cell.formula is None and cell.value in (None, ""))
