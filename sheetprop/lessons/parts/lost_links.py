"""Links whose sheet a variant of the workbook lacks: their cells are left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sheetprop.workbooks.long_tables import loose_cells, with_loose
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Sheet, Workbook


def without_lost_links(workbook: Workbook) -> Workbook:
    """Return the workbook without cells that lead to a sheet which is not there."""
    present = {sheet.name for sheet in workbook.sheets}
    return replace(workbook, sheets=tuple(_kept(sheet, present) for sheet in workbook.sheets))


def _kept(sheet: Sheet, present: Collection[str]) -> Sheet:
    look = sheet.look
    assert isinstance(look, Look)
    lost = {at for at, to in look.links.items() if _sheet_of(to) not in present}
    if not lost:
        return sheet
    loose = {at: cell for at, cell in loose_cells(sheet.cells).items() if at not in lost}
    links = {at: to for at, to in look.links.items() if at not in lost}
    styles = {at: style for at, style in look.styles.items() if at not in lost}
    kept = replace(look, links=links, styles=styles)
    return replace(sheet, cells=with_loose(sheet.cells, loose), look=kept)


def _sheet_of(link: str) -> str:
    return link.rpartition("!")[0].strip("'").replace("''", "'")
