"""Windows over maps that are not judged: kernel, bias, padding or map are not as the sheet says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from sheetprop.checking.arrays.fills import Block, is_number
from sheetprop.checking.arrays.neighbours import cells_on
from sheetprop.checking.arrays.slots import Slot, around
from sheetprop.checking.arrays.stated import texts_on
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.mentioned import areas_in
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

TURNED = "the sheet speaks of a kernel that is not turned, and here it is turned by 180°"
ONE_MAP = "two kernels go over the same map, as if one of them belonged to another map"
NO_BIAS = "{cell} is called a bias, and no formula adds it"
NO_PADDING = "the sheet states a padding of {padding}, and the windows begin at the first number"

_NOT_TURNED = pattern(
    r"cross[\s-]?correl|kreuzkorrel|\b(?:not|un|without)[\s-]*(?:flip|turn|rotat)|"
    r"(?:nicht|un)[\s-]*(?:gedreht|gespiegelt)",
    re.I,
)
_BIAS = pattern(r"\W*(?:b|bias|bias(?:es)? b|verzerrung|बायस)\W*\d?\W*", re.I)
_PADDING = pattern(r"\b(?:padding|pad|polsterung|पैडिंग)\s*[:=(]?\s*(\d{1,2})\b", re.I)


def is_turned_unasked(workbook: Workbook, sheet: str, *, is_flipped: bool) -> bool:
    """Whether a kernel is turned everywhere where the sheet says that it is not."""
    return is_flipped and any(map(_NOT_TURNED.search, texts_on(workbook[sheet])))


def doubt_of_windows(block: Block, workbook: Workbook, *, is_flipped: bool) -> str | None:
    """Return why a convolution is not judged, None for one that is."""
    if is_turned_unasked(workbook, block.sheet, is_flipped=is_flipped):
        return TURNED
    if _goes_twice_over_one(block):
        return ONE_MAP
    bias = next(_idle_biases(block, workbook), None)
    if bias is not None:
        return NO_BIAS.format(cell=bias)
    return _without_padding(block, workbook)


def _goes_twice_over_one(block: Block) -> bool:
    """Whether two ranges that move are one, and each meets a kernel of its own."""
    windows = [slot for slot in block.slots if slot.size > 1 and block.moves(slot)]
    kernels = {slot.start for slot in block.slots if slot.size > 1 and not block.moves(slot)}
    is_twice = any(one == other for one, other in combinations(windows, 2))
    return is_twice and len(kernels) == len(windows)


def _idle_biases(block: Block, workbook: Workbook) -> Iterator[str]:
    """Yield the labels of numbers that are called a bias and stand in no formula's references."""
    sheet = workbook[block.sheet]
    labels = {at: str(c.value) for at, c in sheet.cells.items() if _is_bias(c)}
    if not labels:
        return
    used = _used_on(sheet, workbook)
    for (row, column), text in labels.items():
        for at in ((row, column + 1), (row + 1, column)):
            cell = sheet.cells.get(at, Cell())
            if cell.formula is None and is_number(cell):
                if cell.value and at not in used:
                    yield text.strip(" :=")
                break


def _is_bias(cell: Cell) -> bool:
    is_text = cell.formula is None and isinstance(cell.value, str)
    return is_text and bool(_BIAS.fullmatch(str(cell.value)))


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


def _without_padding(block: Block, workbook: Workbook) -> str | None:
    """Return that windows have no zeros around them where their sheet states how many there are."""
    found = {int(n) for text in texts_on(workbook[block.sheet]) for n in _PADDING.findall(text)}
    padding = found.pop() if len(found) == 1 else 0
    windows = [slot for slot in block.slots if slot.size > 1 and block.moves(slot)]
    if not padding or not windows or any(_is_padded(block, s, padding, workbook) for s in windows):
        return None
    return NO_PADDING.format(padding=padding)


def _is_padded(block: Block, slot: Slot, padding: int, workbook: Workbook) -> bool:
    """Whether the first rows and columns that windows go over are zeros or empty."""
    whole = around(*(slot.area(*block.within(at)) for at in (block.first, block.last)))
    cells = cells_on(workbook, whole.sheet)
    first = [*product(whole.rows[:padding], whole.columns)]
    first += product(whole.rows, whole.columns[:padding])
    return not any(_is_something(cells.get(at)) for at in first)


def _is_something(cell: Cell | None) -> bool:
    return is_number(cell) and cell is not None and cell.value != 0
