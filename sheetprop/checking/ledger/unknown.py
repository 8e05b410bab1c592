"""Columns beside those of a table, of whose headers its lesson knows nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.checking.ledger.entries import Entry, Outside
from sheetprop.checking.ledger.outside import gathered, mentioned
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

FARTHEST = 40
"""So many columns beside those of a table are looked at."""


def unknown_columns(
    workbook: Workbook, judgement: Judgement, known: Sequence[Outside]
) -> Iterator[Outside]:
    """Yield the cells that compute something of a table under a header that says nothing known.

    They are not judged, so that a table is not called correct for what nobody looked at. Columns
    with cells that are `known` are judged with the formulas that take them.
    """
    table = judgement.table
    if isinstance(table, Form) or not table.lines:
        return
    sheet = workbook[table.sheet]
    for line in _headed(judgement, sheet):
        header = str(sheet.cells[table.header_of(line)].value).strip()
        entry = Entry("not_judged", f"the lesson has no column “{header}”")
        cells = [table.at(line, place) for place in table.places]
        if any((sheet.name, at) in one for one in known for at in cells):
            continue  # a helper: of a long column only some rows are followed
        found = {(sheet.name, at): entry for at in cells if _computes(judgement, sheet, at)}
        yield from gathered(found, {})


def _headed(judgement: Judgement, sheet: Sheet) -> Iterator[int]:
    """Yield the columns with a header, between those of a table and right beside them."""
    own = set(judgement.table.lines.values())
    yield from (line for line in range(min(own), max(own)) if _is_other(judgement, sheet, line))
    for step, end in ((-1, min(own)), (1, max(own))):
        line = end + step
        while line > 0 and abs(line - end) < FARTHEST and _is_other(judgement, sheet, line):
            yield line
            line += step


def _is_other(judgement: Judgement, sheet: Sheet, line: int) -> bool:
    """Whether a column that is none of a table has a text for a header."""
    table = judgement.table
    cell = sheet.cells.get(table.header_of(line))
    is_text = cell is not None and cell.formula is None and isinstance(cell.value, str)
    return is_text and line not in table.lines.values()


def _computes(judgement: Judgement, sheet: Sheet, at: Address) -> bool:
    """Whether a cell makes a number of cells of the table."""
    cell = sheet.cells.get(at)
    if cell is None or cell.formula is None:
        return False
    value = judgement.value_of(sheet.name, at)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    areas = mentioned(cell.formula, sheet.name)
    return is_number and any(_touches(judgement, area.sheet, [*area.cells()]) for area in areas)


def _touches(judgement: Judgement, sheet: str, cells: Sequence[Address]) -> bool:
    is_own = sheet.casefold() == judgement.table.sheet.casefold()
    return is_own and any(map(judgement.holds, cells))
