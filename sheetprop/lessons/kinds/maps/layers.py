"""The maps and layers of a lesson as a template says them, read and held to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.kind import section_of
from sheetprop.validate import (
    Problem,
    Reader,
    Words,
    each,
    number,
    one_of,
    shown,
    suggestion,
    whole_number,
)

CONVOLUTION, RELU = "convolution", "relu"
MAX_POOL, AVERAGE_POOL, GLOBAL_POOL = "max pooling", "average pooling", "global average"
LAYERS = Words(
    (CONVOLUTION, RELU, MAX_POOL, AVERAGE_POOL, GLOBAL_POOL),
    {
        "conv": CONVOLUTION,
        "conv2d": CONVOLUTION,
        "maxpool": MAX_POOL,
        "avgpool": AVERAGE_POOL,
        "gap": GLOBAL_POOL,
        "global average pooling": GLOBAL_POOL,
    },
)
NAMED = ("own", "edges across", "edges down", "outline", "blur", "sharpen")
"""Kernels of 3×3 that can be chosen; the numbers of the first are those typed."""

KERNEL_SIDE = 3
"""Values across of a kernel that can be chosen by name."""

MOST, LARGEST = 12, 16
"""Layers of a lesson, or maps of a layer; pixels across."""

Numbers = tuple[tuple[tuple[float, ...], ...], ...]
"""Maps, rows and columns."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: `kernels` are, map by map that comes out, one for each map that comes in.

    `chosen` names for each map that comes out which of `NAMED` it has at the beginning.
    """

    layer: str
    kernel: int = 1
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    kernels: tuple[Numbers, ...] = ()
    biases: tuple[float, ...] = ()
    chosen: tuple[str, ...] = ()

    @property
    def has_weights(self) -> bool:
        """Whether it multiplies by weights."""
        return self.layer == CONVOLUTION

    def side(self, before: int) -> int:
        """Return how many values across come out of so many across."""
        return (before + 2 * self.padding - self.dilation * (self.kernel - 1) - 1) // (
            self.stride
        ) + 1


@dataclass(frozen=True, slots=True)
class Shape:
    """How many maps there are, and how many values across each has."""

    maps: int
    side: int


@dataclass(frozen=True, slots=True)
class Maps:
    """A lesson: an image of one map or more, its layers, and ∂E/∂ of what comes out at the end."""

    image: Numbers
    layers: tuple[Layer, ...]
    arriving: Numbers

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Return the shape of the image, and of what each layer makes."""
        return tuple(_shapes(Shape(len(self.image), len(self.image[0])), self.layers))


def _shapes(shape: Shape, layers: tuple[Layer, ...]) -> Iterator[Shape]:
    yield shape
    for layer in layers:
        if layer.layer == GLOBAL_POOL:
            shape = Shape(shape.maps, 1)
        else:
            shape = Shape(len(layer.kernels) or shape.maps, layer.side(shape.side))
        yield shape


def maps(value: object) -> Numbers:
    """Return square maps of one size: lists of rows of numbers."""

    def rows(own: object) -> tuple[tuple[float, ...], ...]:
        return tuple(each(_row, own, "rows"))

    found = tuple(each(rows, value, "maps"))
    sides = {len(rows) for rows in found} | {len(row) for rows in found for row in rows}
    if len(sides) != 1 or not 1 <= max(sides) <= LARGEST or len(found) > MOST:
        raise Problem(f"must be 1 to {MOST} square maps of one size, at most {LARGEST} across")
    return found


def _row(value: object) -> tuple[float, ...]:
    return tuple(each(number, value, "numbers"))


_KEYS: Mapping[str, Reader] = {
    "layer": one_of(LAYERS),
    "kernel": whole_number,
    "stride": whole_number,
    "padding": lambda value: whole_number(value, 0),
    "dilation": whole_number,
    "kernels": lambda value: tuple(each(maps, value, "lists of kernels")),
    "biases": _row,
    "chosen": lambda value: tuple(each(one_of(NAMED), value, "names of kernels")),
}
_ALLOWED = {
    CONVOLUTION: ("layer", "stride", "padding", "dilation", "kernels", "biases", "chosen"),
    RELU: ("layer",),
    MAX_POOL: ("layer", "kernel", "stride"),
    AVERAGE_POOL: ("layer", "kernel", "stride"),
    GLOBAL_POOL: ("layer",),
}


def layers(value: object) -> tuple[Layer, ...]:
    """Return the layers of a list of tables, the first one next to the image."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST:
        raise Problem(f"must be a list of 1 to {MOST} layers in [ ], not {shown(value)}")
    return tuple(each(_layer, value, "layers"))


def _layer(row: object) -> Layer:
    if not isinstance(row, dict) or "layer" not in row:
        raise Problem(f'must be such as {{ layer = "max pooling", kernel = 2 }}, not {shown(row)}')
    name = _KEYS["layer"](row["layer"])
    for key in row:
        if key not in _ALLOWED[name]:
            known = f"a {name} has {', '.join(_ALLOWED[name])}"
            raise Problem(f"must not hold {shown(key)}: {known}{suggestion(key, _ALLOWED[name])}")
    values = {key: _read(key, own) for key, own in row.items()}
    if name in (MAX_POOL, AVERAGE_POOL):
        if "kernel" not in values:
            raise Problem(f'must say its kernel, as in kernel = 2, since it is a "{name}"')
        values.setdefault("stride", values["kernel"])  # as every library has it
    return _with_kernels(values) if name == CONVOLUTION else Layer(**values)


def _read(key: str, value: object) -> Any:
    try:
        return _KEYS[key](value)
    except Problem as problem:
        raise Problem(f"has {key} that {problem}") from None


def _with_kernels(values: dict[str, Any]) -> Layer:
    """Return a convolution whose kernels, biases and choices go together."""
    kernels = values.get("kernels")
    if not kernels:
        raise Problem("must say its kernels: for each map that comes out, one for each coming in")
    if len({(len(own), len(own[0])) for own in kernels}) != 1 or len(kernels) > MOST:
        raise Problem("must have kernels of one size, and as many for each map that comes out")
    side = len(kernels[0][0])
    values = {"biases": (0.0,) * len(kernels), "chosen": ("own",) * len(kernels)} | values
    for key in ("biases", "chosen"):
        if len(values[key]) != len(kernels):
            raise Problem(f"must have {len(kernels)} {key}, one for each map that comes out")
    if side != KERNEL_SIDE and set(values["chosen"]) != {"own"}:
        raise Problem(f"can choose among kernels of 3×3 only, and its own are {side}×{side}")
    return Layer(**values, kernel=side)


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "maps": {"image": maps, "layers": layers, "arriving": maps},
}
REQUIRED = ("maps.image", "maps.layers", "maps.arriving")


def read(source: str, values: Mapping[str, Any]) -> Maps:
    """Return the lesson of a template's values by their full keys.

    Raises:
        SpecError: a layer does not fit what comes into it, or the last what arrives at it.

    """
    found = Maps(**section_of(values, "maps"))
    for number_, (layer, before, after) in enumerate(
        zip(found.layers, found.shapes, found.shapes[1:], strict=False), 1
    ):
        if layer.has_weights and len(layer.kernels[0]) != before.maps:
            problem = f"must have a kernel for each of the {before.maps} maps that come in"
            raise SpecError(source, "maps.layers", f"number {number_} of the list {problem}")
        if after.side < 1:
            problem = f"must have a window that fits into {before.side}×{before.side} values"
            raise SpecError(source, "maps.layers", f"number {number_} of the list {problem}")
    last = found.shapes[-1]
    if (len(found.arriving), len(found.arriving[0])) != (last.maps, last.side):
        problem = f"must be {last.maps} maps of {last.side}×{last.side}, as the last layer makes"
        raise SpecError(source, "maps.arriving", problem)
    return found


def describe(found: Maps) -> str:
    """Return the shapes of a lesson in a few words."""
    return " → ".join(f"{shape.side}×{shape.side}×{shape.maps}" for shape in found.shapes)
