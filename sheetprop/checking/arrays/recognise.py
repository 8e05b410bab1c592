"""Whether a workbook is one of arrays, and what of it is known: a right formula for each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sheetprop.checking.arrays.fills import Block, blocks_in, is_number
from sheetprop.checking.arrays.maps import (
    CONVOLUTION,
    POOLING,
    PRODUCT,
    SCALED,
    SINGLE,
    Reading,
    reading_of,
)
from sheetprop.checking.arrays.meanings import DIVIDED, SHARE, Meaning
from sheetprop.checking.arrays.slots import Slot, around
from sheetprop.checking.arrays.stated import (
    is_of_all,
    is_unused,
    of_all,
    says_convolution,
    says_dropout,
    says_normalisation,
    says_scaled,
    with_scale,
    with_stated_strides,
)
from sheetprop.checking.arrays.statistics import is_evident, meanings_of, mended
from sheetprop.checking.arrays.terms import Place
from sheetprop.notation.mentioned import Area, areas_in
from sheetprop.tables.table import range_text
from sheetprop.workbooks.sheet import Address, Cell, Workbook

UNKNOWN = "nothing known of arrays is calculated here"
FEWEST = 4
"""Cells of a block that is told of where nothing is known."""

UNSCALED = (
    "numbers are dropped and the others not divided by the share that is kept; right only where "
    "evaluation multiplies by it"
)
UNUSED = "these numbers are divided, and nothing takes what comes out"
BEYOND = "its windows reach over cells without numbers"


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
    """The known blocks of a workbook, and why the cells of others are not judged."""

    known: tuple[Known, ...]
    unknown: Mapping[Place, str]

    @property
    def is_evident(self) -> bool:
        """Whether the workbook is one of arrays."""
        return any(one.is_evident for one in self.known) or UNSCALED in self.unknown.values()


def recognised(workbook: Workbook) -> Recognised:
    """Return what is known of the blocks of a workbook."""
    blocks = [_with_fixed_kernel(block, workbook) for block in blocks_in(workbook)]
    blocks = with_stated_strides(blocks, workbook)
    readings = [reading_of(block) for block in blocks]
    known, unknown = [], {}
    for block, reading in zip(blocks, readings, strict=True):
        if reading is not None and _reaches_beyond(block, reading, workbook):
            unknown.update({(block.sheet, at): BEYOND for at in block.cells})
        elif reading is not None and _is_unscaled(block, reading, workbook):
            unknown.update({(block.sheet, at): UNSCALED for at in block.cells})
        elif reading is not None:
            known.append(_known(block, reading, workbook))
    others = [b for b, reading in zip(blocks, readings, strict=True) if reading is None]
    if others:
        others = mended(others, workbook)
        for block, meaning in zip(others, meanings_of(others, workbook), strict=True):
            if meaning is not None and meaning.kind == DIVIDED and is_unused(block, workbook):
                unknown.update({(block.sheet, at): UNUSED for at in block.cells})
            elif meaning is not None:
                known.append(_told(block, meaning, workbook))
    known = [_as_scaled(one, known, workbook) for one in known]
    return Recognised(tuple(known), _left(workbook, known, unknown))


def _with_fixed_kernel(block: Block, workbook: Workbook) -> Block:
    """Return a block whose kernel slides off with the windows with the kernel where it began.

    It is one only where the numbers of the kernel end where the first window of it does.
    """
    if len(block.slots) != 2 or not all(block.moves(slot) for slot in block.slots):
        return block
    if len({slot.size for slot in block.slots}) > 1 or reading_of(block) is not None:
        return block
    for slot in block.slots:
        sheet, _, _, bottom, right = slot.start
        cells = workbook[sheet].cells if _has(workbook, sheet) else {}
        inside = [cells.get((r, c)) for r in slot.start.rows for c in slot.start.columns]
        beyond = [cells.get((bottom + 1, c)) for c in slot.start.columns]
        beyond += [cells.get((r, right + 1)) for r in slot.start.rows]
        if all(map(is_number, inside)) and not any(map(is_number, beyond)):
            own = block.with_fixed(slot)
            if reading_of(own) is not None:
                return own
    return block


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


def _known(block: Block, reading: Reading, workbook: Workbook) -> Known:
    is_dropout = reading.kind == SCALED and any(_is_mask(block, s, workbook) for s in block.slots)
    is_product = reading.kind == CONVOLUTION or _is_point(block, reading)
    is_stated = is_product and says_convolution(workbook[block.sheet])
    is_evident = reading.is_evident or is_dropout or is_stated
    return Known(block, reading.kind, is_evident, reading.is_flipped)


def _told(block: Block, meaning: Meaning, workbook: Workbook) -> Known:
    """Return a block of means, variances and the like, as what the sheet says that it is."""
    sheet = workbook[block.sheet]
    own = of_all(block) if meaning.is_sample and is_of_all(sheet) else block
    is_stated = meaning.kind in ("variance", "centred") and says_normalisation(sheet)
    return Known(own, meaning.kind, is_stated or is_evident(meaning))


def _is_point(block: Block, reading: Reading) -> bool:
    """Whether each number of a map is multiplied by one that stays."""
    is_map = block.rows > 1 and block.columns > 1
    still = [slot for slot in block.slots if not block.moves(slot)]
    return reading.kind == SINGLE and is_map and len(block.slots) == 2 and len(still) == 1


def _is_unscaled(block: Block, reading: Reading, workbook: Workbook) -> bool:
    """Whether a block drops numbers by a mask without dividing the others."""
    if reading.kind != SINGLE or not says_dropout(workbook[block.sheet]):
        return False
    return len(block.slots) == 2 and any(_is_mask(block, slot, workbook) for slot in block.slots)


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


def _is_mask(block: Block, slot: Slot, workbook: Workbook) -> bool:
    """Whether a reference goes over typed zeros and ones, both of them."""
    if not block.moves(slot) or not _has(workbook, slot.start.sheet):
        return False
    held = workbook[slot.start.sheet].cells
    areas = (slot.area(*block.within(at)) for at in block.cells)
    return {held.get((a.top, a.left), Cell()).value for a in areas} == {0, 1}


def _reaches_beyond(block: Block, reading: Reading, workbook: Workbook) -> bool:
    """Whether windows take a text, or reach over the numbers on some sides and not on all.

    Empty cells on all sides are padding; where they lie among the numbers they are zeros.
    """
    if reading.kind not in (CONVOLUTION, POOLING):
        return False
    for slot in block.slots:
        corners = [slot.area(*block.within(at)) for at in (block.first, block.last)]
        whole = around(*corners)
        held = workbook[whole.sheet].cells if _has(workbook, whole.sheet) else {}
        cells = {(r, c): held.get((r, c)) for r in whole.rows for c in whole.columns}
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


def _has(workbook: Workbook, sheet: str) -> bool:
    return any(one.name == sheet for one in workbook.sheets)


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
