"""Masks of dropout: typed, or drawn by a comparison, and how much of the numbers they keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.neighbours import cells_on
from sheetprop.checking.arrays.slots import Slot
from sheetprop.checking.arrays.stated import says_dropout
from sheetprop.checking.arrays.terms import tree_of
from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Quotient, Sum
from sheetprop.workbooks.sheet import Cell, Workbook

MASK = "mask"
CONTRARY = (
    "the mask keeps one share of the numbers, and those kept are divided by what it drops; "
    "exchange the two, or turn the comparison"
)
ONE, NOTHING = Number(1.0), Number(0.0)

Share = tuple[Expr, bool]
"""A number, and whether it is the share that is kept itself: otherwise the rest of it to 1."""


def masks_in(blocks: Sequence[Block], workbook: Workbook) -> list[Block]:
    """Return the blocks that draw masks, on sheets that say that they drop numbers."""
    drawn = [block for block in blocks if kept_by(block) is not None]
    return [block for block in drawn if says_dropout(workbook[block.sheet])]


def kept_by(block: Block) -> Share | None:
    """Return which share of the numbers a drawn mask keeps; None of any other block."""
    tree = tree_of(block.formula(block.first))
    match tree:
        case Call("IF", (Call(compare, (_, limit)), first, second)):
            if (first, second) not in ((ONE, NOTHING), (NOTHING, ONE)):
                return None
            is_kept = first == ONE
        case Negative(Negative(Call(compare, (_, limit)))):
            is_kept = True
        case _:
            return None
    if compare not in ("LT", "LE", "GT", "GE"):
        return None
    return limit, is_kept == (compare in ("LT", "LE"))


def is_mask(block: Block, slot: Slot, workbook: Workbook, masks: Sequence[Block]) -> bool:
    """Whether a reference goes over a mask: zeros and ones, typed, both of them, or drawn."""
    if not block.moves(slot):
        return False
    held = cells_on(workbook, slot.start.sheet)
    places = {(a.top, a.left) for a in (slot.area(*block.within(at)) for at in block.cells)}
    if any(places <= set(one.cells) for one in _on(masks, slot)):
        return True
    return {held.get(at, Cell()).value for at in places} == {0, 1}


def is_contrary(block: Block, masks: Sequence[Block]) -> bool:
    """Whether numbers are divided by the share that their mask drops."""
    divided = _divided_by(tree_of(block.formula(block.first)))
    kept = [kept_by(one) for slot in block.slots for one in _on(masks, slot) if _meets(slot, one)]
    return any(
        divided is not None and one is not None and one[0] == divided[0] and one[1] != divided[1]
        for one in kept
    )


def _on(masks: Sequence[Block], slot: Slot) -> Iterator[Block]:
    yield from (one for one in masks if one.sheet == slot.start.sheet)


def _meets(slot: Slot, mask: Block) -> bool:
    return (slot.start.top, slot.start.left) in set(mask.cells)


def _divided_by(tree: Expr | None) -> Share | None:
    """Return by which share a formula divides."""
    match tree:
        case Quotient(_, Sum((Number(1.0), Negative(limit)))):
            return limit, False
        case Quotient(_, limit):
            return limit, True
    return None
