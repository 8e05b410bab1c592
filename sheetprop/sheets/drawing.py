"""Where neurons, connections and their labels stand in a picture of the network, in pixels.

Counted from the lower left corner, as a chart's axes are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot

from sheetprop.maths.network import Network

Point = tuple[float, float]

WIDTH, TITLE = 920, 30
_LEAST_HEIGHT, _BAND = 360, 78  # pixels: of the picture, of a neuron in a large layer
_LEFT, _RIGHT, _BOTTOM, _TOP = 60, 190, 30, 6  # margins
_LINE = 13.0
"""Pixels of a line of text: labels closer than that could not be read."""

MOST_NEURONS, MOST_LAYERS, MOST_CONNECTIONS = 8, 6, 80
"""In a layer, in the network: what is larger is not drawn."""

RADIUS = 29.0


@dataclass(frozen=True)
class Connection:
    """The line of a weight, from neuron to neuron, and where its label stands, None for nowhere."""

    weight: str
    first: Point
    last: Point
    label: Point | None


@dataclass(frozen=True)
class Drawing:
    """The picture of a network that is small enough to be drawn."""

    network: Network

    @property
    def is_possible(self) -> bool:
        """Whether the network is small enough."""
        layers = self.network.architecture.layers
        small = max(layers) <= MOST_NEURONS and len(layers) <= MOST_LAYERS
        return small and len(self.network.weights) <= MOST_CONNECTIONS

    @property
    def height(self) -> int:
        """Return the height of the picture, its title included."""
        return max(_LEAST_HEIGHT, _BAND * max(self.network.architecture.layers) + TITLE + _BOTTOM)

    @cached_property
    def neurons(self) -> Mapping[str, Point]:
        """Return where each activation stands, inputs first."""
        columns = [self.network.inputs, *([n.output for n in x] for x in self.network.layers)]
        gap = (WIDTH - _LEFT - _RIGHT) / (len(columns) - 1)
        return {
            name: (_LEFT + number * gap, y)
            for number, names in enumerate(columns)
            for name, y in zip(names, self._spread(len(names)), strict=True)
        }

    def _spread(self, neurons: int) -> list[float]:
        """Return the heights of a layer's neurons, the first on top."""
        top = self.height - TITLE - _TOP
        band = (top - _BOTTOM) / neurons
        return [top - band * (k + 0.5) for k in range(neurons)]

    @cached_property
    def connections(self) -> Sequence[Connection]:
        """Return the line of every weight."""
        found = []
        for layer in self.network.layers:
            targets = [self.neurons[neuron.output] for neuron in layer]
            sources = [self.neurons[name] for name in layer[0].sources]
            part = _label_place(sources, targets)
            for neuron, target in zip(layer, targets, strict=True):
                for weight, source in zip(neuron.weights, sources, strict=True):
                    found.append(_connection(weight, source, target, part))
        return found


def _label_place(sources: Sequence[Point], targets: Sequence[Point]) -> float | None:
    """Return the part of every line at which its label stands, such that no two meet.

    Where the labels of one neuron fill the gap to those of the next, all are equally far apart. It
    is so at two places, nearer to the sources or to the targets; None when both are too narrow.
    """
    above, below = _distance(sources), _distance(targets)
    if len(sources) == 1 or len(targets) == 1:
        return 0.5 if max(above, below) >= 2 * _LINE or above == below else None
    near = above / (above + len(targets) * below)
    far = 1 - below / (below + len(sources) * above)
    places = {near: near * below, far: (1 - far) * above}
    readable = [place for place, distance in places.items() if distance >= _LINE]
    return min(readable, key=lambda place: abs(place - 0.5), default=None)


def _distance(points: Sequence[Point]) -> float:
    return points[0][1] - points[1][1] if len(points) > 1 else 0.0


def _connection(weight: str, source: Point, target: Point, part: float | None) -> Connection:
    length = hypot(target[0] - source[0], target[1] - source[1])
    edge = RADIUS / length
    label = None if part is None else _between(source, target, part)
    return Connection(
        weight, _between(source, target, edge), _between(source, target, 1 - edge), label
    )


def _between(first: Point, last: Point, part: float) -> Point:
    return tuple(round(a + part * (b - a), 1) for a, b in zip(first, last, strict=True))  # type: ignore[return-value]
