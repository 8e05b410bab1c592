"""Where the parts of the network stand on the page of the smallest exercise.

From left to right: the inputs, the connections into each layer, its neurons, the errors, their sum.
Each connection has a row of its own, and each layer stands in the middle of the tallest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from sheetprop.maths.names import gradient_of
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.notation.text import name_text
from sheetprop.workbooks.sheet import Address

TOP, INPUTS, LAYERS = 7, 1, 4  # a row, and two columns
BETWEEN = 10  # columns from layer to layer
WEIGHT, GRADIENT, SUM = 1, 3, 7  # columns of a layer; a value stands right of its name
_ROOMY = 6  # connections of a layer that have space between them
_BOX, _VERDICT = 9.0, 2.0  # characters; two layers of two fit on a screen of 1600 pixels


@dataclass
class Places:
    """The cell that names each quantity; its number stands right of it, and a verdict behind that.

    `blocks` are the rows of what a connection leads from or to, by the activation or error there.
    """

    network: Network
    named: dict[str, Address] = field(default_factory=dict)
    blocks: dict[str, range] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, layer in enumerate(self.network.layers):
            above = (self._tallest - _height(self._heights(layer), self._apart)) // 2
            row = TOP + above
            for neuron, height in zip(layer, self._heights(layer), strict=True):
                self._place(neuron, row, height, LAYERS + number * BETWEEN)
                row += height + self._apart
        inputs = self.network.passes[0].inputs
        for number, name in enumerate(inputs):
            row = TOP + round(self._tallest * (number + 0.5) / len(inputs) - 0.5)
            self.named[name] = (row, INPUTS)
            self.blocks[name] = range(row, row + 1)
        self._place_errors(self.errors)

    @property
    def last(self) -> int:
        """The last row of all."""
        return max(row for row, _ in self.named.values())

    @property
    def errors(self) -> int:
        """The first column right of the layers."""
        return LAYERS + len(self.network.layers) * BETWEEN

    @cached_property
    def columns(self) -> Mapping[int, float]:
        """Return the widths of the columns."""
        longest = max(len(name) for name in self.network.parameters)
        own = (4.0, longest + 2.4, 8.6, longest + 5.0, _BOX, _VERDICT, 3.2, 6.0, _BOX, _VERDICT)
        widths = {INPUTS: 4.4, INPUTS + 1: 8.6, INPUTS + 2: 0.8}
        for number in range(len(self.network.layers)):
            first = LAYERS + number * BETWEEN
            widths |= {first + k: width for k, width in enumerate(own)}
        after = (3.0, 4.2, _BOX, _VERDICT, 3.0, 7.4, _BOX, _VERDICT)
        return widths | {self.errors + k: width for k, width in enumerate(after)}

    def value(self, name: str) -> Address:
        """Return the cell of a quantity's number."""
        row, column = self.named[name]
        return row, column + 1

    def verdict(self, name: str) -> Address:
        """Return the cell that says whether a box is right."""
        row, column = self.named[name]
        return row, column + 2

    @cached_property
    def _apart(self) -> int:
        """The rows between neurons, and from connection to connection."""
        most = max(
            sum(len(list(connections(neuron))) for neuron in layer) for layer in self.network.layers
        )
        return 2 if most <= _ROOMY else 1

    @cached_property
    def _tallest(self) -> int:
        return max(_height(self._heights(layer), self._apart) for layer in self.network.layers)

    def _heights(self, layer: Sequence[Neuron]) -> list[int]:
        """Return the rows of each neuron of a layer, its connections beside it."""
        return [
            max(len(self._boxes(neuron)), (len(list(connections(neuron))) - 1) * self._apart + 1)
            for neuron in layer
        ]

    def _boxes(self, neuron: Neuron) -> list[str]:
        own = (neuron.label, neuron.output, gradient_of(neuron.output))
        return [name for name in own if name in self.network.quantities]

    def _place(self, neuron: Neuron, row: int, height: int, column: int) -> None:
        """Place a neuron and its connections into so many rows."""
        leading = list(connections(neuron))
        above = (height - (len(leading) - 1) * self._apart - 1) // 2
        rows = accumulate([row + above, *[self._apart] * (len(leading) - 1)])
        for (parameter, _), line in zip(leading, rows, strict=True):
            self.named[parameter] = (line, column + WEIGHT)
            if gradient_of(parameter) in self.network.quantities:
                self.named[gradient_of(parameter)] = (line, column + GRADIENT)
        boxes = self._boxes(neuron)
        first = row + (height - len(boxes)) // 2
        for line, name in enumerate(boxes, first):
            self.named[name] = (line, column + SUM)
        self.blocks[neuron.output] = range(first, first + len(boxes))

    def _place_errors(self, column: int) -> None:
        one = self.network.passes[0]
        for neuron, target, error in zip(one.layers[-1], one.targets, one.errors, strict=True):
            row = self.named[neuron.label][0]
            self.named |= {target: (row, column + 1), error: (row + 1, column + 1)}
            self.blocks[error] = range(row, row + 2)
        middle = TOP + (self._tallest - 1) // 2
        self.named["E_total"] = (middle, column + 5)
        self.blocks["E_total"] = range(middle, middle + 1)


def connections(neuron: Neuron) -> Iterator[tuple[str, str]]:
    """Yield what leads into a neuron and where it comes from, nowhere for a bias."""
    yield from zip(neuron.weights, neuron.sources, strict=True)
    if neuron.bias:
        yield neuron.bias, ""


def way(neuron: Neuron, source: str) -> str:
    """Return the text that tells where a connection leads."""
    return f"{name_text(source)} → {neuron.label}" if source else f"→ {neuron.label}"


def _height(heights: Sequence[int], apart: int) -> int:
    return sum(heights) + (len(heights) - 1) * apart
