"""What a layer makes of the layer before: each quantity one tree, by names of columns.

``Name(x, -1)`` is the quantity in the row before, which for the first layer is the image. The
receptive field is how many pixels across one value sees; the jump how many pixels its neighbour
lies beside it (Araujo, Norris, Sim: Computing receptive fields of convolutional neural networks,
2019). Sizes are pixels across, multiplications those of one image.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from sheetprop.maths.trees.expr import Call, Expr, Name, Number
from sheetprop.maths.trees.walk import substitute
from sheetprop.rows.headers.of_layers import HEADERS
from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import Draw, RowKind, RowLesson, RowQuantity

SIZE, LOST, JUMP, FIELD = "size", "lost", "jump", "field"
PARAMETERS, MULTIPLICATIONS = "parameters", "multiplications"
CALCULATED = (SIZE, LOST, JUMP, FIELD, PARAMETERS, MULTIPLICATIONS)
START, EFFECTIVE, HEIGHT, HEIGHT_IN = "start", "effective", "height", "height_in"
KERNEL, STRIDE, PADDING, CHANNELS = "kernel", "stride", "padding", "channels"
SIZE_IN, JUMP_IN, FIELD_IN, CHANNELS_IN = "size_in", "jump_in", "field_in", "channels_in"

TOLD, PRINTED = "of the shape", "of the summary"
"""How columns are headed that no sheet has: what its shapes, or a printed summary, tell."""

WEIGHTED, POOLED, NORMALISED, REPEATED = "weighted", "pooled", "normalised", "repeated"
FULL, PASSED, BLOCK = "full", "passed", "block"
"""The kinds of rows: what multiplies by weights, what pools values, what scales them, what scales
them by the parameters of an earlier row again, what takes all values as one row of features, what
passes them on as many as they are, and what multiplies and scales in one."""

_kernel, _stride, _padding = Name("kernel"), Name("stride"), Name("padding")
_dilation, _groups, _channels, _bias = (
    Name(name) for name in ("dilation", "groups", "channels", "bias")
)

ROOM = Name(SIZE, -1) + 2 * _padding - _dilation * (_kernel - 1) - 1
"""How far the kernel can move, in pixels; below 0 it does not fit."""

_FEATURES = Name(CHANNELS_IN) * _channels
_WEIGHTS = _kernel**2 * Name("channels", -1) / _groups * _channels

TREES: Mapping[str, Expr] = {
    SIZE: Call("INT", (ROOM / _stride,)) + 1,
    LOST: Call("MOD", (ROOM, _stride)),
    JUMP: Name(JUMP, -1) * _stride,
    FIELD: Name(FIELD, -1) + (_kernel - 1) * _dilation * Name(JUMP, -1),
    PARAMETERS: _WEIGHTS + _bias * _channels,
    MULTIPLICATIONS: _WEIGHTS * Name(SIZE) ** 2,
}
"""Of a layer that multiplies by weights."""


def _unpadded(leaf: Expr) -> Expr | None:
    return Number(0) if leaf == _padding else None


def _upright(leaf: Expr) -> Expr | None:
    return Name(HEIGHT, leaf.shift) if isinstance(leaf, Name) and leaf.name == SIZE else None


NOTHING: Mapping[str, Expr] = {PARAMETERS: Number(0), MULTIPLICATIONS: Number(0)}
OTHER_TREES: Mapping[str, Mapping[str, Expr]] = {
    POOLED: NOTHING,
    NORMALISED: {**NOTHING, PARAMETERS: 2 * _channels},
    REPEATED: NOTHING,
    FULL: {
        SIZE: Number(1),
        HEIGHT: Number(1),
        PARAMETERS: _FEATURES + _bias * _channels,
        MULTIPLICATIONS: _FEATURES,
    },
    PASSED: NOTHING,
}


_SAME = Call("CEILING", (Name(SIZE, -1) / _stride,))
_VALID = {name: substitute(TREES[name], _unpadded) for name in (SIZE, LOST)}
MANNERS = (
    RowKind(
        "same",
        r"(?:padding)?same(?:padding)?",
        {SIZE: _SAME, HEIGHT: substitute(_SAME, _upright), LOST: Number(0)},
    ),
    RowKind(
        "valid",
        r"(?:padding)?valid(?:padding)?",
        {**_VALID, HEIGHT: substitute(_VALID[SIZE], _upright)},
    ),
)
"""What a text says of the padding: what is needed to keep the size, or none."""


def _one_of(*values: float) -> Draw:
    return lambda chance: chance.choice(values)


def _pixels(chance: random.Random) -> float:
    """Draw the size of an image that many strides leave something of."""
    return float(chance.randrange(20_000, 60_000))


def _given(name: str, *numbers: float, default: float | None = None) -> RowQuantity:
    """Return what is chosen for each layer, one of some numbers."""
    headers = (*HEADERS[name], plain(f"{name} {TOLD}"))
    return RowQuantity(name, headers, None, _one_of(*numbers), default, is_setting=True)


_GIVEN = (
    _given("kernel", 1, 2, 3, 4, 5),
    _given("stride", 1, 2, 3)._replace(also=(1.0,)),
    _given("padding", 0, 1, 2, 3, default=0),
    _given("dilation", 1, 2, 3, default=1),
    _given("groups", 1, 2, 3, default=1),
    RowQuantity(
        CHANNELS,
        (*HEADERS[CHANNELS], plain(f"{CHANNELS} {TOLD}")),
        draw=_one_of(6, 12, 18, 24),
    ),
    RowQuantity("bias", HEADERS["bias"], None, _one_of(0, 1), 0, also=(1.0,)),
)
_IN = (
    RowQuantity(SIZE_IN, HEADERS[SIZE_IN], Name(SIZE, -1)),
    RowQuantity(
        CHANNELS_IN,
        (*HEADERS[CHANNELS_IN], plain(f"{CHANNELS_IN} {TOLD}")),
        Name(CHANNELS, -1),
    ),
    RowQuantity(JUMP_IN, HEADERS[JUMP_IN], Name(JUMP, -1)),
    RowQuantity(FIELD_IN, HEADERS[FIELD_IN], Name(FIELD, -1)),
)
_OF_OTHERS = (
    RowQuantity(
        START,
        HEADERS[START],
        Name(START, -1) + ((_kernel - 1) * _dilation / 2 - _padding) * Name(JUMP, -1),
        first=0.5,
    ),
    RowQuantity(EFFECTIVE, HEADERS[EFFECTIVE], _kernel + (_kernel - 1) * (_dilation - 1)),
    RowQuantity(HEIGHT_IN, HEADERS[HEIGHT_IN], Name(HEIGHT, -1)),
    RowQuantity(HEIGHT, HEADERS[HEIGHT], substitute(TREES[SIZE], _upright), first=_pixels),
)
"""What only tables of others have: where the middle of a first value's field lies, how many
pixels a kernel with gaps spans, and how high an image is that is not as wide."""

_FIRST: Mapping[str, float | Draw] = {SIZE: _pixels, JUMP: 1.0, FIELD: 1.0}

_ALSO: Mapping[str, tuple[float, ...]] = {JUMP: (1.0,)}
"""What is as right where neither it nor what it follows from has a column."""

_STATED = {**TREES, MULTIPLICATIONS: _WEIGHTS * Name(SIZE) * Name(HEIGHT)}
"""What is computed where an image may be higher than wide."""

ARCHITECTURE = RowLesson(
    "architecture",
    (
        *_GIVEN,
        *_IN,
        *(
            RowQuantity(n, HEADERS[n], _STATED[n], first=_FIRST.get(n), also=_ALSO.get(n, ()))
            for n in CALCULATED
        ),
        *_OF_OTHERS,
    ),
    needed=(
        frozenset({"kernel"}),
        frozenset({"stride", "padding", "channels", CHANNELS_IN}),
        frozenset({SIZE, JUMP, JUMP_IN, FIELD, PARAMETERS}),
    ),
    key="kernel",
    equal={
        Name(SIZE, -1): (Name(SIZE_IN),),
        Name(HEIGHT, -1): (Name(HEIGHT_IN),),
        Name(JUMP, -1): (Name(JUMP_IN), Name(JUMP_IN, -1) * Name("stride", -1)),
        Name(FIELD, -1): (Name(FIELD_IN),),
        Name("channels", -1): (Name(CHANNELS_IN),),
    },
    alike={HEIGHT: SIZE},
    kinds=(
        RowKind(REPEATED, r".*(?:norm|नॉर्म).*\d+(?:again|nochmals|फिरसे)", OTHER_TREES[REPEATED]),
        RowKind(
            BLOCK,
            r".*conv.*(?:norm|bn).*",
            having=KERNEL,
            also={PARAMETERS: TREES[PARAMETERS] + 2 * _channels},
        ),
        RowKind(NORMALISED, r".*(?:norm|bn\d*$|नॉर्म).*", OTHER_TREES[NORMALISED]),
        RowKind(POOLED, r".*(?:pool|gap|mp\d*$|पूल).*", OTHER_TREES[POOLED]),
        RowKind(WEIGHTED, r".*(?:conv|falt|कन्वो).*"),
        RowKind(
            FULL,
            r".*(?:dense|linear|fc|fully|voll|जुड़ी).*",
            OTHER_TREES[FULL],
            without=KERNEL,
            needed=CHANNELS_IN,
            by_pixel=CHANNELS_IN,
        ),
        RowKind(WEIGHTED, r".*(?:dense|linear|fc|fully|voll|जुड़ी).*"),
        RowKind(
            PASSED,
            r".*(?:elu|silu|sigmoid|tanh|softmax|dropout|flatten|activation|aktivier).*",
            OTHER_TREES[PASSED],
            without=KERNEL,
        ),
    ),
    manners=MANNERS,
    texts="architecture_",
    is_counting=True,
    likelier=frozenset({HEIGHT}),
    begins=r"(?:input|image|bild|eingabe|entrada|imagen|इनपुट).*",
)
