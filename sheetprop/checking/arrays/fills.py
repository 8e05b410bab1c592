"""Blocks of formulas of one shape, whose references go on evenly from cell to cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from sheetprop.checking.arrays.slots import Slot, evenly, key_of, slots_at
from sheetprop.notation.address import address, fixed, quoted
from sheetprop.notation.mentioned import Area, replaced, split
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

MOST_FORMULAS = 20_000
"""Formulas of a workbook whose blocks are still looked for."""


@dataclass(frozen=True)
class Block:
    """A rectangle of cells, most of which hold formulas that go on evenly.

    `template` is one of them, `slots` are its references in order, each with where it stands for
    every cell of the block.
    """

    sheet: str
    first: Address
    rows: int
    columns: int
    template: str
    slots: tuple[Slot, ...]

    @property
    def cells(self) -> Iterator[Address]:
        """Return its cells, row by row."""
        return product(
            range(self.first[0], self.first[0] + self.rows),
            range(self.first[1], self.first[1] + self.columns),
        )

    @property
    def last(self) -> Address:
        """Return its last cell."""
        return self.first[0] + self.rows - 1, self.first[1] + self.columns - 1

    def within(self, at: Address) -> tuple[int, int]:
        """Return the row and column of a cell in the block, counted from 0."""
        return at[0] - self.first[0], at[1] - self.first[1]

    def areas(self, at: Address) -> list[Area]:
        """Return what the right formula of a cell takes, in order."""
        return [slot.area(*self.within(at)) for slot in self.slots]

    def formula(self, at: Address) -> str:
        """Return the right formula of a cell, as the block's own are written."""
        areas = iter(self.areas(at))
        return replaced(self.template, self.sheet, lambda _: next(areas))

    def with_fixed(self, slot: Slot) -> Block:
        """Return a block one of whose references stays, with $, where its first cell has it."""
        parts = [*split(self.formula(self.first), self.sheet)]
        slots = iter(self.slots)
        texts = [
            _written(part, self.sheet, is_fixed=next(slots) is slot)
            if isinstance(part, Area)
            else part
            for part in parts
        ]
        still = replace(slot, down=(0, 0), right=(0, 0))
        own = tuple(still if one is slot else one for one in self.slots)
        return replace(self, template="".join(texts), slots=own)

    def moves(self, slot: Slot) -> bool:
        """Whether a reference goes on from cell to cell."""
        down, right = slot.down != (0, 0), slot.right != (0, 0)
        return (self.rows > 1 and down) or (self.columns > 1 and right)


def _written(area: Area, home: str, *, is_fixed: bool) -> str:
    """Return a range as it is written on a sheet."""
    corners = dict.fromkeys([(area.top, area.left), (area.bottom, area.right)])
    text = ":".join(fixed(one) if is_fixed else address(*one) for one in corners)
    return text if area.sheet == home else f"{quoted(area.sheet)}!{text}"


def blocks_in(workbook: Workbook) -> list[Block]:
    """Return the blocks of a workbook, each formula in one at most; none of very many formulas."""
    count = sum(1 for s in workbook.sheets for cell in s.cells.values() if cell.formula)
    if count > MOST_FORMULAS:
        return []
    return [one for sheet in workbook.sheets for one in _of_sheet(sheet)]


def _of_sheet(sheet: Sheet) -> Iterator[Block]:
    formulas = {at: cell.formula for at, cell in sheet.cells.items() if cell.formula}
    alike: dict[object, list[Address]] = defaultdict(list)
    for at, formula in formulas.items():
        alike[key_of(formula, sheet.name)].append(at)
    groups = [group for own in alike.values() for group in _connected(own, sheet.cells)]
    taken: set[Address] = set()
    for group in sorted(groups, key=lambda one: (-len(one), one[0])):
        own = [at for at in group if at not in taken]
        block = _block(sheet, own, formulas) if own else None
        if block is not None and not taken.intersection(block.cells):
            taken.update(block.cells)
            yield block


def _connected(cells: Sequence[Address], held: Mapping[Address, Cell]) -> Iterator[list[Address]]:
    """Yield the cells that hang together, one that holds something else between them or none."""
    left = set(cells)
    while left:
        found, edge = [], [left.pop()]
        while edge:
            at = edge.pop()
            found.append(at)
            for one in _near(at, held):
                if one in left:
                    left.discard(one)
                    edge.append(one)
        yield sorted(found)


def _near(at: Address, held: Mapping[Address, Cell]) -> Iterator[Address]:
    for down, right in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        between = at[0] + down, at[1] + right
        yield between
        if is_number(held.get(between)):
            yield at[0] + 2 * down, at[1] + 2 * right


def is_number(cell: Cell | None) -> bool:
    """Whether a cell holds a number, or a formula."""
    return cell is not None and (cell.formula is not None or isinstance(cell.value, int | float))


def _block(sheet: Sheet, own: Sequence[Address], formulas: Mapping[Address, str]) -> Block | None:
    """Return the block around cells alike; None where most of it is something else."""
    top, bottom = min(r for r, _ in own), max(r for r, _ in own)
    left, right = min(c for _, c in own), max(c for _, c in own)
    rows, columns = bottom - top + 1, right - left + 1
    if 2 * len(own) <= rows * columns:
        return None
    places = {(r - top, c - left): slots_at(formulas[r, c], sheet.name) for r, c in own}
    found = evenly(places)
    if found is None or 2 * len(found[1]) <= len(own):
        return None
    slots, even = found
    r, c = even[0]
    return Block(sheet.name, (top, left), rows, columns, formulas[top + r, left + c], slots)
