"""Sizes that are written as texts, 3×3 or 28x28x16, read as the pixels across that they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheetprop.checking.shapes.channels import features_in, with_channels
from sheetprop.checking.shapes.strides import with_strides
from sheetprop.lazily.patterns import pattern
from sheetprop.tables.judgement import ValueOf
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value, Workbook

_SQUARE = pattern(r"\(?\s*(\d{1,5})\s*[x×X*,]\s*\1\s*(?:[x×X*,@]\s*\d{1,6}\s*){0,2}\)?")
"""The same number twice, and perhaps how many channels go in, come out, or there are."""

Places = frozenset[tuple[str, Address]]


def with_sizes(workbook: Workbook, value_of: ValueOf) -> tuple[Workbook, Places]:
    """Return a workbook with numbers for texts that are sizes, and which cells those are.

    Channels that shapes tell, and strides that sizes do, stand in columns of their own, right of
    all that the sheet has.
    """
    places: set[tuple[str, Address]] = set()
    sheets = []
    for sheet in workbook.sheets:
        sizes = {at: Cell(one) for at, one in _sizes(sheet)}
        sizes |= dict.fromkeys(features_in(sheet), Cell(1.0))
        found = sizes | with_channels(sheet, value_of)
        read = replace(sheet, cells={**sheet.cells, **found}) if found else sheet
        told = with_strides(read)
        places |= {(sheet.name, at) for at in (*found, *told)}
        sheets.append(replace(read, cells={**read.cells, **told}) if told else read)
    return (replace(workbook, sheets=tuple(sheets)) if places else workbook), frozenset(places)


def _sizes(sheet: Sheet) -> Iterator[tuple[Address, float]]:
    for at, cell in sheet.cells.items():
        if cell.formula is None and isinstance(cell.value, str) and len(cell.value) < 30:
            match = _SQUARE.fullmatch(cell.value.strip())
            if match:
                yield at, float(match[1])


def values_with(workbook: Workbook, value_of: ValueOf, places: Places) -> ValueOf:
    """Return what gives the values of cells, the sizes as numbers."""

    def value(sheet: str, at: Address) -> Value:
        return workbook[sheet].cells[at].value if (sheet, at) in places else value_of(sheet, at)

    return value
