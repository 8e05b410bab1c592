"""Where the parts of the network stand on the page of the smallest exercise.

From left to right: the inputs, the connections into each layer, its neurons, the errors. Each
connection has a row of its own with its weight; a neuron's boxes stand beside its connections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sheetprop.maths.names import gradient_of
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.notation.text import name_text
from sheetprop.workbooks.sheet import Address

TOP, INPUTS, LAYERS = 7, 1, 4  # a row, and two columns
_BETWEEN = 10  # columns from layer to layer
WAY, WEIGHT, GRADIENT, SUM = 0, 1, 3, 6  # columns of a layer; a value stands right of its name


@dataclass
class Places:
    """The cell that names each quantity; its number stands right of it, and a verdict behind that.

    `ways` are the texts that tell where a connection leads.
    """

    network: Network
    named: dict[str, Address] = field(default_factory=dict)
    ways: dict[Address, str] = field(default_factory=dict)
    last: int = TOP

    def __post_init__(self) -> None:
        for number, layer in enumerate(self.network.layers):
            row = TOP
            for neuron in layer:
                row = self._place(neuron, row, LAYERS + number * _BETWEEN)
        inputs = self.network.passes[0].inputs
        apart = max(1, (self.last - TOP + 1) // len(inputs))
        for number, name in enumerate(inputs):
            self.named[name] = (TOP + apart * number, INPUTS)
        self._place_errors(LAYERS + len(self.network.layers) * _BETWEEN)

    @cached_property
    def columns(self) -> Mapping[int, float]:
        """Return the widths of the columns."""
        widths = {INPUTS: 5.0, INPUTS + 1: 9.0, INPUTS + 2: 2.0}
        for number in range(len(self.network.layers)):
            first = LAYERS + number * _BETWEEN
            own = (11.0, 5.0, 9.0, 8.0, 11.0, 3.0, 8.0, 11.0, 3.0, 2.0)
            widths |= {first + k: width for k, width in enumerate(own)}
        errors = LAYERS + len(self.network.layers) * _BETWEEN
        return widths | {errors: 8.0, errors + 1: 11.0, errors + 2: 3.0}

    def value(self, name: str) -> Address:
        """Return the cell of a quantity's number."""
        row, column = self.named[name]
        return row, column + 1

    def verdict(self, name: str) -> Address:
        """Return the cell that says whether a box is right."""
        row, column = self.named[name]
        return row, column + 2

    def _place(self, neuron: Neuron, row: int, column: int) -> int:
        """Place a neuron and its connections, and return the first row of the next one."""
        for number, (parameter, source) in enumerate(_connections(neuron)):
            arrow = f"{name_text(source)} → " if source else "→ "
            self.ways[row + number, column + WAY] = arrow + neuron.label
            self.named[parameter] = (row + number, column + WEIGHT)
            if gradient_of(parameter) in self.network.quantities:
                self.named[gradient_of(parameter)] = (row + number, column + GRADIENT)
        own = (neuron.label, neuron.output, gradient_of(neuron.output))
        boxes = [name for name in own if name in self.network.quantities]
        for number, name in enumerate(boxes):
            self.named[name] = (row + number, column + SUM)
        end = row + max(len(boxes), len(neuron.weights) + bool(neuron.bias))
        self.last = max(self.last, end)
        return end + 1

    def _place_errors(self, column: int) -> None:
        one = self.network.passes[0]
        row = TOP
        for neuron, target, error in zip(one.layers[-1], one.targets, one.errors, strict=True):
            row = max(row, self.named[neuron.label][0])
            self.named |= {target: (row, column), error: (row + 1, column)}
            row += 3
        self.named["E_total"] = (row, column)
        self.last = max(self.last, row)


def _connections(neuron: Neuron) -> Iterator[tuple[str, str]]:
    """Yield what leads into a neuron and where it comes from, nowhere for a bias."""
    yield from zip(neuron.weights, neuron.sources, strict=True)
    if neuron.bias:
        yield neuron.bias, ""
