"""Which blocks are means, variances, normalised numbers, powers and softmax, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sheetprop.checking.arrays.closure import Laboratory
from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.meanings import EVIDENT, Meaning, told
from sheetprop.checking.arrays.slots import Slot, around
from sheetprop.checking.arrays.terms import Place
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.sheet import Workbook

MOST_CELLS = 1500
MOST_PARAMETERS = 3
MOST_WRITTEN_OUT = 12
"""Cells of a group that is named cell by cell."""

MOST_BLOCKS = 60
"""Blocks among which one that uses another is looked for."""

MOST_TRIED = 6
"""Ways to mend a block, each of which calculates all of them."""


@dataclass(frozen=True)
class Told:
    """What the number of a cell is, of which element, in which group."""

    meaning: Meaning
    element: Place | None
    group: frozenset[Place]


def meanings_of(blocks: Sequence[Block], workbook: Workbook) -> list[Meaning | None]:
    """Return what each block's numbers are; None where they are nothing known, or of no group."""
    formulas = {(b.sheet, at): b.formula(at) for b in blocks for at in b.cells}
    if not formulas or len(formulas) > MOST_CELLS:
        return [None] * len(blocks)
    laboratory = Laboratory(workbook, formulas)
    return [_meaning(block, laboratory) for block in blocks]


def _meaning(block: Block, laboratory: Laboratory) -> Meaning | None:
    """Return what the cells of a block are: of groups anything known, of elements all the same."""
    known = []
    for at in block.cells:
        told_ = _told(laboratory, (block.sheet, at))
        if told_ is None:
            return None
        known.append(told_)
    first = known[0].meaning
    if not any(one.meaning.of_one for one in known):
        return first
    is_alike = all(one.meaning == first for one in known)
    return first if is_alike and _is_whole(known) else None


def _told(laboratory: Laboratory, place: Place) -> Told | None:
    taken = laboratory.taken(place)
    group = sorted(taken.ranges or taken.single)
    elements = sorted(taken.single.intersection(group))
    more = sorted(taken.single.difference(group))
    most = 2 + len(more) if taken.ranges else MOST_WRITTEN_OUT
    if not group or len(more) > MOST_PARAMETERS or len(elements) > most:
        return None
    found = _as_one_of(laboratory, place, group, elements, more)
    if found or len(elements) != 2 or more:
        return found
    for one, other in (elements, elements[::-1]):  # what all of a group take is none of it
        rest = [each for each in group if each != other]
        found = found or _as_one_of(laboratory, place, rest, [one], [other])
    return found


def _as_one_of(
    laboratory: Laboratory,
    place: Place,
    group: Sequence[Place],
    elements: Sequence[Place],
    more: Sequence[Place],
) -> Told | None:
    """Return what a number is of a group, or of one of its elements, with others besides."""
    values = [row[0] for row in laboratory.numbers([place]) if row]
    numbers = laboratory.numbers(group)
    if len(values) != len(numbers) or any(len(row) != len(group) for row in numbers):
        return None
    parameters, constants = laboratory.numbers(more), laboratory.constants(place)
    for element in (*elements, None):
        own = [None] * len(values) if element is None else _column(laboratory, element)
        meaning = told(values, numbers, own, parameters, constants)
        if meaning is not None:
            return Told(meaning, element if meaning.of_one else None, frozenset(group))
    return None


def _column(laboratory: Laboratory, element: Place) -> list[float | None]:
    return [row[0] if row else None for row in laboratory.numbers([element])]


def _is_whole(cells: Sequence[Told]) -> bool:
    """Whether each element stands for itself once, and groups are of those that use them."""
    elements = [one.element for one in cells]
    if len(set(elements)) != len(elements):
        return False
    by_group: dict[frozenset[Place], set[Place | None]] = defaultdict(set)
    for one in cells:
        by_group[one.group].add(one.element)
    is_single = all(len(group) == 1 for group in by_group)
    return is_single or all(group == own for group, own in by_group.items())


def is_evident(meaning: Meaning) -> bool:
    """Whether nothing but a sheet of arrays has such numbers."""
    return meaning.kind in EVIDENT


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
            changed = [_for(one, user, way) for one in blocks]
            if changed != blocks:
                yield changed


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
