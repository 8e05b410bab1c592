"""What the ledger leaves open, as reports list it: cells that could not be judged, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetprop.checking.ledger.entries import Ledger, Outside
from sheetprop.checking.report import NotJudged
from sheetprop.tables.table import range_text


def not_judged(ledger: Ledger) -> Iterator[NotJudged]:
    """Yield the cells of every table that were not judged, with the reason."""
    for account in ledger.accounts:
        for name, stretches in account.quantities.items():
            for one in stretches:
                if one.entry.kind == "not_judged":
                    sheet, cells = account.where(name, (one.first, one.last))
                    yield NotJudged(sheet, cells, one.entry.how, one.count)
        yield from _outside(account.outside)
    yield from _outside(ledger.elsewhere)


def _outside(cells: Iterable[Outside]) -> Iterator[NotJudged]:
    for outside in cells:
        if outside.entry.kind == "not_judged":
            where = range_text(outside.first, outside.last)
            yield NotJudged(outside.sheet, where, outside.entry.how, outside.count)
