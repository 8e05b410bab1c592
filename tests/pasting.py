"""Fill what a report proposes over its places, all at once, as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheetprop.checking.ledger.areas import mentioned
from sheetprop.checking.report import Report
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.sheet import Address, Cell, Workbook


def proposed(report: Report) -> Iterator[tuple[tuple[str, Address], str]]:
    """Yield the cells of all proposals with the formula that belongs there."""
    for finding in report.findings:
        for place in finding.places:
            if place.expected is None or not place.expected.startswith("="):
                continue
            for area in mentioned(place.range, place.sheet):
                formula = RelativeFormula(place.expected, *area.first)
                for cell in area.cells():
                    yield (place.sheet, cell), formula.at(*cell)


def filled(workbook: Workbook, formulas: dict[tuple[str, Address], str]) -> Workbook:
    """Return the workbook with other formulas in some cells, which store no value."""
    sheets = []
    for sheet in workbook.sheets:
        new = {at: Cell(None, text) for (name, at), text in formulas.items() if name == sheet.name}
        sheets.append(replace(sheet, cells=dict(sorted({**sheet.cells, **new}.items()))))
    return replace(workbook, sheets=tuple(sheets))
