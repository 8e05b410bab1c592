"""Whether a workbook is one of arrays, and what of it is known: a right formula for each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sheetprop.checking.arrays.doubts.beyond import BEYOND, reaches_beyond
from sheetprop.checking.arrays.doubts.doubt import doubt_of
from sheetprop.checking.arrays.fills import Block, blocks_in
from sheetprop.checking.arrays.groups.meanings import (
    DIVIDED,
    LENGTH,
    SHARE,
    Meaning,
)
from sheetprop.checking.arrays.groups.mending import mended
from sheetprop.checking.arrays.groups.statistics import is_evident, meanings_of
from sheetprop.checking.arrays.maps import reading_of
from sheetprop.checking.arrays.masks import CONTRARY, MASK, is_contrary, is_mask, masks_in
from sheetprop.checking.arrays.neighbours import twins, with_neighbours
from sheetprop.checking.arrays.readings import (
    CONVOLUTION,
    PRODUCT,
    SCALED,
    SINGLE,
    Reading,
)
from sheetprop.checking.arrays.stated import (
    is_of_all,
    is_unused,
    of_all,
    says_attention,
    says_convolution,
    says_dropout,
    says_normalisation,
    says_pooling,
    says_scaled,
    with_scale,
    with_stated_strides,
)
from sheetprop.checking.arrays.terms import Place
from sheetprop.notation.mentioned import areas_in
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address, Workbook

UNKNOWN = "nothing known of arrays is calculated here"
FEWEST = 4
"""Cells of a block that is told of where nothing is known."""

UNSCALED = (
    "numbers are dropped and the others not divided by the share that is kept; right only where "
    "evaluation multiplies by it"
)
UNUSED = "these numbers are divided, and nothing takes what comes out"


@dataclass(frozen=True)
class Known:
    """A block that is known: what it is, and whether only arrays have such."""

    block: Block
    kind: str
    is_evident: bool = False
    is_flipped: bool = False

    def holds(self, at: Address) -> bool:
        """Whether a cell is one of its block."""
        row, column = self.block.within(at)
        return 0 <= row < self.block.rows and 0 <= column < self.block.columns


@dataclass(frozen=True)
class Recognised:
    """The known blocks of a workbook, and why the cells of others are not judged.

    The numbers in the cells that are `perhaps_given` are typed where others alike are calculated.
    It `is_doubted` where a block that only arrays have is not judged.
    """

    known: tuple[Known, ...]
    unknown: Mapping[Place, str]
    perhaps_given: frozenset[Place] = frozenset()
    is_doubted: bool = False

    @property
    def is_evident(self) -> bool:
        """Whether the workbook is one of arrays."""
        is_told = {UNSCALED, CONTRARY}.intersection(self.unknown.values())
        return self.is_doubted or bool(is_told) or any(one.is_evident for one in self.known)


def recognised(workbook: Workbook) -> Recognised:
    """Return what is known of the blocks of a workbook."""
    blocks = blocks_in(workbook)
    typed = twins(blocks, workbook)
    blocks = [*with_neighbours(blocks, workbook), *typed]
    blocks = with_stated_strides(blocks, workbook)
    masks, is_doubted = masks_in(blocks, workbook), False
    readings = [Reading(MASK) if block in masks else reading_of(block) for block in blocks]
    known, unknown = [], {}
    for block, reading in zip(blocks, readings, strict=True):
        if reading is not None and reaches_beyond(block, reading, workbook):
            unknown.update({(block.sheet, at): BEYOND for at in block.cells})
            is_doubted |= reading.is_evident and says_convolution(workbook[block.sheet])
        elif reading is not None and _is_unscaled(block, reading, workbook, masks):
            unknown.update({(block.sheet, at): UNSCALED for at in block.cells})
        elif reading is not None and reading.kind == SCALED and is_contrary(block, masks):
            unknown.update({(block.sheet, at): CONTRARY for at in block.cells})
        elif reading is not None:
            known.append(_known(block, reading, workbook, masks))
    others = [b for b, reading in zip(blocks, readings, strict=True) if reading is None]
    if others:
        others = mended(others, workbook)
        for block, meaning in zip(others, meanings_of(others, workbook), strict=True):
            if meaning is not None and meaning.kind == DIVIDED and is_unused(block, workbook):
                unknown.update({(block.sheet, at): UNUSED for at in block.cells})
            elif meaning is not None:
                known.append(_told(block, meaning, workbook))
    known = [_as_scaled(one, known, workbook) for one in known]
    blocks_of = {
        kind: [b.block for b in known if b.kind == kind] for kind in {k.kind for k in known}
    }
    for odd in [*known]:
        reason = doubt_of(odd.block, odd.kind, blocks_of, workbook, is_flipped=odd.is_flipped)
        if reason is not None:
            known.remove(odd)
            unknown.update({(odd.block.sheet, at): reason for at in odd.block.cells})
            is_doubted = is_doubted or odd.is_evident
    doubtful = frozenset((one.sheet, one.first) for one in typed)
    return Recognised(tuple(known), _left(workbook, known, unknown), doubtful, is_doubted)


def found_instead(workbook: Workbook) -> str | None:
    """Return where there are formulas of one shape that are nothing known, None without any."""
    blocks = [b for b in blocks_in(workbook) if b.rows * b.columns >= FEWEST]
    if not blocks:
        return None
    most = max(blocks, key=lambda block: block.rows * block.columns)
    where = range_text(most.first, most.last)
    return (
        f"the formulas in {where} on {most.sheet} are of one shape, but no convolution, pooling, "
        "normalisation or softmax"
    )


def _known(block: Block, reading: Reading, workbook: Workbook, masks: Sequence[Block]) -> Known:
    is_dropout = reading.kind == SCALED and any(
        is_mask(block, s, workbook, masks) for s in block.slots
    )
    is_product = reading.kind == CONVOLUTION or _is_point(block, reading)
    is_stated = is_product and says_convolution(workbook[block.sheet])
    is_stated |= reading.kind == PRODUCT and says_attention(workbook[block.sheet])
    is_evident = reading.is_evident or is_dropout or is_stated
    return Known(block, reading.kind, is_evident, reading.is_flipped)


def _told(block: Block, meaning: Meaning, workbook: Workbook) -> Known:
    """Return a block of means, variances and the like, as what the sheet says that it is."""
    sheet = workbook[block.sheet]
    own = of_all(block) if meaning.is_sample and is_of_all(sheet) else block
    is_stated = meaning.kind in ("variance", "centred", LENGTH) and says_normalisation(sheet)
    is_stated |= meaning.kind in ("mean", "largest") and says_pooling(sheet)
    return Known(own, meaning.kind, is_stated or is_evident(meaning))


def _is_point(block: Block, reading: Reading) -> bool:
    """Whether each number of a map is multiplied by one that stays."""
    is_map = block.rows > 1 and block.columns > 1
    still = [slot for slot in block.slots if not block.moves(slot)]
    return reading.kind == SINGLE and is_map and len(block.slots) == 2 and len(still) == 1


def _is_unscaled(
    block: Block, reading: Reading, workbook: Workbook, masks: Sequence[Block]
) -> bool:
    """Whether a block drops numbers by a mask without dividing the others."""
    if reading.kind != SINGLE or not says_dropout(workbook[block.sheet]):
        return False
    return len(block.slots) == 2 and any(
        is_mask(block, slot, workbook, masks) for slot in block.slots
    )


def _as_scaled(one: Known, known: Sequence[Known], workbook: Workbook) -> Known:
    """Return a product that a softmax takes as it is, divided by a root where the sheet says so."""
    if one.kind != PRODUCT or not says_scaled(workbook[one.block.sheet]):
        return one
    shares = (other.block for other in known if other.kind == SHARE)
    taken = (slot.start for block in shares for slot in block.slots)
    is_taken = any(
        area.sheet == one.block.sheet and one.holds((area.top, area.left)) for area in taken
    )
    if not is_taken or "SQRT" in one.block.template.upper() or "/" in one.block.template:
        return one
    return replace(one, block=with_scale(one.block))


def _left(
    workbook: Workbook, known: Sequence[Known], unknown: Mapping[Place, str]
) -> dict[Place, str]:
    """Return why each formula outside of the known blocks is not judged."""
    judged = {(one.block.sheet, at) for one in known for at in one.block.cells}
    sheets = {sheet.name.casefold() for sheet in workbook.sheets}
    found = {
        (sheet.name, at): UNKNOWN
        for sheet in workbook.sheets
        for at, cell in sheet.cells.items()
        if cell.formula
        and (sheet.name, at) not in judged
        and next(areas_in(cell.formula, sheet.name, sheets), None)
    }
    return {**found, **{place: why for place, why in unknown.items() if place not in judged}}
