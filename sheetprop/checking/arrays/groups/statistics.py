"""Which blocks are means, variances, normalised numbers, powers and softmax, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.groups.closure import Laboratory
from sheetprop.checking.arrays.groups.meanings import EVIDENT, Meaning, told
from sheetprop.checking.arrays.terms import Place
from sheetprop.workbooks.sheet import Workbook

MOST_CELLS = 1500
MOST_PARAMETERS = 3
MOST_WRITTEN_OUT = 12
"""Cells of a group that is named cell by cell."""


@dataclass(frozen=True)
class Told:
    """What the number of a cell is, of which element, in which group."""

    meaning: Meaning
    element: Place | None
    group: frozenset[Place]


Elements = dict[tuple[Meaning, frozenset[Place]], set[Place | None]]
"""The elements that make something of a group, in all blocks."""


def meanings_of(blocks: Sequence[Block], workbook: Workbook) -> list[Meaning | None]:
    """Return what each block's numbers are; None where they are nothing known, or of no group."""
    formulas = {(b.sheet, at): b.formula(at) for b in blocks for at in b.cells}
    if not formulas or len(formulas) > MOST_CELLS:
        return [None] * len(blocks)
    laboratory = Laboratory(workbook, formulas)
    every = [_all_told(block, laboratory) for block in blocks]
    elements: Elements = defaultdict(set)
    for one in (one for own in every for one in own):
        elements[one.meaning, one.group].add(one.element)
    return [_meaning(own, elements) for own in every]


def _all_told(block: Block, laboratory: Laboratory) -> list[Told]:
    """Return what each number of a block is; nothing where one is nothing known."""
    known = []
    for at in block.cells:
        told_ = _told(laboratory, (block.sheet, at))
        if told_ is None:
            return []
        known.append(told_)
    return known


def _meaning(known: Sequence[Told], elements: Elements) -> Meaning | None:
    """Return what the cells of a block are: of groups anything known, of elements all the same."""
    if not known:
        return None
    first = known[0].meaning
    if not any(one.meaning.of_one for one in known):
        return first
    is_alike = all(one.meaning == first for one in known)
    return first if is_alike and _is_whole(known, elements) else None


def _told(laboratory: Laboratory, place: Place) -> Told | None:
    taken = laboratory.taken(place)
    group = sorted(taken.ranges or taken.single)
    elements = sorted(taken.single.intersection(group))
    more = sorted(taken.single.difference(group))
    most = 2 + len(more) if taken.ranges else MOST_WRITTEN_OUT
    if not group or len(more) > MOST_PARAMETERS:
        return None
    if len(elements) > (MOST_WRITTEN_OUT if elements == group else most):
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


def _is_whole(cells: Sequence[Told], elements: Elements) -> bool:
    """Whether each element stands for itself once, and groups are of those that use them.

    Several blocks may use a group: each channel of it has a map of its own.
    """
    if len({one.element for one in cells}) != len(cells):
        return False
    if all(len(one.group) == 1 for one in cells):
        return True
    return all(elements[one.meaning, one.group] == one.group for one in cells)


def is_evident(meaning: Meaning) -> bool:
    """Whether nothing but a sheet of arrays has such numbers."""
    return meaning.kind in EVIDENT
