"""What a block makes of maps, told by its trees: convolution, pooling, products, single cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sheetprop.checking.arrays.fills import Block
from sheetprop.checking.arrays.slots import Slot
from sheetprop.checking.arrays.terms import Place, Terms, terms_of, tree_of, without_activation
from sheetprop.maths.trees.expr import Call, Expr, Negative, Number, Quotient, Sum
from sheetprop.notation.excel_parse import CellReference
from sheetprop.workbooks.sheet import Address

CONVOLUTION, POOLING, PRODUCT = "convolution", "pooling", "product"
SINGLE, SCALED = "single", "scaled"

Pairs = list[tuple[Place, Place]]
"""What moves and what stays, or the cells of two windows, multiplied."""


@dataclass(frozen=True)
class Reading:
    """What a block is; `is_evident` where nothing but an array is calculated so.

    `is_flipped` of a convolution whose kernel is turned by 180° everywhere.
    """

    kind: str
    is_evident: bool = False
    is_flipped: bool = False


def reading_of(block: Block) -> Reading | None:
    """Return what a block makes of the cells that it takes; None where that is not known."""
    tree = tree_of(block.formula(block.first))
    if tree is None:
        return None
    return (
        _pooling(block, tree) or _single(block, tree) or _products(block, without_activation(tree))
    )


def _pooling(block: Block, tree: Expr) -> Reading | None:
    """Return the reading of windows of which the largest number, or the mean, is taken."""
    if len(block.slots) != 1 or block.slots[0].size == 1:
        return None
    (slot,) = block.slots
    is_mean = _is_mean(terms_of(tree, block.sheet), slot.size)
    is_largest = isinstance(tree, Call) and tree.function in ("MAX", "MIN")
    is_window = min(len(slot.start.rows), len(slot.start.columns)) > 1
    if not is_window or not (is_mean or is_largest):
        return None
    is_alone = block.rows * block.columns == 1  # a mean or a largest number as any other
    return None if is_alone or not _slides(block, slot) else Reading(POOLING, is_evident=True)


def _is_mean(terms: Terms | None, count: int) -> bool:
    if terms is None or len(terms) != count:
        return False
    return all(len(k) == 1 and abs(v * count - 1) < 1e-9 for k, v in terms.items())


def _slides(block: Block, slot: Slot) -> bool:
    """Whether windows go down with the rows and right with the columns, by steps alike."""
    y, x = slot.down[0], slot.right[1]
    if block.rows > 1 and (y < 1 or slot.down[1]):
        return False
    if block.columns > 1 and (x < 1 or slot.right[0]):
        return False
    return y == x or min(block.rows, block.columns) == 1


def _single(block: Block, tree: Expr) -> Reading | None:
    """Return the reading of what is made of the cell in the same place, one by one."""
    moving = [slot for slot in block.slots if block.moves(slot)]
    if not moving or any(slot.size > 1 or not _keeps_place(block, slot) for slot in moving):
        return None
    inner = without_activation(tree)
    if isinstance(inner, CellReference):
        return Reading(SINGLE)
    if _is_masked(block, inner):
        return Reading(SCALED if isinstance(inner, Quotient) else SINGLE)
    return None


def _keeps_place(block: Block, slot: Slot) -> bool:
    return (block.rows == 1 or slot.down == (1, 0)) and (block.columns == 1 or slot.right == (0, 1))


def _is_masked(block: Block, tree: Expr) -> bool:
    """Whether a number is multiplied by another, and both are perhaps divided by what is kept."""
    if isinstance(tree, Quotient):
        match tree.denominator:
            case Sum((Number(1.0), Negative(CellReference() | Number()))) | Number():
                return _is_masked(block, tree.numerator)
        return False
    terms = terms_of(tree, block.sheet)
    return terms is not None and len(terms) == 1 and len(next(iter(terms))) == 2


def _products(block: Block, tree: Expr) -> Reading | None:
    """Return the reading of sums of products of two cells, and perhaps a bias."""
    terms = terms_of(tree, block.sheet)
    if terms is None:
        return None
    moving = {place for slot in block.slots if block.moves(slot) for place in _places(slot)}
    twos = {k: v for k, v in terms.items() if len(k) == 2}
    rest = {k: v for k, v in terms.items() if len(k) != 2 and v}
    factors = {round(v, 12) for v in twos.values()}
    if not twos or len(factors) != 1:
        return None
    if any(len(k) != 1 or k[0] in moving or v != 1 for k, v in rest.items()) or len(rest) > 1:
        return None
    pairs = [tuple(sorted(k, key=lambda one: one not in moving)) for k in twos]
    if all(a in moving and b not in moving for a, b in pairs):
        is_one = factors == {1.0}
        return _convolution(block, pairs) if is_one else None  # type: ignore[arg-type]
    both = all(a in moving and b in moving for a, b in pairs)
    return Reading(PRODUCT) if both and not rest and _is_matrix_product(block) else None


def _places(slot: Slot) -> Iterator[Place]:
    for row in slot.start.rows:
        for column in slot.start.columns:
            yield slot.start.sheet, (row, column)


def _convolution(block: Block, pairs: Pairs) -> Reading | None:
    """Return the reading of windows that go over a map, each multiplied by the same kernel."""
    windows = [slot for slot in block.slots if block.moves(slot)]
    if not all(_slides(block, slot) for slot in windows):
        return None
    window_of = {kernel: image for image, kernel in pairs}
    if len(window_of) != len(pairs):
        return None
    turns = [_turn(own, window_of) for own in _connected(window_of)]
    if None in turns or len(set(turns) - {0}) > 1:
        return None
    is_plane = min(len({at[axis] for _, at in window_of}) for axis in (0, 1)) > 1
    return Reading(CONVOLUTION, is_evident=is_plane, is_flipped=-1 in turns)


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
