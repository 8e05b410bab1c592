"""What a sheet says of its blocks beside their formulas: stride, lesson, whose variance it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from sheetprop.checking.arrays.fills import Block, is_number
from sheetprop.checking.arrays.slots import Slot, around
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.mentioned import areas_in
from sheetprop.workbooks.sheet import Sheet, Workbook

MOST_TEXTS = 2000
_STRIDE = pattern(r"\b(?:stride|schrittweite|स्ट्राइड)s?\s*[:=(]?\s*(\d{1,2})?\b", re.I)
_CONVOLUTION = pattern(r"\b(?:convol|faltung|conv ?[12]?d?\b|kernel|filter)|कन्वोल", re.I)
_POOLING = pattern(r"pool(?:ing|ed)?\b|\bGAP\b|\bglobal[\s_-]*(?:max|average|mean)|पूलिंग", re.I)
_ATTENTION = pattern(
    r"attention|\bW[_ ]?[QKV]\b|\bQ\s*[·*x×@.]?\s*K\s*(?:ᵀ|\^?[T'’])|quer(?:y|ies)\b", re.I
)
_DROPOUT = pattern(r"\bdrop[\s-]?out|ड्रॉपआउट", re.I)
_SCALED = pattern(r"/\s*(?:\(\s*)?(?:√|sqrt)|scaled|skaliert", re.I)
_NORMALISATION = pattern(
    r"\b(?:batch|layer|group|instance|rms)[\s_-]*norm|\brms\b|(?:बैच|परत)[\s-]*नॉर्म", re.I
)
_OF_SAMPLE = pattern(r"sample (?:var|std|dev)|unbiased|running|n\s*[-−]\s*1|stichprobe", re.I)
_FUNCTION = pattern(r"\b(VAR|VAR\.S|STDEV|STDEV\.S)\(", re.I)
_WHOLE = {"VAR": "VARP", "VAR.S": "VAR.P", "STDEV": "STDEVP", "STDEV.S": "STDEV.P"}
_LESS = pattern(r"/\((\d+|COUNT\([^()]*\)|ROWS\([^()]*\))-1\)", re.I)


def says_convolution(sheet: Sheet) -> bool:
    """Whether a sheet says that something in it is a convolution."""
    return any(_CONVOLUTION.search(text) for text in texts_on(sheet))


def says_normalisation(sheet: Sheet) -> bool:
    """Whether a sheet says that something in it is a normalisation of a layer."""
    return any(_NORMALISATION.search(text) for text in texts_on(sheet))


def says_pooling(sheet: Sheet) -> bool:
    """Whether a sheet says that it pools."""
    return any(_POOLING.search(text) for text in texts_on(sheet))


def says_attention(sheet: Sheet) -> bool:
    """Whether a sheet names queries, their keys, or attention."""
    return any(_ATTENTION.search(text) for text in texts_on(sheet))


def says_dropout(sheet: Sheet) -> bool:
    """Whether a sheet says that it drops numbers."""
    return any(_DROPOUT.search(text) for text in texts_on(sheet))


def says_scaled(sheet: Sheet) -> bool:
    """Whether a sheet says that products are divided by a root."""
    return any(_SCALED.search(text) for text in texts_on(sheet))


def with_scale(block: Block) -> Block:
    """Return a block of products divided by the root of how many terms each has."""
    longest = max(slot.size for slot in block.slots)
    terms = longest if longest > 1 else len(block.slots) // 2
    return replace(block, template=f"=({block.template[1:]})/SQRT({terms})")


def with_stated_strides(blocks: Sequence[Block], workbook: Workbook) -> list[Block]:
    """Return blocks of windows with the stride that their sheet states, where none has it.

    Only where the windows go exactly over the numbers then: else the text speaks of something
    else.
    """
    found = [*blocks]
    for sheet in workbook.sheets:
        own = [block for block in blocks if block.sheet == sheet.name and strides_of(block)]
        stated = stated_stride(sheet) if own else None
        if stated is None or any(stated in strides_of(block) for block in own):
            continue
        for block in own:
            changed = _by(block, stated)
            if changed is not None and _goes_over(changed, workbook):
                found[found.index(block)] = changed
    return found


def of_all(block: Block) -> Block:
    """Return a block with the variance of all numbers for that of a sample."""
    text = _FUNCTION.sub(lambda match: f"{_WHOLE[match[1].upper()]}(", block.template)
    count = max(slot.size for slot in block.slots)
    counted = _LESS.sub(r"/\1", text)
    is_less = counted.endswith(f")/{count - 1}")
    return replace(block, template=f"{counted.rpartition('/')[0]}/{count}" if is_less else counted)


def is_of_all(sheet: Sheet) -> bool:
    """Whether a sheet normalises layers, and says nothing of a sample's variance."""
    return says_normalisation(sheet) and not any(map(_OF_SAMPLE.search, texts_on(sheet)))


def is_unused(block: Block, workbook: Workbook) -> bool:
    """Whether no formula takes a number of a block."""
    own = {(block.sheet, at) for at in block.cells}
    sheets = {sheet.name.casefold() for sheet in workbook.sheets}
    return not any(
        (area.sheet, (row, column)) in own
        for sheet in workbook.sheets
        for cell in sheet.cells.values()
        for area in (areas_in(cell.formula, sheet.name, sheets) if cell.formula else ())
        for row, column in product(area.rows, area.columns)
    )


def texts_on(sheet: Sheet) -> Iterator[str]:
    """Yield the texts that are typed on a sheet."""
    found = (
        cell.value
        for cell in sheet.cells.values()
        if cell.formula is None and isinstance(cell.value, str)
    )
    yield from (text for text, _ in zip(found, range(MOST_TEXTS), strict=False))


def stated_stride(sheet: Sheet) -> int | None:
    """Return the one stride that a sheet states, in a text or in a cell beside one."""
    found = set()
    for (row, column), cell in sheet.cells.items():
        if cell.formula is not None or not isinstance(cell.value, str):
            continue
        for match in _STRIDE.finditer(cell.value):
            beside = sheet.cells.get((row, column + 1))
            if match[1]:
                found.add(int(match[1]))
            elif beside and isinstance(beside.value, int | float) and not beside.formula:
                found.add(int(beside.value))
    return found.pop() if len(found) == 1 else None


def strides_of(block: Block) -> set[int]:
    """Return by how many cells the windows of a block go on, nothing where it has none."""
    windows = [slot for slot in block.slots if _is_window(block, slot)]
    ways = {slot.down[0] for slot in windows if block.rows > 1}
    return {way for way in ways | {s.right[1] for s in windows if block.columns > 1} if way}


def _is_window(block: Block, slot: Slot) -> bool:
    return slot.size > 1 and block.moves(slot) and not slot.down[1] and not slot.right[0]


def _by(block: Block, stride: int) -> Block | None:
    """Return a block whose windows go on by another stride."""
    strides = strides_of(block)
    if len(strides) != 1 or not stride:
        return None
    (old,) = strides

    def other(slot: Slot) -> Slot:
        if not _is_window(block, slot):
            return slot
        (y, _), (_, x) = slot.down, slot.right
        return replace(slot, down=(y // old * stride, 0), right=(0, x // old * stride))

    return replace(block, slots=tuple(map(other, block.slots)))


def _goes_over(block: Block, workbook: Workbook) -> bool:
    """Whether the windows of a block begin and end where the numbers that they lie in do."""
    for slot in block.slots:
        if not _is_window(block, slot):
            continue
        whole = around(*(slot.area(*block.within(at)) for at in (block.first, block.last)))
        cells = workbook[whole.sheet].cells
        inside = all(is_number(cells.get((r, c))) for r in whole.rows for c in whole.columns)
        beyond = [cells.get((whole.bottom + 1, c)) for c in whole.columns]
        beyond += [cells.get((r, whole.right + 1)) for r in whole.rows]
        if not inside or any(map(is_number, beyond)):
            return False
    return True
