"""What each layer makes of its maps, and what arrives at them from behind: trees over arrays.

The arrays of a layer: ``x`` comes in, ``k`` are the kernels (map out, map in, row, column), ``b``
the biases, ``z`` comes out; ``dz`` is ∂E/∂z, which arrives, and ``dk``, ``db``, ``dx`` follow from
it. Indices are map, row, column.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sheetprop.lessons.kinds.maps.layers import (
    AVERAGE_POOL,
    CONVOLUTION,
    GLOBAL_POOL,
    MAX_POOL,
    RELU,
    Layer,
    Shape,
)
from sheetprop.maths.trees.expr import Call, Expr, Number, total
from sheetprop.maths.trees.windows import Index, Window, dot, element, window

Trees = dict[Index, Expr]
"""The tree of each element of an array."""


def forward(layer: Layer, before: Shape, after: Shape) -> Trees:
    """Return z."""
    return {at: _made(layer, before, *at) for at in _places(after)}


def _made(layer: Layer, before: Shape, own: int, y: int, x: int) -> Expr:
    if layer.layer == CONVOLUTION:
        side = layer.kernel
        sums = [
            dot(
                window("x", (c, *_corner(layer, y, x)), (1, side, side), layer.dilation),
                window("k", (own, c, 0, 0), (1, 1, side, side)),
            )
            for c in range(before.maps)
        ]
        return total([element("b", own), *sums])
    if layer.layer == RELU:
        return Call("MAX", (Number(0), element("x", own, y, x)))
    function = "MAX" if layer.layer == MAX_POOL else "AVERAGE"
    return Call(function, (pooled(layer, before, own, y, x),))


def _corner(layer: Layer, y: int, x: int) -> tuple[int, int]:
    return y * layer.stride - layer.padding, x * layer.stride - layer.padding


def pooled(layer: Layer, before: Shape, own: int, y: int, x: int) -> Window:
    """Return the window that a pooling layer looks at for one value."""
    if layer.layer == GLOBAL_POOL:
        return window("x", (own, 0, 0), (1, before.side, before.side))
    return window("x", (own, *_corner(layer, y, x)), (1, layer.kernel, layer.kernel))


def to_kernels(layer: Layer, before: Shape, after: Shape) -> Trees:
    """Return ∂E/∂k: each weight is used once at every place of the output."""
    side, count = range(layer.kernel), (1, after.side, after.side)
    return {
        (o, c, i, j): dot(
            window("dz", (o, 0, 0), count),
            window("x", (c, *_reached(layer, i, j)), count, layer.stride),
        )
        for o, c, i, j in product(range(after.maps), range(before.maps), side, side)
    }


def _reached(layer: Layer, i: int, j: int) -> tuple[int, int]:
    """Return the first value that a weight of the kernel is multiplied by."""
    return i * layer.dilation - layer.padding, j * layer.dilation - layer.padding


def to_biases(after: Shape) -> Trees:
    """Return ∂E/∂b."""
    count = (1, after.side, after.side)
    return {(o,): Call("SUM", (window("dz", (o, 0, 0), count),)) for o in range(after.maps)}


def to_input(layer: Layer, before: Shape, after: Shape) -> Trees:
    """Return ∂E/∂x: what arrives at every place that a value went into."""
    return {at: _sum(list(_arriving(layer, before, after, *at))) for at in _places(before)}


def _arriving(
    layer: Layer, before: Shape, after: Shape, own: int, y: int, x: int
) -> Iterator[Expr]:
    if layer.layer == RELU:
        condition = Call("GT", (element("x", own, y, x), Number(0)))
        yield Call("IF", (condition, element("dz", own, y, x), Number(0)))
    elif layer.layer == CONVOLUTION:
        for o, (i, v, j, u) in product(range(after.maps), _users(layer, after, y, x)):
            yield element("dz", o, v, u) * element("k", o, own, i, j)
    elif layer.layer == GLOBAL_POOL:
        yield element("dz", own, 0, 0) / Number(before.side**2)
    else:
        for _, v, _, u in _users(layer, after, y, x):
            yield _share(layer, before, (own, y, x), (own, v, u))


def _users(layer: Layer, after: Shape, y: int, x: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the row of the kernel and of the output, and both columns, where a value is used."""
    for i, j in product(range(layer.kernel), repeat=2):
        v, rest = divmod(y + layer.padding - layer.dilation * i, layer.stride)
        u, other = divmod(x + layer.padding - layer.dilation * j, layer.stride)
        if not rest and not other and 0 <= v < after.side and 0 <= u < after.side:
            yield i, v, j, u


def _share(layer: Layer, before: Shape, of: Index, to: Index) -> Expr:
    """Return what a value gets of what arrives at a window; equal largest ones share it."""
    arriving = element("dz", *to)
    if layer.layer == AVERAGE_POOL:
        return arriving / Number(layer.kernel**2)
    largest = element("z", *to)
    equal = Call("COUNTIF", (pooled(layer, before, *to), largest))
    return Call("IF", (Call("EQ", (element("x", *of), largest)), arriving / equal, Number(0)))


def _sum(terms: list[Expr]) -> Expr:
    return total(terms) if terms else Number(0)


def _places(shape: Shape) -> Iterator[tuple[int, int, int]]:
    return product(range(shape.maps), range(shape.side), range(shape.side))
