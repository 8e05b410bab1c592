"""What a block may be, and how its references go over the cells that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.slots import Slot
from sheetprop.checking.arrays.terms import Place

CONVOLUTION, POOLING, PRODUCT = "convolution", "pooling", "product"
SINGLE, SCALED = "single", "scaled"


@dataclass(frozen=True)
class Reading:
    """What a block is; `is_evident` where nothing but an array is calculated so.

    `is_flipped` of a convolution whose kernel is turned by 180° everywhere.
    """

    kind: str
    is_evident: bool = False
    is_flipped: bool = False


def slides(block: Block, slot: Slot) -> bool:
    """Whether windows go down with the rows and right with the columns, by steps alike."""
    y, x = slot.down[0], slot.right[1]
    if block.rows > 1 and (y < 1 or slot.down[1]):
        return False
    if block.columns > 1 and (x < 1 or slot.right[0]):
        return False
    return y == x or min(block.rows, block.columns) == 1


def keeps_place(block: Block, slot: Slot) -> bool:
    """Whether a reference goes to the next cell with each cell of a block."""
    return (block.rows == 1 or slot.down == (1, 0)) and (block.columns == 1 or slot.right == (0, 1))


def places(slot: Slot) -> Iterator[Place]:
    """Yield the cells that a reference has in the first cell of its block."""
    for row in slot.start.rows:
        for column in slot.start.columns:
            yield slot.start.sheet, (row, column)
