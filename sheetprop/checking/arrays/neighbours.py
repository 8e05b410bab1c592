"""What blocks say of each other: slips in the references of one, or in cells beside it, undone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetprop.checking.arrays.fills import Block, is_number
from sheetprop.checking.arrays.maps import reading_of
from sheetprop.checking.arrays.slots import Slot
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

_DIGITS = re.compile(r"[\d\s]+")


def with_neighbours(blocks: Sequence[Block], workbook: Workbook) -> list[Block]:
    """Return blocks as those around them, and the numbers that they take, show that they are."""
    return joined([_with_fixed(block, workbook) for block in blocks])


def _with_fixed(block: Block, workbook: Workbook) -> Block:
    """Return a block whose kernel, or bias, slides off with the windows with it where it began.

    It is one only where its numbers end where the first cell of the block takes it.
    """
    if len(block.slots) < 2:
        return block
    for slot in block.slots:
        if slot.size == 1 and block.moves(slot) and _slides_off(block, slot, workbook):
            block = block.with_fixed(slot)
            return _with_fixed(block, workbook)
    if not all(block.moves(slot) for slot in block.slots):
        return block
    if len({slot.size for slot in block.slots}) > 1 or reading_of(block) is not None:
        return block
    for slot in block.slots:
        if _ends_with_first(slot, workbook):
            own = block.with_fixed(slot)
            if reading_of(own) is not None:
                return own
    return block


def _ends_with_first(slot: Slot, workbook: Workbook) -> bool:
    """Whether the numbers that a reference goes over end where it does in the first cell."""
    sheet, _, _, bottom, right = slot.start
    cells = cells_on(workbook, sheet)
    inside = [cells.get((r, c)) for r in slot.start.rows for c in slot.start.columns]
    beyond = [cells.get((bottom + 1, c)) for c in slot.start.columns]
    beyond += [cells.get((r, right + 1)) for r in slot.start.rows]
    return all(map(is_number, inside)) and not any(map(is_number, beyond))


def _slides_off(block: Block, slot: Slot, workbook: Workbook) -> bool:
    """Whether only the first cell of a block finds a number where a reference goes."""
    cells = cells_on(workbook, slot.start.sheet)
    places = {(a.top, a.left) for a in (slot.area(*block.within(at)) for at in block.cells)}
    first = slot.start.top, slot.start.left
    return [at for at in places if is_number(cells.get(at))] == [first]


def cells_on(workbook: Workbook, name: str) -> dict[Address, Cell]:
    """Return the cells of a sheet, none where there is none of that name."""
    for sheet in workbook.sheets:
        if sheet.name.casefold() == name.casefold():
            return dict(sheet.cells)
    return {}


def joined(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks, those that go on with the windows of a larger one as parts of it."""
    found = sorted(blocks, key=lambda one: (-one.rows * one.columns, -len(one.slots)))
    pairs = ((a, b) for a in found for b in found if a is not b)
    for block, other in pairs:
        whole = _joined(block, other)
        if whole is not None:
            return joined([whole, *(one for one in found if one not in (block, other))])
    return found


def _joined(block: Block, other: Block) -> Block | None:
    """Return a block with another one, where that takes the windows that would come next."""
    if other.rows * other.columns > block.rows * block.columns or other.sheet != block.sheet:
        return None
    axis = _axis(block, other)
    if axis is None:
        return None
    first = min(block.first, other.first)
    slots = tuple(replace(s, start=s.area(*block.within(first))) for s in block.slots)
    if any(min(slot.start[1:]) < 1 for slot in slots):
        return None
    rows, columns = block.rows, block.columns
    rows, columns = (rows + other.rows, columns) if axis == 0 else (rows, columns + other.columns)
    whole = replace(block, first=first, rows=rows, columns=columns, slots=slots)
    return whole if all(_takes_the_same(whole, other, at) for at in other.cells) else None


def _axis(block: Block, other: Block) -> int | None:
    """Return 0 where a block of several rows goes on in another, 1 for columns, None for none."""
    sizes = (block.rows, block.columns), (other.rows, other.columns)
    for axis in (0, 1):
        along = axis, 1 - axis
        is_wide = sizes[0][axis] > 1
        is_flush = block.first[along[1]] == other.first[along[1]]
        is_flush = is_flush and sizes[0][along[1]] == sizes[1][along[1]]
        before = other.first[axis] + sizes[1][axis] == block.first[axis]
        behind = block.first[axis] + sizes[0][axis] == other.first[axis]
        if is_wide and is_flush and (before or behind):
            return axis
    return None


def _takes_the_same(whole: Block, other: Block, at: Address) -> bool:
    """Whether a cell takes the windows that belong there, and nothing that does not."""
    moving = {s.area(*whole.within(at)) for s in whole.slots if whole.moves(s)}
    own = set(other.areas(at))
    return bool(moving) and moving <= own <= set(whole.areas(at))


def twins(blocks: Sequence[Block], workbook: Workbook) -> list[Block]:
    """Return blocks for typed numbers with the label of a formula beside other numbers."""
    lone = [block for block in blocks if block.first == block.last]
    return [
        one
        for sheet in workbook.sheets
        for one in _twins_on(sheet, [b for b in lone if b.sheet == sheet.name])
    ]


def _twins_on(sheet: Sheet, lone: Sequence[Block]) -> Iterator[Block]:
    labels = {(k, _label(sheet, b.first, k)): b for b in lone for k in (0, 1)}
    for at, cell in sheet.cells.items():
        if cell.formula is not None or not is_number(cell):
            continue
        for k in (0, 1):
            block = labels.get((k, _label(sheet, at, k))) if _label(sheet, at, k) else None
            twin = _twin(sheet, block, at) if block else None
            if twin is not None:
                yield twin
                break


def _label(sheet: Sheet, at: Address, way: int) -> str:
    """Return the text left of a cell, or above it, without numbers."""
    beside = sheet.cells.get((at[0], at[1] - 1) if way == 0 else (at[0] - 1, at[1]), Cell())
    is_text = beside.formula is None and isinstance(beside.value, str)
    return _DIGITS.sub("", str(beside.value)).casefold() if is_text else ""


def _twin(sheet: Sheet, block: Block, at: Address) -> Block | None:
    """Return the formula of a block moved to a cell, where it takes a whole range of numbers."""
    down, right = at[0] - block.first[0], at[1] - block.first[1]
    slots = tuple(replace(s, start=_moved(s.start, down, right)) for s in block.slots)
    if not all(slot.size > 1 and slot.start.sheet == sheet.name for slot in slots):
        return None
    inside = [(r, c) for s in slots for r in s.start.rows for c in s.start.columns]
    if at in inside or not all(is_number(sheet.cells.get(one)) for one in inside):
        return None
    return replace(block, first=at, slots=slots)


def _moved(area: Area, down: int, right: int) -> Area:
    sheet, top, left, bottom, last = area
    return Area(sheet, top + down, left + right, bottom + down, last + right)
