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
from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import Draw, RowKind, RowLesson, RowQuantity

SIZE, LOST, JUMP, FIELD = "size", "lost", "jump", "field"
PARAMETERS, MULTIPLICATIONS = "parameters", "multiplications"
CALCULATED = (SIZE, LOST, JUMP, FIELD, PARAMETERS, MULTIPLICATIONS)
START, EFFECTIVE, HEIGHT, HEIGHT_IN = "start", "effective", "height", "height_in"
KERNEL, CHANNELS = "kernel", "channels"
SIZE_IN, JUMP_IN, FIELD_IN, CHANNELS_IN = "size_in", "jump_in", "field_in", "channels_in"

TOLD, PRINTED = "of the shape", "of the summary"
"""How columns are headed that no sheet has: what its shapes, or a printed summary, tell."""

WEIGHTED, POOLED, NORMALISED, REPEATED = "weighted", "pooled", "normalised", "repeated"
"""The kinds of rows: what multiplies by weights, what passes values on, what scales them, and what
scales them by the parameters of an earlier row again."""

_kernel, _stride, _padding = Name("kernel"), Name("stride"), Name("padding")
_dilation, _groups, _channels, _bias = (
    Name(name) for name in ("dilation", "groups", "channels", "bias")
)

ROOM = Name(SIZE, -1) + 2 * _padding - _dilation * (_kernel - 1) - 1
"""How far the kernel can move, in pixels; below 0 it does not fit."""

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


_NUMBER_OF = r"(?:no|num|number|n|#)?(?:of)?"
_GIVEN = (
    RowQuantity(
        "kernel",
        (
            r"k",
            r"ks",
            r"f",
            r"kernel(?:s?size|width)?",
            r"k(?:size|width)",
            r"filter(?:size|width)?",
            r"(?:kern(?:el)?|filter)(?:größe|breite)?",
        ),
        draw=_one_of(1, 2, 3, 4, 5),
    ),
    RowQuantity(
        "stride", (r"s", r"strides?", r"schritt(?:weite)?"), draw=_one_of(1, 2, 3), also=(1.0,)
    ),
    RowQuantity(
        "padding", (r"p", r"pad(?:ding)?", r"rand", r"auffüllung"), None, _one_of(0, 1, 2, 3), 0
    ),
    RowQuantity(
        "dilation", (r"d", r"dil(?:ation)?(?:rate)?", r"dehnung"), None, _one_of(1, 2, 3), 1
    ),
    RowQuantity("groups", (r"g", r"groups?", r"gruppen"), None, _one_of(1, 2, 3), 1),
    RowQuantity(
        "channels",
        (
            rf"(?:out(?:put)?)?{_NUMBER_OF}(?:channels?|filters?|kernels|maps)(?:out)?",
            rf"{_NUMBER_OF}(?:out(?:put)?)(?:channels?|filters?|kernels|maps)",
            r"ch?out|outch?|c|(?:ausga(?:be|ngs))?kanäle",
            plain(f"channels {TOLD}"),
        ),
        draw=_one_of(6, 12, 18, 24),
    ),
    RowQuantity("bias", (r"b", r"(?:use|with)?bias(?:es)?"), None, _one_of(0, 1), 0, also=(1.0,)),
)
_PIXELS = r"(?:size|shape|width|dim(?:ension)?|features?|resolution|pixels?)"
_IN = (
    RowQuantity(
        SIZE_IN,
        (
            rf"in(?:put)?{_PIXELS}?",
            r"nin",
            rf"{_PIXELS}in",
            r"[hw]in",
            r"in(?:put)?(?:height|[hw])|heightin",
            r"größevorher",
            r"eingabe(?:größe|höhe|breite)",
        ),
        Name(SIZE, -1),
    ),
    RowQuantity(
        CHANNELS_IN,
        (
            r"in(?:put)?ch(?:annels?)?|eingangskanäle",
            r"ch?(?:annels?)?in",
            plain(f"{CHANNELS_IN} {TOLD}"),
        ),
        Name("channels", -1),
    ),
    RowQuantity(JUMP_IN, (r"j(?:ump)?(?:in)?", r"in(?:put)?jump", r"sprungvorher"), Name(JUMP, -1)),
    RowQuantity(
        FIELD_IN,
        (r"rf?in", r"in(?:put)?(?:rf|receptivefield)", r"(?:rf|receptivefield)in"),
        Name(FIELD, -1),
    ),
)
_OF_BIAS = r"(?:(?:w/o|without|no|with|w/|incl(?:uding)?|ohne|mit)bias(?:es)?)?"
_HEADERS = {
    SIZE: (
        rf"out(?:put)?{_PIXELS}?",
        r"nout",
        rf"{_PIXELS}(?:out)?",
        rf"featuremaps?{_PIXELS}",
        r"[hw](?:out)?",
        r"(?:out(?:put)?)?height(?:out)?|out(?:put)?[hw]",
        r"größedanach",
        r"(?:ausgabe)?(?:größe|höhe|breite)",
    ),
    LOST: (r"lost", r"borderlost", r"randverloren"),
    JUMP: (r"j(?:ump)?(?:out)?", r"out(?:put)?jump", r"sprung"),
    FIELD: (
        r"(?:global|local|g|l)?(?:rf?|receptivefield(?:size)?)(?:out)?",
        r"out(?:put)?(?:rf|receptivefield)",
        r"rezeptivesfeld",
    ),
    PARAMETERS: (rf"{_NUMBER_OF}(?:total)?(?:params?|parameters?|weights|parameter)#?{_OF_BIAS}",),
    MULTIPLICATIONS: (rf"{_NUMBER_OF}(?:mults?|macs?|multiplications|madds?|multiplikationen)",),
}
_OF_OTHERS = (
    RowQuantity(
        START,
        (r"(?:out(?:put)?)?(?:start|cent(?:er|re))(?:out)?", r"out(?:put)?start"),
        Name(START, -1) + ((_kernel - 1) * _dilation / 2 - _padding) * Name(JUMP, -1),
        first=0.5,
    ),
    RowQuantity(
        EFFECTIVE,
        (
            r"eff(?:ective)?(?:kernel|filter|k)(?:size)?",
            r"k(?:ernel)?eff(?:ective)?",
            r"dilatedkernel(?:size)?",
        ),
        _kernel + (_kernel - 1) * (_dilation - 1),
    ),
    RowQuantity(
        HEIGHT_IN,
        (r"in(?:put)?(?:height|h)|h(?:eight)?in", r"eingabehöhe"),
        Name(HEIGHT, -1),
    ),
    RowQuantity(
        HEIGHT,
        (r"(?:out(?:put)?)?h(?:eight)?(?:out)?", r"(?:ausgabe)?höhe"),
        substitute(TREES[SIZE], _upright),
        first=_pixels,
    ),
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
            RowQuantity(n, _HEADERS[n], _STATED[n], first=_FIRST.get(n), also=_ALSO.get(n, ()))
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
        RowKind(NORMALISED, r".*(?:norm|bn\d*$|नॉर्म).*", OTHER_TREES[NORMALISED]),
        RowKind(POOLED, r".*(?:pool|gap|mp\d*$|पूल).*", OTHER_TREES[POOLED]),
        RowKind(WEIGHTED, r".*(?:conv|falt|dense|linear|fc|fully|voll|कन्वो|जुड़ी).*"),
    ),
    manners=MANNERS,
    texts="architecture_",
    is_counting=True,
    likelier=frozenset({HEIGHT}),
)
