"""The ledger of a table as a small map: a coloured cell for each cell, its entry on pointing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetprop.checking.ledger.entries import KINDS, Account, Entry
from sheetprop.checking.report import Report
from sheetprop.notation.address import address
from sheetprop.notation.text import name_text
from sheetprop.reports.page.escape import esc
from sheetprop.tables.table import NOWHERE

MOST_ROWS = 60
"""Iterations that a map shows: the first ones, the last, and those in which an entry changes."""

LAST = 5
PLAIN = ("given", "right")
"""Entries whose reason is told once, below the map."""


def ledger_map(report: Report, account: Account) -> Iterator[str]:
    """Yield the map of one table in pieces of HTML."""
    counts = account.counts
    said = ", ".join(f"{counts[kind]} {_name(kind)}" for kind in KINDS if counts[kind])
    yield f'<details class="ledger"><summary>every cell: {esc(said)}</summary>'
    yield '<div class="scroll" role="region" tabindex="0" aria-label="every cell of the table">'
    yield '<div class="map">'
    steps = _steps(account)
    names = [name for name in account.quantities if name in account.table.lines]
    told = {entry: esc(_entry(report, entry)) for entry in set(account.entries)}
    for name in names:
        yield f"<p><b>{esc(name_text(name))}</b>"
        previous = -1
        for step in steps:
            if step != previous + 1:
                yield "⋯"
            previous = step
            yield _cell(told, account, name, step)
        yield "</p>"
    yield "</div></div>"
    yield from _outside(report, account)
    yield "</details>"


def _name(kind: str) -> str:
    return kind.replace("_", " ")


def _steps(account: Account) -> Sequence[int]:
    """Return the iterations to show, in order."""
    count = account.table.iterations
    if count <= MOST_ROWS:
        return range(count)
    changes = {one.first for one in account.stretches} - {0}
    kept = {*range(count - LAST, count), *sorted(changes)[: MOST_ROWS // 2]}
    kept |= {*range(MOST_ROWS - len(kept))}
    return sorted(kept)


def _cell(told: Mapping[Entry, str], account: Account, name: str, step: int) -> str:
    cell, entry = account.table.cell(name, step), account.entry_at(name, step)
    if entry is None or cell == NOWHERE:
        return "<i></i>"
    _, place = account.moves.of(account.table.sheet, cell)
    return f'<i class="{entry.kind}" title="{address(*place)}: {told[entry]}"></i>'


def _entry(report: Report, entry: Entry) -> str:
    """Return what an entry says, short where it is as it should be."""
    if entry.kind in PLAIN:
        return entry.kind
    if entry.finding is None:
        return f"{_name(entry.kind)}, {entry.how}"
    finding = report.findings[entry.finding]
    return f"{_name(entry.kind)}, finding {entry.finding + 1} ({finding.mistake})"


def _outside(report: Report, account: Account) -> Iterator[str]:
    """Yield what stands against cells outside the table that it takes numbers from."""
    found = [one for one in account.outside if not one.entry.is_settled]
    if found:
        yield "<ul>"
        for one in found:
            where = f"{one.sheet}!{address(*one.first)}"
            yield f"<li>{esc(f'{where}: {_entry(report, one.entry)}')}</li>"
        yield "</ul>"
