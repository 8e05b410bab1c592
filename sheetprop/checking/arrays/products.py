"""Sums of products of cells: convolutions, mixtures of maps, and products of matrices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.readings import (
    CONVOLUTION,
    PRODUCT,
    Reading,
    keeps_place,
    places,
    slides,
)
from sheetprop.checking.arrays.slots import Slot
from sheetprop.checking.arrays.terms import Place, Terms, terms_of
from sheetprop.maths.trees.expr import Call, Expr, Quotient
from sheetprop.notation.excel_parse import CellReference
from sheetprop.workbooks.sheet import Address

Pairs = list[tuple[Place, Place]]
"""What moves and what stays, or the cells of two windows, multiplied."""


def products_of(block: Block, tree: Expr) -> Reading | None:
    """Return the reading of sums of products of two cells, and perhaps a bias."""
    terms = terms_of(_undivided(block, tree), block.sheet)
    if terms is None:
        return None
    moving = {place for slot in block.slots if block.moves(slot) for place in places(slot)}
    twos = {k: v for k, v in terms.items() if len(k) == 2}
    rest = {k: v for k, v in terms.items() if len(k) != 2 and v}
    factors = {round(v, 12) for v in twos.values()}
    if not twos and _is_typed_kernel(block, terms):
        return Reading(CONVOLUTION)
    if not twos or len(factors) != 1:
        return None
    beside = {place for slot in block.slots if _goes_beside(slot) for place in places(slot)}
    biases = [k for k, v in rest.items() if len(k) == 1 and v == 1]
    if len(biases) != len(rest) or len(rest) > 1:
        return None
    if any(place in moving and place not in beside for (place,) in biases):
        return None
    pairs = [tuple(sorted(k, key=lambda one: one not in moving)) for k in twos]
    if all(a in moving and b not in moving for a, b in pairs):
        is_one = factors == {1.0}
        return _convolution(block, pairs) if is_one else None  # type: ignore[arg-type]
    both = all(a in moving and b in moving for a, b in pairs)
    return Reading(PRODUCT) if both and _is_matrix_product(block) else None


def _is_typed_kernel(block: Block, terms: Terms) -> bool:
    """Whether a window is added up, each cell times a number in the formula, and a bias perhaps."""
    still = {place for s in block.slots if not block.moves(s) for place in places(s)}
    taken = {k[0]: v for k, v in terms.items() if len(k) == 1 and k[0] not in still}
    rows, columns = ({at[axis] for _, at in taken} for axis in (0, 1))
    is_plane = min(len(rows), len(columns)) > 1 and min(block.rows, block.columns) > 1
    is_window = all(slides(block, slot) for slot in block.slots if block.moves(slot))
    return is_plane and is_window and len(set(taken.values())) > 1 and len(taken) > 3


def _goes_beside(slot: Slot) -> bool:
    """Whether a reference goes on to the next cell with each row, or with each column."""
    return slot.size == 1 and slot.down in ((0, 0), (1, 0)) and slot.right in ((0, 0), (0, 1))


def _undivided(block: Block, tree: Expr) -> Expr:
    """Return what is divided by a number in a cell that stays, or by its root."""
    if not isinstance(tree, Quotient):
        return tree
    below = tree.denominator
    if isinstance(below, Call) and below.function == "SQRT":
        (below,) = below.arguments
    if not isinstance(below, CellReference):
        return tree
    place = below.sheet or block.sheet, (below.row, below.column)
    is_moving = any(place in places(slot) for slot in block.slots if block.moves(slot))
    return tree if is_moving else tree.numerator


def _convolution(block: Block, pairs: Pairs) -> Reading | None:
    """Return the reading of windows that go over a map, each multiplied by the same kernel."""
    windows = [slot for slot in block.slots if block.moves(slot)]
    if not all(slides(block, slot) for slot in windows):
        return None
    window_of = {kernel: image for image, kernel in pairs}
    if len(window_of) != len(pairs):
        return None
    if _is_mixture(block, windows):
        return Reading(CONVOLUTION)
    turns = [_turn(own, window_of) for own in _connected(window_of)]
    if None in turns or len(set(turns) - {0}) > 1:
        return None
    is_plane = min(len({at[axis] for _, at in window_of}) for axis in (0, 1)) > 1
    return Reading(CONVOLUTION, is_evident=is_plane, is_flipped=-1 in turns)


def _is_mixture(block: Block, windows: Sequence[Slot]) -> bool:
    """Whether the number in the same place is taken of several maps, apart from each other."""
    if any(slot.size > 1 or not keeps_place(block, slot) for slot in windows):
        return False
    maps = [frozenset(slot.area(*block.within(at)) for at in block.cells) for slot in windows]
    return len(maps) > 1 and len(frozenset().union(*maps)) == sum(map(len, maps))


def _connected(cells: Collection[Place]) -> Iterator[list[Place]]:
    """Yield kernels: cells beside each other."""
    left = set(cells)
    while left:
        found, edge = [], [min(left)]
        left.discard(edge[0])
        while edge:
            sheet, (r, c) = edge.pop()
            found.append((sheet, (r, c)))
            near = {(sheet, at) for at in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1))} & left
            left -= near
            edge += near
        yield sorted(found)


def _turn(kernel: list[Place], window_of: Mapping[Place, Place]) -> int | None:
    """Return 1 where window and kernel go the same way, -1 where they are turned by 180°.

    0 for a single number, None where they go neither way, or the kernel has a hole.
    """
    if len(kernel) == 1:
        return 0
    rows = {at[0] for _, at in kernel}
    columns = {at[1] for _, at in kernel}
    if len(rows) * len(columns) != len(kernel):
        return None
    first = kernel[0][1]
    start = window_of[kernel[0]]
    for sign in (1, -1):
        for dilation in (1, 2, 3):
            by = sign * dilation
            if all(window_of[own] == _gone(start, own[1], first, by) for own in kernel):
                return sign
    return None


def _gone(start: Place, to: Address, since: Address, by: int) -> Place:
    sheet, (row, column) = start
    return sheet, (row + by * (to[0] - since[0]), column + by * (to[1] - since[1]))


def _is_matrix_product(block: Block) -> bool:
    """Whether rows of one array meet rows or columns of another: each slot goes one way only."""
    ways = {
        (slot.down != (0, 0), slot.right != (0, 0), slot.down[0] and slot.down[1] != 0)
        for slot in block.slots
        if block.moves(slot)
    }
    if min(block.rows, block.columns) == 1:
        return False
    return {way[:2] for way in ways} == {(True, False), (False, True)}
