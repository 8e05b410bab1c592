"""Columns beside those of a table, of whose headers its lesson knows nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.checking.ledger.areas import mentioned
from sheetprop.checking.ledger.entries import Entry, Outside
from sheetprop.checking.ledger.outside import gathered
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
    sheet = workbook[table.sheet]
    if isinstance(table, Form):
        yield from _beside_form(sheet, judgement, table, known)
        return
    if not table.lines:
        return
    for line in _headed(judgement, sheet):
        header = str(sheet.cells[table.header_of(line)].value).strip()
        entry = Entry("not_judged", f"the lesson has no column “{header}”")
        cells = [table.at(line, place) for place in table.places]
        if any((sheet.name, at) in one for one in known for at in cells):
            continue  # a helper: of a long column only some rows are followed
        found = {(sheet.name, at): entry for at in cells if _computes(judgement, sheet, at)}
        yield from gathered(found, {})


def _beside_form(
    sheet: Sheet, judgement: Judgement, form: Form, known: Sequence[Outside]
) -> Iterator[Outside]:
    """Yield such cells of a form that has several quantities below, or behind, one header."""
    below: dict[Address, list[Address]] = {}
    for header, (cell, _) in zip(form.headers, form.cells, strict=True):
        below.setdefault(header, []).append(cell)
    own = {cell for cell, _ in form.cells}
    for header, cells in below.items():
        is_down = {column for _, column in cells} == {header[1]}
        for other in _heads_beside(sheet, header, is_down=is_down) if len(cells) > 1 else ():
            places = [(row, other[1]) if is_down else (other[0], column) for row, column in cells]
            found = [at for at in places if at not in own and _computes(judgement, sheet, at)]
            own.update(places)
            if len(found) == 1:
                continue  # a sum of them or the like, no column
            entry = Entry("not_judged", f"the lesson has no column “{sheet.cells[other].value}”")
            fresh = [at for at in found if not any((sheet.name, at) in one for one in known)]
            yield from gathered({(sheet.name, at): entry for at in fresh}, {})


def _heads_beside(sheet: Sheet, header: Address, *, is_down: bool) -> Iterator[Address]:
    """Yield the texts in the line of a header."""
    for (row, column), cell in sheet.cells.items():
        is_text = cell.formula is None and isinstance(cell.value, str)
        if is_text and (row == header[0] if is_down else column == header[1]):
            yield row, column


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
