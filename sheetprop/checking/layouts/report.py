"""The report of a workbook of ours: its ledger, and what follows from it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetprop.calculating.blocks import blocks
from sheetprop.calculating.recalculated import Recalculated
from sheetprop.checking.layouts.found import findings
from sheetprop.checking.layouts.judged import Judged, Pattern, judged
from sheetprop.checking.ledger.entries import KINDS, Entry, Ledger, Outside
from sheetprop.checking.ledger.unsettled import not_judged
from sheetprop.checking.report import Report, TableFound
from sheetprop.mistakes.cells.stale_value import STALE_VALUE
from sheetprop.mistakes.finding import SEVERITIES, Finding, Place
from sheetprop.notation.mentioned import areas_in, draws
from sheetprop.tables.table import range_text
from sheetprop.workbooks.exercise_names import bugs_named
from sheetprop.workbooks.sheet import Address, ExcelError, Value, Workbook

Cells = list[Judged]
Where = tuple[str, Address]

RESIDUE = 1e-12
"""What rounding leaves of a difference, relative to the largest number that goes into it."""

TINY, MOST_BEHIND = 1e-9, 10_000
"""Larger differences, and formulas that take more cells, are not looked into."""


def report_of(
    pattern: Pattern, workbook: Workbook, file: str, start: float, *, with_parts: bool = False
) -> Report:
    """Return the report of somebody's copy of a workbook of ours, with its parts to be marked."""
    cells = judged(pattern, workbook)
    report = report_on(cells, workbook, file, start)
    if not with_parts:
        return report
    from sheetprop.checking.layouts.parts.parts import parts_of  # which only marks need

    parts = parts_of(_numbered(cells, report), workbook)
    return replace(
        report, parts=parts, planted=bugs_named(workbook.names, [one.name for one in parts])
    )


def _numbered(cells: Cells, report: Report) -> Cells:
    """Return the cells; those that are wrong with the finding that the report's ledger enters."""
    wrong = [one for one in report.ledger.elsewhere if one.entry.kind == "wrong"]
    entries = ((next((w.entry for w in wrong if c.place in w), c.entry), c) for c in cells)
    return [replace(c, entry=entry) if c.entry.kind == "wrong" else c for entry, c in entries]


def report_on(
    cells: Cells,
    workbook: Workbook,
    file: str,
    start: float,
    further: Sequence[Finding] = (),
    *,
    claimed: Sequence[tuple[Finding, Cells]] = (),
    is_calculated: bool = True,
) -> Report:
    """Return the report of cells that are judged; `further` is found in none of them.

    Those of the cells that claim something in words have findings of their own, `claimed`. What
    cells show is not held against what the workbook comes to unless it `is_calculated`.
    """
    every = [*findings(cells, workbook), *claimed]
    found = sorted(every, key=lambda one: SEVERITIES.index(one[0].severity))
    cells = _with_findings(cells, [own for _, own in found])
    cells, stale = _shown(cells, workbook) if is_calculated else (cells, [])
    ledger = Ledger((), tuple(_stretches(cells)))
    tables = _tables(cells)
    against = {one.origin[0] for one in cells if not one.entry.is_settled}
    right = tuple(name for name in tables if name not in against)
    return Report(
        file,
        ledger.verdict,
        tables=tuple(tables.values()),
        findings=(*(finding for finding, _ in found), *stale, *further),
        not_judged=tuple(not_judged(ledger)),
        earned=float(len(right)),
        possible=float(len(tables)),
        seconds=time.perf_counter() - start,
        right=right,
        ledger=ledger,
    )


def _with_findings(cells: Cells, found: Sequence[Sequence[Judged]]) -> Cells:
    """Return the cells; an entry that is wrong tells which finding says why."""
    numbers = {(one.place, one.origin): k for k, own in enumerate(found) for one in own}
    return [
        replace(one, entry=replace(one.entry, finding=numbers[one.place, one.origin]))
        if one.entry.kind == "wrong"
        else one
        for one in cells
    ]


def _shown(cells: Cells, workbook: Workbook) -> tuple[Cells, list[Finding]]:
    """Return the cells with the error values that right formulas show, and what is stale."""
    values = Recalculated(workbook)
    is_drawn = any(draws(cell.formula) for s in workbook.sheets for cell in s.cells.values())
    suspects = {sheet.name: values.suspects(sheet.name) for sheet in workbook.sheets}
    stale: dict[str, dict[Address, Value]] = {}
    found = [*cells]
    for k, one in enumerate(cells):
        sheet, at = one.place
        value = suspects.get(sheet, {}).get(at)
        if value is None or one.entry.kind != "right":
            continue
        if isinstance(value, ExcelError):
            found[k] = replace(one, entry=Entry("error", f"shows {value}", follows=True))
        elif not is_drawn and not _is_residue(workbook, values, one.place, value):
            # What is drawn anew gives other numbers each time.
            stale.setdefault(sheet, {})[at] = value
    return found, [_stale(workbook, sheet, own) for sheet, own in stale.items()]


def _is_residue(workbook: Workbook, values: Recalculated, place: Where, value: Value) -> bool:
    """Whether a stored number differs by what rounding leaves of numbers that cancel out."""
    sheet, at = place
    cell = workbook[sheet].cells[at]
    if not isinstance(cell.value, float | int) or not isinstance(value, float | int):
        return False
    apart = abs(cell.value - value)
    if apart > TINY:
        return False
    names = {one.name.casefold(): one.name for one in workbook.sheets}
    areas = list(areas_in(cell.formula or "", sheet, names))
    if sum(len(one.rows) * len(one.columns) for one in areas) > MOST_BEHIND:
        return False
    behind = (
        values(names[one.sheet.casefold()], (row, column))
        for one in areas
        for row in one.rows
        for column in one.columns
    )
    sizes = (abs(number) for number in behind if isinstance(number, float | int))
    return apart <= RESIDUE * max(sizes, default=0.0)


def _stale(workbook: Workbook, sheet: str, values: dict[Address, Value]) -> Finding:
    first = min(values)
    cell = workbook[sheet].cells[first]
    where = range_text(first, first)
    more = f", and {len(values) - 1} more cells of the sheet are old" if len(values) > 1 else ""
    return Finding(
        STALE_VALUE.name,
        STALE_VALUE.code,
        STALE_VALUE.severity,
        tuple(Place(sheet, range_text((r, c), (r, c))) for r, c in sorted(values)),
        f"{where} on {sheet} shows {cell.value}, but its formula gives {values[first]}{more}.",
        cell.formula,
    )


def _stretches(cells: Cells) -> Iterator[Outside]:
    """Yield rectangles of cells with one entry."""
    alike: dict[tuple[str, Entry], dict[Address, None]] = {}
    for one in cells:
        alike.setdefault((one.place[0], one.entry), {})[one.place[1]] = None
    for (sheet, entry), own in alike.items():
        for row, column, lines in blocks(own):
            last = row + len(lines) - 1, column + len(lines[0]) - 1
            yield Outside(sheet, (row, column), last, entry)


def _tables(cells: Cells) -> dict[str, TableFound]:
    """Return each sheet with formulas as a table of its own, by its name."""
    found = {}
    for name in dict.fromkeys(one.origin[0] for one in cells):
        own = [one for one in cells if one.origin[0] == name]
        sheet = own[0].place[0]
        if all(one.entry.kind == "given" for one in own):
            continue  # numbers only
        places = [one.place[1] for one in own]
        rows, columns = zip(*places, strict=True)
        counts = dict.fromkeys(KINDS, 0) | Counter(one.entry.kind for one in own)
        area = range_text((min(rows), min(columns)), (max(rows), max(columns)))
        found[name] = TableFound(sheet, area, "rows", 0, None, None, {name: area}, counts)
    return found
