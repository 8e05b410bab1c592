"""Numbers called a parameter that no formula takes: what should take them is not what it seems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from sheetprop.checking.arrays.fills import is_number
from sheetprop.checking.arrays.groups.meanings import NORMALISED, SHARE
from sheetprop.checking.arrays.readings import CONVOLUTION, PRODUCT
from sheetprop.checking.arrays.stated import says_attention
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.mentioned import areas_in
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

IDLE = "{label} stands beside, and no formula takes it"

_BIAS = pattern(r"\W{0,4}(?:b|bias|bias(?:es)? b|verzerrung|बायस)\W{0,4}\d?\W{0,4}", re.I)
_OF_NORMALISATION = pattern(
    r"\W{0,4}(?:gamma|γ|scale|beta|β|shift|(?:running|moving)[\s_-]{0,2}(?:mean|average|var\w*))"
    r"\W{0,4}\d?\W{0,4}",
    re.I,
)
_OF_ATTENTION = pattern(r"\W{0,4}(?:Q|K|V|quer(?:y|ies)|keys?|values?|W[_ ]?[qkvQKV])\W{0,4}")
_WITHOUT_EFFECT = {"gamma": 1, "γ": 1, "scale": 1}


def doubt_of_idle(kind: str, sheet: Sheet, workbook: Workbook) -> str | None:
    """Return that a parameter of a block of a kind on a sheet is not taken; None where all are."""
    known = {CONVOLUTION: _BIAS, NORMALISED: _OF_NORMALISATION}.get(kind)
    if kind in (PRODUCT, SHARE) and says_attention(sheet):
        known = _OF_ATTENTION
    labels = {
        at: str(cell.value)
        for at, cell in sheet.cells.items()
        if known and cell.formula is None and isinstance(cell.value, str)
        if known.fullmatch(cell.value)
    }
    idle = next(_idle(labels, sheet, workbook), None) if labels else None
    return None if idle is None else IDLE.format(label=idle)


def _idle(labels: dict[Address, str], sheet: Sheet, workbook: Workbook) -> Iterator[str]:
    """Yield the labels of which no number beside or below stands in a formula's references."""
    used = _used_on(sheet, workbook)
    for (row, column), text in labels.items():
        label = text.strip(" :=")
        for at in ((row, column + 1), (row + 1, column)):
            cell = sheet.cells.get(at, Cell())
            if is_number(cell):
                has_effect = cell.value != _WITHOUT_EFFECT.get(label.casefold(), 0)
                if cell.formula is None and has_effect and at not in used:
                    yield label
                break


def _used_on(sheet: Sheet, workbook: Workbook) -> set[Address]:
    """Return the cells of a sheet that some formula mentions."""
    names = {one.name.casefold() for one in workbook.sheets}
    return {
        at
        for one in workbook.sheets
        for cell in one.cells.values()
        for area in (areas_in(cell.formula, one.name, names) if cell.formula else ())
        if area.sheet.casefold() == sheet.name.casefold()
        for at in product(area.rows, area.columns)
    }
