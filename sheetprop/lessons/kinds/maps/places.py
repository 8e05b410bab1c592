"""Where the arrays of a layer stand on its sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sheetprop.lessons.kinds.maps.layers import KERNEL_SIDE, Layer, Shape
from sheetprop.maths.trees.windows import Index, Window
from sheetprop.notation.address import address, fixed
from sheetprop.workbooks.sheet import Address

LEFT, FIRST = 2, 5
"""The column of the first numbers, and the row of the first heading."""

FIXED = ("k", "b")
"""Arrays that keep their cells when a formula is filled."""


@dataclass(frozen=True)
class Block:
    """Square maps side by side, each below its name, with a border of `edge` zeros around it."""

    top: int  # the row of the names
    maps: int
    side: int
    edge: int = 0
    left: int = LEFT

    @property
    def size(self) -> int:
        """Return how many cells across a map is with its border."""
        return self.side + 2 * self.edge

    def name(self, own: int) -> Address:
        """Return the cell of a map's name."""
        return self.top, self.left + own * (self.size + 1)

    def at(self, own: int, y: int, x: int) -> Address:
        """Return the cell of a number; those of the border lie outside of 0 to `side` - 1."""
        row, column = self.name(own)
        return row + 1 + self.edge + y, column + self.edge + x

    def area(self, own: int) -> tuple[Address, Address]:
        """Return the first and the last cell of a map, without its border."""
        return self.at(own, 0, 0), self.at(own, self.side - 1, self.side - 1)

    def border(self, own: int) -> Iterator[Address]:
        """Yield the cells around a map."""
        for y, x in product(range(-self.edge, self.side + self.edge), repeat=2):
            if not (0 <= y < self.side and 0 <= x < self.side):
                yield self.at(own, y, x)

    @property
    def bottom(self) -> int:
        """Return the last row."""
        return self.top + self.size


@dataclass(frozen=True)
class Places:
    """The blocks of a layer from top to bottom; those of kernels are a list, one for each map out.

    `typed` are the kernels as they are typed where a kernel may be chosen, right of the used ones.
    """

    x: Block
    k: tuple[Block, ...]
    typed: tuple[Block, ...]
    z: Block
    dz: Block
    dk: tuple[Block, ...]
    dx: Block

    def at(self, array: str, index: Index) -> Address:
        """Return the cell of an element; a bias stands in the row of its kernels' names."""
        if array in ("k", "dk"):
            own, *rest = index
            return (self.k if array == "k" else self.dk)[own].at(*rest)
        if array in ("b", "db"):
            row, _ = (self.k if array == "b" else self.dk)[index[0]].name(0)
            return row + 1, 1
        block: Block = getattr(self, array)
        return block.at(*index)

    def text(self, leaf: Window) -> str:
        """Return a window as a formula on the sheet names it."""
        indices = [*leaf.indices]
        written = fixed if leaf.array in FIXED else lambda at: address(*at)
        first, last = (self.at(leaf.array, index) for index in (indices[0], indices[-1]))
        return written(first) if leaf.size == 1 else f"{written(first)}:{written(last)}"

    @property
    def bottom(self) -> int:
        """Return the last row."""
        return self.dx.bottom


def places_of(layer: Layer, before: Shape, after: Shape) -> Places:
    """Return where the arrays of a layer stand, each block below the one before.

    Above each block there is a row for its heading.
    """
    x = Block(FIRST + 1, before.maps, before.side, layer.padding)
    row = x.bottom + 3
    k, row = _kernels(layer, before, after, row)
    typed: tuple[Block, ...] = ()
    if layer.has_weights and layer.kernel == KERNEL_SIDE:
        left = LEFT + before.maps * (layer.kernel + 1) + 1
        typed = tuple(Block(one.top, one.maps, one.side, left=left) for one in k)
    z = Block(row, after.maps, after.side)
    dz = Block(z.bottom + 3, after.maps, after.side)
    row = dz.bottom + 3
    dk, row = _kernels(layer, before, after, row)
    return Places(x, k, typed, z, dz, dk, Block(row, before.maps, before.side))


def _kernels(layer: Layer, before: Shape, after: Shape, row: int) -> tuple[tuple[Block, ...], int]:
    """Return the blocks of kernels, one below the other, and the row for what follows."""
    if not layer.has_weights:
        return (), row
    height = max(layer.kernel, 1) + 1
    blocks = tuple(
        Block(row + o * (height + 1), before.maps, layer.kernel) for o in range(after.maps)
    )
    return blocks, row + after.maps * (height + 1) + 2
