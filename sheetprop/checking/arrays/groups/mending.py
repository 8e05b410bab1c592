"""Slips undone in means, variances and sums that others use: too few cells, or other ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.groups.meanings import Meaning
from sheetprop.checking.arrays.groups.statistics import meanings_of
from sheetprop.checking.arrays.slots import Slot, around, key_of
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.sheet import Workbook

MOST_BLOCKS = 60
"""Blocks among which one that uses another is looked for."""

MOST_TRIED = 6
"""Ways to mend a block, each of which calculates all of them."""


def mended(blocks: Sequence[Block], workbook: Workbook) -> list[Block]:
    """Return the blocks; a mean, variance or sum of too few or other cells gets those that use it.

    A row or column takes in the odd cell at its end. Both only where more is known then.
    """
    found = [*blocks]
    if len(found) > MOST_BLOCKS:
        return found
    known = meanings_of(found, workbook)
    for ways in (_for_users, _lengthened):
        for changed in [*islice(ways(found, known), MOST_TRIED)]:
            after = meanings_of(changed, workbook)
            if after.count(None) < known.count(None):
                found, known = changed, after
                break
    return found


def _for_users(blocks: Sequence[Block], known: Sequence[Meaning | None]) -> Iterator[list[Block]]:
    """Yield the blocks with ranges as one that is not known would use them."""
    for user in [b for b, one in zip(blocks, known, strict=True) if one is None]:
        for way in (_as_it_is, _beside):
            changed = [one if _has_twin(one, blocks) else _for(one, user, way) for one in blocks]
            if changed != blocks:
                yield changed


def _has_twin(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether another block takes the same cells, seen from where it stands."""
    return any(_is_twin(block, other) for other in blocks if other is not block)


def _is_twin(block: Block, other: Block) -> bool:
    sizes = (block.rows, block.columns), (other.rows, other.columns)
    if block.sheet != other.sheet or sizes[0] != sizes[1]:
        return False
    if key_of(block.template, block.sheet) != key_of(other.template, other.sheet):
        return False
    down, right = other.first[0] - block.first[0], other.first[1] - block.first[1]
    return all(
        (b.start.top - a.start.top, b.start.left - a.start.left) == (down, right)
        for a, b in zip(block.slots, other.slots, strict=True)
    )


def _lengthened(blocks: Sequence[Block], known: Sequence[Meaning | None]) -> Iterator[list[Block]]:
    """Yield the blocks with a row or column that takes in the single cell at one of its ends."""
    if None not in known:
        return
    singles = {(b.sheet, b.first): b for b in blocks if b.first == b.last}
    for block in blocks:
        if (block.rows == 1) == (block.columns == 1):
            continue
        down, right = int(block.columns == 1), int(block.rows == 1)
        before = block.first[0] - down, block.first[1] - right
        after = block.last[0] + down, block.last[1] + right
        for at, start in ((before, before), (after, block.first)):
            odd = singles.get((block.sheet, at))
            if odd is not None:
                longer = replace(
                    block,
                    first=start,
                    rows=block.rows + down,
                    columns=block.columns + right,
                    slots=tuple(
                        replace(slot, start=slot.area(*block.within(start))) for slot in block.slots
                    ),
                )
                yield [longer if one is block else one for one in blocks if one is not odd]


def _as_it_is(area: Area, own: Area) -> Area:
    """Return the elements that are used with a number, where they are what it is of."""
    del own
    return area


def _beside(area: Area, own: Area) -> Area:
    """Return the cells beside them, in the column or row that a number takes."""
    if len(own.columns) == 1 == len(area.columns):
        return area._replace(left=own.left, right=own.right)
    if len(own.rows) == 1 == len(area.rows):
        return area._replace(top=own.top, bottom=own.bottom)
    return area


def _for(block: Block, user: Block, way: Callable[[Area, Area], Area]) -> Block:
    """Return a block whose ranges are what the cells of another one go through that use it."""
    elements = [slot for slot in user.slots if slot.size == 1 and _is_element(user, slot)]
    if not elements or block is user or all(slot.size == 1 for slot in block.slots):
        return block
    many = next(slot for slot in block.slots if slot.size > 1)
    areas = {
        at: way(area, many.area(*block.within(at)))
        for at, area in _areas(block, user, elements[0]).items()
    }
    places = [*block.cells]
    if set(areas) != set(places):
        return block
    ways = [_slot(areas, block)] if areas else []
    if not ways or ways[0] is None:
        return block
    slots = tuple(ways[0] if slot.size > 1 else slot for slot in block.slots)
    return replace(block, slots=slots)


def _is_element(user: Block, slot: Slot) -> bool:
    down = user.rows == 1 or slot.down == (1, 0)
    return down and (user.columns == 1 or slot.right == (0, 1)) and user.moves(slot)


def _areas(block: Block, user: Block, element: Slot) -> Mapping[tuple[int, int], Area]:
    """Return, for each cell of a block that another uses, the elements that are used with it."""
    own = {(block.sheet, at) for at in block.cells}
    found: dict[tuple[int, int], Area] = {}
    for at in user.cells:
        x = element.area(*user.within(at))
        for slot, area in zip(user.slots, user.areas(at), strict=True):
            if slot.size == 1 and (area.sheet, (area.top, area.left)) in own and slot != element:
                before = found.get((area.top, area.left), x)
                found[area.top, area.left] = around(before, x)
    return found


def _slot(areas: Mapping[tuple[int, int], Area], block: Block) -> Slot | None:
    """Return the areas of a block's cells as one reference that goes on evenly."""
    r, c = block.first
    start = areas[block.first]

    def step(to: tuple[int, int]) -> tuple[int, int]:
        other = areas.get(to)
        return (0, 0) if other is None else (other.top - start.top, other.left - start.left)

    slot = Slot(start, step((r + 1, c)), step((r, c + 1)))
    is_even = all(slot.area(*block.within(at)) == own for at, own in areas.items())
    return slot if is_even else None
