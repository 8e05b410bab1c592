"""The layers of an architecture as a template says them, read and held to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.lessons.kinds.kind import section_of
from sheetprop.validate import Problem, Reader, Words, flag, one_of, shown, suggestion, whole_number

CONVOLUTION, FULL = "convolution", "fully connected"
MAX_POOL, AVERAGE_POOL, NORM = "max pooling", "average pooling", "batch normalisation"
POOLS = (MAX_POOL, AVERAGE_POOL)
LAYERS = Words(
    (CONVOLUTION, MAX_POOL, AVERAGE_POOL, NORM, FULL),
    {
        "conv": CONVOLUTION,
        "conv2d": CONVOLUTION,
        "maxpool": MAX_POOL,
        "avgpool": AVERAGE_POOL,
        "batchnorm": NORM,
        "batch normalization": NORM,
        "linear": FULL,
        "dense": FULL,
    },
)
MOST_LAYERS, LARGEST = 200, 1_000_000


@dataclass(frozen=True, slots=True)
class Layer:
    """One row: what the layer is, and its numbers in pixels, channels and steps.

    The `kernel` of a fully connected layer is as wide as what comes in, and here 0; `channels` of
    a layer that keeps them is 0. `printed_size` is the output size that a published table has. A
    batch normalisation may be that of an earlier layer `again`, by its number, or `unused`: held,
    though no layer goes through it.
    """

    layer: str
    kernel: int = 1
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1
    channels: int = 0
    bias: bool = False
    printed_size: int | None = None
    again: int = 0
    unused: bool = False

    @property
    def has_weights(self) -> bool:
        """Whether it multiplies by weights."""
        return self.layer in (CONVOLUTION, FULL)


@dataclass(frozen=True, slots=True)
class Architecture:
    """A network on square images: `image` pixels wide, with `channels`, for `classes`.

    `most_parameters` is its budget; `printed` what a published table says of the whole.
    """

    image: int
    channels: int
    classes: int
    most_parameters: int
    layers: tuple[Layer, ...]
    printed: Mapping[str, int]


def count(value: object) -> int:
    """Return a whole number from 1 to a million."""
    return _bounded(value, 1)


def _count_or_none(value: object) -> int:
    return _bounded(value, 0)


def _bounded(value: object, least: int) -> int:
    found = whole_number(value, least)
    if found > LARGEST:
        raise Problem(f"must be at most {LARGEST}, not {shown(value)}")
    return found


_KEYS: Mapping[str, Reader] = {
    "layer": one_of(LAYERS),
    "kernel": count,
    "stride": count,
    "padding": _count_or_none,
    "dilation": count,
    "groups": count,
    "channels": count,
    "bias": flag,
    "printed_size": count,
    "again": count,
    "unused": flag,
}
_ALLOWED = {
    CONVOLUTION: tuple(key for key in _KEYS if key not in ("again", "unused")),
    **dict.fromkeys(POOLS, ("layer", "kernel", "stride", "padding", "printed_size")),
    NORM: ("layer", "again", "unused", "printed_size"),
    FULL: ("layer", "channels", "bias", "printed_size"),
}
_NEEDED = {CONVOLUTION: ("kernel", "channels"), FULL: ("channels",), NORM: ()}


def layers(value: object) -> tuple[Layer, ...]:
    """Return the layers of a list of tables, the first one next to the image."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_LAYERS:
        raise Problem(f"must be a list of 1 to {MOST_LAYERS} layers in [ ], not {shown(value)}")
    found = []
    for place, row in enumerate(value, 1):
        try:
            found.append(_layer(row))
        except Problem as problem:
            raise Problem(f"number {place} of the list {problem}") from None
    return tuple(found)


def _layer(row: object) -> Layer:
    if not isinstance(row, dict) or "layer" not in row:
        raise Problem(f'must be such as {{ layer = "max pooling", kernel = 2 }}, not {shown(row)}')
    name = _read("layer", row["layer"])
    allowed = _ALLOWED[name]
    for key in row:
        if key not in allowed:
            known = f"a {name} has {', '.join(allowed)}"
            raise Problem(f"must not hold {shown(key)}: {known}{suggestion(key, allowed)}")
    for key in _NEEDED.get(name, ("kernel",)):
        if key not in row:
            raise Problem(f'must say its {key}, as in {key} = 2, since it is a "{name}"')
    values = {key: _read(key, value) for key, value in row.items()}
    if name in POOLS:
        values.setdefault("stride", values["kernel"])  # as every library has it
    return Layer(**({"kernel": 0} if name == FULL else {}) | values)


def _read(key: str, value: object) -> Any:
    try:
        return _KEYS[key](value)
    except Problem as problem:
        raise Problem(f"has a {key} that {problem}") from None


SECTIONS: Mapping[str, Mapping[str, Reader]] = {
    "architecture": {
        "image": count,
        "channels": count,
        "classes": count,
        "most_parameters": count,
        "layers": layers,
    },
    "printed": {"parameters": count, "receptive_field": count},
}
REQUIRED = ("architecture.image", "architecture.channels", "architecture.layers")


def read(source: str, values: Mapping[str, Any]) -> Architecture:
    """Return the architecture of a template's values by their full keys.

    Raises:
        SpecError: groups do not divide the channels of their layer and of the one before, or what
            is used again is no earlier batch normalisation of so many channels.

    """
    own = section_of(values, "architecture")
    printed = section_of(values, "printed")
    _check_groups(source, own["channels"], own["layers"])
    _check_again(source, own["channels"], own["layers"])
    usual = {"classes": 1, "most_parameters": LARGEST}
    return Architecture(**usual | own, printed=printed)


def _check_groups(source: str, channels: int, rows: tuple[Layer, ...]) -> None:
    for place, row in enumerate(rows, 1):
        if channels % row.groups or row.channels % row.groups:
            problem = f"number {place} of the list must have groups that divide its {channels} "
            problem += f"channels coming in and {row.channels} going out, not {row.groups}"
            raise SpecError(source, "architecture.layers", problem)
        channels = row.channels or channels


def _check_again(source: str, channels: int, rows: tuple[Layer, ...]) -> None:
    own: dict[int, int] = {}
    for place, row in enumerate(rows, 1):
        channels = row.channels or channels
        if row.again and own.get(row.again) != channels:
            problem = f"number {place} of the list must be again a batch normalisation before it "
            problem += f"with as many channels ({channels}), not number {row.again}"
            raise SpecError(source, "architecture.layers", problem)
        if row.layer == NORM and not row.again and not row.unused:
            own[place] = channels


def describe(found: Architecture) -> str:
    """Return the shape of an architecture in a few words."""
    image = f"{found.image}×{found.image}×{found.channels}"
    return f"{image}, {len(found.layers)} layers"
