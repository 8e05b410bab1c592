"""Windows that reach over cells which are no map: empty ones, texts, or their own kernel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from sheetprop.checking.arrays.fills import Block, is_number
from sheetprop.checking.arrays.neighbours import cells_on
from sheetprop.checking.arrays.readings import CONVOLUTION, POOLING, Reading, places
from sheetprop.checking.arrays.slots import Slot, around
from sheetprop.checking.arrays.terms import Place
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.sheet import Address, Workbook

BEYOND = "its windows reach over cells without numbers"


def reaches_beyond(block: Block, reading: Reading, workbook: Workbook) -> bool:
    """Whether windows take a text or their kernel, or reach over the numbers on some sides only.

    Empty cells on all sides are padding; where they lie among the numbers they are zeros.
    """
    if reading.kind not in (CONVOLUTION, POOLING):
        return False
    if _takes_own_kernel(block):
        return True
    for slot in block.slots:
        corners = [slot.area(*block.within(at)) for at in (block.first, block.last)]
        whole = around(*corners)
        held = cells_on(workbook, whole.sheet)
        areas = [slot.area(*block.within(at)) for at in block.cells]
        cells = {(r, c): held.get((r, c)) for a in areas for r in a.rows for c in a.columns}
        numbers = [at for at, cell in cells.items() if is_number(cell)]
        if not numbers or any(
            c and c.value is not None and not is_number(c) for c in cells.values()
        ):
            return True
        if len(numbers) < len(cells) and not _is_padded(numbers, whole):
            return True
    return False


def _is_padded(numbers: Sequence[Address], whole: Area) -> bool:
    """Whether empty cells lie among the numbers, or on all sides of them."""
    top, bottom = min(r for r, _ in numbers), max(r for r, _ in numbers)
    left, right = min(c for _, c in numbers), max(c for _, c in numbers)
    if len(numbers) < (bottom - top + 1) * (right - left + 1):
        return True
    sides = top - whole.top, whole.bottom - bottom, left - whole.left, whole.right - right
    return len(set(sides)) == 1


def _takes_own_kernel(block: Block) -> bool:
    """Whether windows go over the cells of the kernel that they are multiplied by."""
    still = {place for s in block.slots if not block.moves(s) for place in places(s)}
    moving = [slot for slot in block.slots if slot.size > 1 and block.moves(slot)]
    ends = (block.within(at) for at in block.cells)
    return any(not still.isdisjoint(_cells(slot, at)) for at in ends for slot in moving)


def _cells(slot: Slot, at: Address) -> Iterator[Place]:
    area = slot.area(*at)
    yield from ((area.sheet, one) for one in product(area.rows, area.columns))
