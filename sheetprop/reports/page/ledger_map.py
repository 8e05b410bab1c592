"""The ledger of a table as a small map: a coloured cell for each cell, its entry on pointing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetprop.checking.ledger.entries import KINDS, Account, Entry
from sheetprop.checking.report import Report, TableFound
from sheetprop.notation.address import address
from sheetprop.notation.text import name_text
from sheetprop.reports.cleaned import clean
from sheetprop.reports.page.escape import esc
from sheetprop.tables.form import Form
from sheetprop.tables.table import NOWHERE
from sheetprop.workbooks.sheet import Address

MOST_ROWS = 60
"""Iterations that a map shows: the first ones, the last, and those in which an entry changes."""

MOST_CELLS = 2000
"""A sheet of more cells has no map."""

LAST = 5
PLAIN = ("given", "right")
"""Entries whose reason is told once, below the map."""


def ledger_map(report: Report, account: Account, found: TableFound) -> Iterator[str]:
    """Yield the map of one table in pieces of HTML."""
    counts = account.counts
    said = ", ".join(f"{counts[kind]} {_name(kind)}" for kind in KINDS if counts[kind])
    is_open = " open" if found.lesson is not None else ""
    yield f'<details class="ledger"{is_open}><summary>every cell: {esc(said)}</summary>'
    yield '<div class="scroll" role="region" tabindex="0" aria-label="every cell of the table">'
    yield '<div class="map">'
    if isinstance(account.table, Form) and found.lesson is not None:
        yield from _as_it_lies(report, account)
    else:
        yield from _by_quantities(report, account, found.labels)
    yield "</div></div>"
    yield from _outside(report, account)
    yield "</details>"


def _as_it_lies(report: Report, account: Account) -> Iterator[str]:
    """Yield the rows of a sheet in which each quantity has a cell, as they lie there."""
    names = {account.table.cell(name, 0): name for name in account.quantities}
    rows, columns = ({at[axis] for at in names} for axis in (0, 1))
    told = _told(report, account)
    for row in sorted(rows)[:MOST_ROWS]:
        yield f"<p><b>{row}</b>"
        for column in range(min(columns), max(columns) + 1):
            name = names.get((row, column))
            if name is None:
                yield "<i></i>"
                continue
            entry = account.entry_at(name, 0)
            yield _cell(told, account, (row, column), entry, name_text(name))
        yield "</p>"


def _by_quantities(report: Report, account: Account, labels: Mapping[str, str]) -> Iterator[str]:
    """Yield a line of cells for each quantity, under the name that the sheet has for it."""
    steps = _steps(account)
    names = [name for name in account.quantities if name in account.table.lines]
    told = _told(report, account)
    for name in names:
        yield f"<p><b>{esc(clean(labels.get(name, '')) or name_text(name))}</b>"
        cells, entries = account.table.all_cells(name), account.entries_along(name)
        previous = -1
        for step in steps:
            if step != previous + 1:
                yield "⋯"
            previous = step
            yield _cell(told, account, cells[step], entries[step])
        yield "</p>"


def sheet_map(report: Report, found: TableFound) -> Iterator[str]:
    """Yield the map of a sheet of which every cell is judged by itself, unless it is large."""
    own = [one for one in report.ledger.elsewhere if one.sheet == found.sheet]
    cells = {
        (row, column): one.entry
        for one in own
        for row in range(one.first[0], one.last[0] + 1)
        for column in range(one.first[1], one.last[1] + 1)
    }
    if not 0 < len(cells) <= MOST_CELLS:
        return
    columns = {column for _, column in cells}
    said = ", ".join(f"{count} {_name(kind)}" for kind, count in found.cells.items() if count)
    yield f'<details class="ledger" open><summary>every cell: {esc(said)}</summary>'
    yield '<div class="scroll" role="region" tabindex="0" aria-label="every cell of the sheet">'
    yield '<div class="map">'
    for row in sorted({row for row, _ in cells})[:MOST_ROWS]:
        yield f"<p><b>{row}</b>"
        for column in range(min(columns), max(columns) + 1):
            entry = cells.get((row, column))
            told = "" if entry is None else f"{address(row, column)}: {_entry(report, entry)}"
            yield f'<i class="{entry.kind}" title="{esc(told)}"></i>' if entry else "<i></i>"
        yield "</p>"
    yield "</div></div></details>"


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


def _cell(
    told: Mapping[int, str], account: Account, cell: Address, entry: Entry | None, label: str = ""
) -> str:
    if entry is None or cell == NOWHERE:
        return "<i></i>"
    place = account.moves.of(account.table.sheet, cell)[1] if account.moves else cell
    where = f"{address(*place)} {esc(label)}" if label else address(*place)
    return f'<i class="{entry.kind}" title="{where}: {told[id(entry)]}"></i>'


def _told(report: Report, account: Account) -> Mapping[int, str]:
    """Return what each entry says, in HTML, by its identity: many cells share one."""
    return {id(entry): esc(_entry(report, entry)) for entry in account.entries}


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
