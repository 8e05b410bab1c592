"""Where neurons, connections and their labels stand in a picture of the network, in pixels.

Counted from the lower left corner, as a chart's axes are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot

from sheetprop.maths.network import Network

Point = tuple[float, float]

WIDTH, NARROW = 920, 600
"""Pixels of the picture: alone, and with something beside it."""

_LEAST_HEIGHT, _MOST_HEIGHT = 270, 450
_BAND = 78.0
"""Pixels of a neuron in a large layer: the higher one, where the largest height is too little."""

MOST_LAYERS_NARROW = 3
"""Layers of a picture that may be narrow; below one of more stand the curves."""

_SCREEN, _ABOVE_CURVES = 540.0, 312.0
"""Pixels in which a layer is seen at once: alone, and with what stands below the picture."""

_LEFT, _RIGHT, _BOTTOM, _TOP = 46, 130, 32, 6  # margins
_LINE, LINES = 13.0, 26.0
"""Pixels of one line of text, and of two: labels closer than that could not be read."""

MOST_NEURONS, MOST_LAYERS, MOST_CONNECTIONS = 8, 6, 80
"""In a layer, in the network: what is larger is not drawn."""

RADIUS = 29.0
_HALF_LABEL = 38.0
_LEAST_BAND = 2 * RADIUS + 4
"""Pixels of a neuron and of what parts it from the next; its bias reaches into that one's edge."""

_HIGH = 320
"""Pixels of a picture below which rates, weights and curves are seen at once."""

_PARTS = [k / 100 for k in range(15, 86)]  # of a connection, at which its label may stand


@dataclass(frozen=True)
class Connection:
    """The line of a weight, from neuron to neuron, and where its label stands, None for nowhere.

    `room` is the height the label has for itself.
    """

    weight: str
    first: Point
    last: Point
    label: Point | None
    room: float


@dataclass(frozen=True)
class Drawing:
    """The picture of a network that is small enough to be drawn, so many pixels wide."""

    network: Network
    width: int = WIDTH

    @property
    def is_possible(self) -> bool:
        """Whether the network is small enough."""
        layers = self.network.architecture.layers
        small = max(layers) <= MOST_NEURONS and len(layers) <= MOST_LAYERS
        return small and len(self.network.weights) <= MOST_CONNECTIONS

    @property
    def height(self) -> int:
        """Return the height of the picture: enough for labels of two lines, if that is not much."""
        layers = self.network.architecture.layers
        labels = max(min(m * (n + 1), n * (m + 1)) for n, m in pairwise(layers))
        neurons = max(layers) * self._least_band
        most = float(_MOST_HEIGHT - _TOP - _BOTTOM)
        if _LINE * labels <= self._seen < most:
            most = self._seen
        wanted = max(neurons, min(LINES * labels, most))
        return max(_LEAST_HEIGHT, round(wanted) + _TOP + _BOTTOM)

    @property
    def _seen(self) -> float:
        """Return the pixels in which neurons and labels are seen with what belongs to them."""
        is_wide = len(self.network.architecture.layers) > MOST_LAYERS_NARROW
        return _ABOVE_CURVES if is_wide else _SCREEN

    @property
    def _least_band(self) -> float:
        """Return the least height of a neuron: a large layer is to be seen on one screen."""
        return min(_BAND, max(_LEAST_BAND, self._seen / max(self.network.architecture.layers)))

    @property
    def is_high(self) -> bool:
        """Whether what stands below it is not seen on the same screen."""
        return self.height > _HIGH

    @property
    def band(self) -> float:
        """Return the height of each neuron of the largest layer."""
        return self._used_height / max(self.network.architecture.layers)

    @property
    def _used_height(self) -> float:
        return self.height - _TOP - _BOTTOM

    @cached_property
    def neurons(self) -> Mapping[str, Point]:
        """Return where each activation stands, inputs first."""
        columns = [
            self.network.passes[0].inputs,
            *([n.output for n in x] for x in self.network.layers),
        ]
        gap = (self.width - _LEFT - _RIGHT) / (len(columns) - 1)
        return {
            name: (_LEFT + number * gap, y)
            for number, names in enumerate(columns)
            for name, y in zip(names, self._spread(len(names)), strict=True)
        }

    def _spread(self, neurons: int) -> list[float]:
        """Return the heights of a layer's neurons, the first on top."""
        band = self._used_height / neurons
        return [_BOTTOM + band * (k + 0.5) for k in reversed(range(neurons))]

    @cached_property
    def connections(self) -> Sequence[Connection]:
        """Return the line of every weight."""
        found = []
        for layer in self.network.layers:
            targets = [self.neurons[neuron.output] for neuron in layer]
            sources = [self.neurons[name] for name in layer[0].sources]
            part, room = _label_place(sources, targets)
            for neuron, target in zip(layer, targets, strict=True):
                for weight, source in zip(neuron.weights, sources, strict=True):
                    found.append(_connection(weight, source, target, part, room))
        return found


def _label_place(sources: Sequence[Point], targets: Sequence[Point]) -> tuple[float | None, float]:
    """Return the part of every line at which its label stands, and how far labels are apart.

    All labels of a layer stand one above the other, off the neurons, and as far apart as they can;
    there is no place where they would be too close to be read.
    """
    gap = targets[0][0] - sources[0][0]
    free = (RADIUS + _HALF_LABEL) / gap
    parts = [part for part in _PARTS if free <= part <= 1 - free] or [0.5]
    rooms = {part: _least_distance(sources, targets, part) for part in parts}
    best = max(parts, key=lambda part: (round(rooms[part]), -abs(part - 0.5)))
    return best if rooms[best] >= _LINE else None, rooms[best]


def _least_distance(sources: Sequence[Point], targets: Sequence[Point], part: float) -> float:
    heights = sorted((1 - part) * a + part * b for _, a in sources for _, b in targets)
    return min((above - below for below, above in pairwise(heights)), default=2 * LINES)


def _connection(
    weight: str, source: Point, target: Point, part: float | None, room: float
) -> Connection:
    edge = RADIUS / hypot(target[0] - source[0], target[1] - source[1])
    ends = _between(source, target, edge), _between(source, target, 1 - edge)
    label = None if part is None else _between(source, target, part)
    return Connection(weight, *ends, label, room)


def _between(first: Point, last: Point, part: float) -> Point:
    x, y = (round(a + part * (b - a), 1) for a, b in zip(first, last, strict=True))
    return x, y
