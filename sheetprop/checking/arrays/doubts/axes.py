"""Statistics and shares that are not judged: they go along another axis than their sheet says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.slots import Slot
from sheetprop.checking.arrays.stated import texts_on
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

OVER_SAMPLES = (
    "the sheet speaks of layer normalisation, which takes each sample by itself, and here several "
    "samples are taken together"
)
OVER_ONE = (
    "the sheet speaks of batch normalisation, which takes all samples together, and here one is "
    "taken by itself"
)
ACROSS_SHARES = (
    "shares of different softmaxes are added up here, which are not 1 together; a row of weights "
    "belongs to each row that comes out"
)

_BATCH = pattern(r"\bbatch[\s_-]*norm|\bBN\b|\bबैच[\s-]*नॉर्म", re.I)
_LAYER = pattern(r"\blayer[\s_-]*norm|\bLN\b|परत[\s-]*नॉर्म", re.I)
_SAMPLE = pattern(
    r"\W*(?:samples?|examples?|beispiele?|instances?|images?|bild(?:er)?|batch|tokens?|उदाहरण)"
    r"[\W_]*(?:no\W*)?(?:\d+|[a-h])?\W*",
    re.I,
)
_BACKWARD = pattern(r"∂|\bgrad|backward|\bd[_ ]?[QKV]\b|rückwärts|ableitung", re.I)


def doubt_of_statistics(block: Block, workbook: Workbook) -> str | None:
    """Return why a mean or what is normalised by it is not judged, None where it is."""
    sheet = workbook[block.sheet]
    texts = [*texts_on(sheet)]
    is_batch, is_layer = (any(map(known.search, texts)) for known in (_BATCH, _LAYER))
    if is_batch == is_layer:
        return None
    for area in _ranges(block):
        samples = _samples(area, workbook)
        if is_layer and samples is not None and samples > 1:
            return OVER_SAMPLES
        if is_batch and samples == 1:
            return OVER_ONE
    return None


def _ranges(block: Block) -> Iterator[Area]:
    yield from (slot.start for slot in block.slots if slot.size > 1)


def _samples(area: Area, workbook: Workbook) -> int | None:
    """Return how many samples a range goes over by the labels beside it; None without labels."""
    sheet = next((s for s in workbook.sheets if s.name.casefold() == area.sheet.casefold()), None)
    if sheet is None:
        return None
    left, up = range(area.left - 1, 0, -1), range(area.top - 1, 0, -1)
    beside = [_nearest(sheet, ((row, column) for column in left)) for row in area.rows]
    above = [_nearest(sheet, ((row, column) for row in up)) for column in area.columns]
    found = [len(own) for own in (beside, above) if all(map(_is_sample, own))]
    return found[0] if len(found) == 1 else None


def _nearest(sheet: Sheet, places: Iterable[Address]) -> str:
    """Return the first text in some cells that have only numbers before it."""
    for at in places:
        cell = sheet.cells.get(at, Cell())
        if cell.value is None and cell.formula is None:
            return ""
        if cell.formula is None and isinstance(cell.value, str):
            return cell.value
    return ""


def _is_sample(text: str) -> bool:
    return bool(_SAMPLE.fullmatch(text))


def doubt_of_shares(block: Block, shares: Iterable[Block], workbook: Workbook) -> str | None:
    """Return why a product with the shares of a softmax is not judged, None where it is."""
    if any(map(_BACKWARD.search, texts_on(workbook[block.sheet]))):
        return None
    return ACROSS_SHARES if any(_is_across(block, one) for one in shares) else None


def _is_across(block: Block, share: Block) -> bool:
    """Whether a product takes one share of each softmax, where these go along the other axis."""
    axis = _axis_of(share)
    own = set(share.cells)
    taken = [a for a in block.areas(block.first) if a.sheet == share.sheet]
    cells = {(r, c) for a in taken for r in a.rows for c in a.columns} & own
    if axis is None or len(cells) < 2:
        return False
    lines, across = ({at[k] for at in cells} for k in (axis, 1 - axis))
    return len(lines) > 1 and len(across) == 1


def _axis_of(share: Block) -> int | None:
    """Return 0 for softmaxes of rows, 1 for those of columns; None where that does not show."""
    ways = {_way(slot) for slot in share.slots} - {None}
    if len(ways) != 1 or min(share.rows, share.columns) == 1:
        return None
    return ways.pop()


def _way(slot: Slot) -> int | None:
    """Return along which axis a sum stays the same for all shares that it is of."""
    is_of_row, is_of_column = slot.right == (0, 0), slot.down == (0, 0)
    if is_of_row == is_of_column:
        return None
    return 0 if is_of_row else 1
