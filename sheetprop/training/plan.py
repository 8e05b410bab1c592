"""The plan of a small convolutional network as data: its layers, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any, Literal

from sheetprop.errors import SheetpropError

Kind = Literal["conv", "maxpool", "gap", "linear"]
KINDS = ("conv", "maxpool", "gap", "linear")


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a network.

    A ``conv`` is a convolution, followed by batch normalisation and ReLU; one that is not
    `is_normalised` has a bias and ReLU, one that `is_plain` a bias alone; ``maxpool`` takes the
    largest of each window, ``gap`` the mean of each map, ``linear`` weighs all of them. `channels`
    is how many maps or numbers come out of a ``conv`` or a ``linear``; `kernel`, `stride` and
    `padding` are in pixels; `dropout` is the share of values that training leaves out after the
    layer.
    """

    kind: Kind
    channels: int = 0
    kernel: int = 1
    stride: int = 1
    padding: int = 0
    is_plain: bool = False
    dropout: float = 0.0
    is_normalised: bool = True

    @property
    def has_norm(self) -> bool:
        """Whether batch normalisation follows, in the place of a bias."""
        return self.kind == "conv" and self.is_normalised and not self.is_plain


@dataclass(frozen=True, slots=True)
class Step:
    """A layer with what follows for it from those before it.

    `channels_in` and `side_in` are the maps it takes and the pixels of their sides, `channels` and
    `side` what it gives; `field` is how many pixels of the image's side one number depends on,
    `jump` how many pixels of it two neighbours are apart; `parameters` are trained; `place` is the
    number of its first module, by which its arrays are called.
    """

    layer: Layer
    channels_in: int
    side_in: int
    channels: int
    side: int
    field: int
    jump: int
    parameters: int
    place: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A network by its layers, for square images of one channel."""

    layers: tuple[Layer, ...]
    side: int = 28

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return each layer with its sizes, receptive field and parameters.

        Raises:
            SheetpropError: a layer does not fit what it is given.

        """
        found: list[Step] = []
        channels, side, field, jump, place = 1, self.side, 1, 1, 0
        for number, layer in enumerate(self.layers, 1):
            out, side_out = _sizes(layer, channels, side, number)
            reach = side if layer.kind == "gap" else layer.kernel
            field += (reach - 1) * jump
            jump *= reach if layer.kind == "gap" else layer.stride
            count = _parameters(layer, channels)
            found.append(Step(layer, channels, side, out, side_out, field, jump, count, place))
            channels, side, place = out, side_out, place + _modules(layer)
        return tuple(found)

    @property
    def parameters(self) -> int:
        """Return how many numbers are trained."""
        return sum(step.parameters for step in self.steps)


def _sizes(layer: Layer, channels: int, side: int, number: int) -> tuple[int, int]:
    """Return how many maps come out of a layer, and how many pixels their sides have."""
    if layer.kind == "gap":
        return channels, 1
    if layer.kind == "linear":
        if side != 1:
            raise SheetpropError(f"layer {number}: a linear layer must follow a global average")
        return layer.channels, 1
    out = (side + 2 * layer.padding - layer.kernel) // layer.stride + 1
    if out < 1:
        room = f"{side} × {side} pixels with {layer.padding} of padding"
        raise SheetpropError(f"layer {number}: a window of {layer.kernel} does not fit into {room}")
    return (channels if layer.kind == "maxpool" else layer.channels), out


def _parameters(layer: Layer, channels: int) -> int:
    if layer.kind == "conv":
        weights = layer.kernel**2 * channels * layer.channels
        return weights + (2 if layer.has_norm else 1) * layer.channels
    return (channels + 1) * layer.channels if layer.kind == "linear" else 0


def _modules(layer: Layer) -> int:
    """Return how many modules of PyTorch make up a layer."""
    if layer.kind == "conv":
        count = 1 + (not layer.is_plain) + layer.has_norm
    else:
        count = 2 if layer.kind == "gap" else 1
    return count + (layer.dropout > 0)


def plan_of(told: Sequence[Mapping[str, Any]]) -> Plan:
    """Return the plan of layers as a log tells them.

    Raises:
        SheetpropError: a layer is of no known kind, or has what no layer has.

    """
    known = {field.name for field in fields(Layer)}
    for number, layer in enumerate(told, 1):
        if layer.get("kind") not in KINDS or not set(layer) <= known:
            raise SheetpropError(f"layer {number}: is none of {', '.join(KINDS)}: {dict(layer)}")
    return Plan(tuple(Layer(**layer) for layer in told))


def told(plan: Plan) -> list[dict[str, Any]]:
    """Return the layers of a plan for a log."""
    return [asdict(layer) for layer in plan.layers]


def _after(channels: tuple[int, int, int, int]) -> Plan:
    """Return a plan of four convolutions, a pool after the second, and a global average."""
    convolutions = [
        Layer("conv", channels[0], 5, 2),
        Layer("conv", channels[1], 3, 1, 1),
        Layer("conv", channels[2], 3, 1, 1),
        Layer("conv", channels[3], 3),
    ]
    pool = Layer("maxpool", 0, 2, 2)
    rest = [Layer("gap"), Layer("linear", 10)]
    return Plan((*convolutions[:2], pool, *convolutions[2:], *rest))


COURSE = Plan(
    (
        Layer("conv", 8, 3),
        Layer("conv", 20, 3),
        Layer("maxpool", 0, 2, 2, dropout=0.05),
        Layer("conv", 10, 1),
        Layer("conv", 10, 3, dropout=0.05),
        Layer("conv", 16, 3, dropout=0.05),
        Layer("conv", 24, 3, dropout=0.05),
        Layer("gap"),
        Layer("linear", 10),
    )
)
"""Kernels of 3 × 3 and 1 × 1 only, batch normalisation after each, dropout, a global average."""

NETWORKS: Mapping[str, Plan] = MappingProxyType(
    {"standard": _after((8, 16, 24, 32)), "light": _after((6, 10, 16, 20)), "course": COURSE}
)
"""The networks that can be trained, by name."""

SHIPPED = ("standard", "light", "course")
"""Those whose weights come with sheetprop."""


def network(name: str) -> Plan:
    """Return the plan of a network by its name.

    Raises:
        SheetpropError: there is no such network.

    """
    plan = NETWORKS.get(name)
    if plan is None:
        raise SheetpropError(
            f"there is no network {name!r}; the networks are {', '.join(NETWORKS)}"
        )
    return plan
