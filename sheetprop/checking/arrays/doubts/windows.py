"""Windows over maps that are not judged: kernel, bias, padding or map are not as the sheet says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations, pairwise, product

from sheetprop.checking.arrays.fills import Block, is_number
from sheetprop.checking.arrays.neighbours import cells_on
from sheetprop.checking.arrays.readings import places
from sheetprop.checking.arrays.slots import Slot, around
from sheetprop.checking.arrays.stated import stated_stride, strides_of, texts_on
from sheetprop.lazily.patterns import pattern
from sheetprop.workbooks.sheet import Cell, Workbook

TURNED = "the sheet speaks of a kernel that is not turned, and here it is turned by 180°"
ONE_MAP = "two kernels go over the same map, as if one of them belonged to another map"
OTHER_STRIDE = "the sheet states a stride of {stated}, and the windows go on by {found}"
NOT_DILATED = (
    "the sheet states a dilation of {dilation}, and the pixels of a window lie side by side"
)
NO_PADDING = "the sheet states a padding of {padding}, and the windows begin at the first number"

_NOT_TURNED = pattern(
    r"cross[\s-]?correl|kreuzkorrel|\b(?:not|un|without)[\s-]*(?:flip|turn|rotat)|"
    r"(?:nicht|un)[\s-]*(?:gedreht|gespiegelt)",
    re.I,
)
_DILATION = pattern(r"\b(?:dilation|dilatation|डाइलेशन)\s*[:=(]?\s*(\d{1,2})\b", re.I)
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
    return _not_dilated(block, workbook) or _without_padding(block, workbook)


def doubt_of_stride(block: Block, others: Iterable[Block], workbook: Workbook) -> str | None:
    """Return that no windows of a sheet go on by the stride that it states; None where some do."""
    stated, own = stated_stride(workbook[block.sheet]), strides_of(block)
    if stated is None or not own:
        return None
    on_sheet = (strides_of(one) for one in others if one.sheet == block.sheet)
    if any(stated in found for found in on_sheet):
        return None
    return OTHER_STRIDE.format(stated=stated, found=max(own))


def _not_dilated(block: Block, workbook: Workbook) -> str | None:
    """Return that the pixels of a window lie side by side where the sheet states a dilation."""
    texts = texts_on(workbook[block.sheet])
    stated = {int(number) for text in texts for number in _DILATION.findall(text)}
    moving = [place for s in block.slots if block.moves(s) for place in places(s)]
    if len(stated) != 1 or stated <= {0, 1}:
        return None
    for axis in (0, 1):
        lines = sorted({at[axis] for _, at in moving})
        if any(b - a == 1 for a, b in pairwise(lines)):
            return NOT_DILATED.format(dilation=stated.pop())
    return None


def _goes_twice_over_one(block: Block) -> bool:
    """Whether two ranges that move are one, and each meets a kernel of its own."""
    windows = [slot for slot in block.slots if slot.size > 1 and block.moves(slot)]
    kernels = {slot.start for slot in block.slots if slot.size > 1 and not block.moves(slot)}
    is_twice = any(one == other for one, other in combinations(windows, 2))
    return is_twice and len(kernels) == len(windows)


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
