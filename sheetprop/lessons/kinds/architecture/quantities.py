"""What a layer makes of the layer before: each quantity one tree, by names of columns.

``Name(x, -1)`` is the quantity in the row before, which for the first layer is the image. The
receptive field is how many pixels across one value sees; the jump how many pixels its neighbour
lies beside it (Araujo, Norris, Sim: Computing receptive fields of convolutional neural networks,
2019). Sizes are pixels across, multiplications those of one image.
"""

from __future__ import annotations

from sheetprop.lessons.kinds.architecture.layers import NORM, Layer
from sheetprop.maths.trees.expr import Call, Expr, Name, Number

SIZE, LOST, JUMP, FIELD = "size", "lost", "jump", "field"
PARAMETERS, MULTIPLICATIONS = "parameters", "multiplications"
CALCULATED = (SIZE, LOST, JUMP, FIELD, PARAMETERS, MULTIPLICATIONS)

_kernel, _stride, _padding = Name("kernel"), Name("stride"), Name("padding")
_dilation, _groups, _channels, _bias = (
    Name(name) for name in ("dilation", "groups", "channels", "bias")
)

ROOM = Name(SIZE, -1) + 2 * _padding - _dilation * (_kernel - 1) - 1
"""How far the kernel can move, in pixels; below 0 it does not fit."""

_WEIGHTS = _kernel**2 * Name("channels", -1) / _groups * _channels

_ALWAYS: dict[str, Expr] = {
    SIZE: Call("INT", (ROOM / _stride,)) + 1,
    LOST: Call("MOD", (ROOM, _stride)),
    JUMP: Name(JUMP, -1) * _stride,
    FIELD: Name(FIELD, -1) + (_kernel - 1) * _dilation * Name(JUMP, -1),
}


def trees(layer: Layer) -> dict[str, Expr]:
    """Return the tree of each quantity that is calculated in the row of a layer."""
    parameters: Expr = Number(0)
    multiplications: Expr = Number(0)
    if layer.has_weights:
        parameters = _WEIGHTS + _bias * _channels
        multiplications = _WEIGHTS * Name(SIZE) ** 2
    if layer.layer == NORM:
        parameters = 2 * _channels
    return {**_ALWAYS, PARAMETERS: parameters, MULTIPLICATIONS: multiplications}
