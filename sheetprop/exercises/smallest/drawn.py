"""The lines of the network on the page of the smallest exercise: connections, and around neurons.

A connection leads from a neuron to its own row of boxes, and from there to the next neuron.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.exercises.smallest.places import (
    BETWEEN,
    GRADIENT,
    INPUTS,
    LAYERS,
    SUM,
    WEIGHT,
    Places,
    connections,
    way,
)
from sheetprop.maths.neurons import Neuron
from sheetprop.notation.text import name_text
from sheetprop.workbooks.look import Wire
from sheetprop.workbooks.sheet import Address

_Block = tuple[Address, Address]
_ERROR, _TOTAL = 1, 5  # columns right of the layers


def wires(places: Places) -> Iterator[Wire]:
    """Yield all lines of the page."""
    one = places.network.passes[0]
    blocks = {name: _block(places, name, INPUTS) for name in one.inputs}
    for number, layer in enumerate(one.layers):
        column = LAYERS + number * BETWEEN
        blocks |= {n.output: _block(places, n.output, column + SUM) for n in layer}
        for neuron in layer:
            yield from _connected(places, neuron, column, blocks)
    for neuron, error in zip(one.layers[-1], one.errors, strict=True):
        blocks[error] = _block(places, error, places.errors + _ERROR)
        yield Wire(blocks[neuron.output], blocks[error], f"{neuron.label} → {error}")
    total = _block(places, "E_total", places.errors + _TOTAL)
    for error in one.errors:
        yield Wire(blocks[error], total, f"{error} → E_total")
    for name, block in {**blocks, "E_total": total}.items():
        yield Wire(block, None, name_text(name))


def _connected(
    places: Places, neuron: Neuron, column: int, blocks: dict[str, _Block]
) -> Iterator[Wire]:
    """Yield the lines of what leads into a neuron."""
    for parameter, source in connections(neuron):
        row = places.named[parameter][0]
        boxes = (row, column + WEIGHT), (row, column + GRADIENT + 2)
        text = f"{parameter}: {way(neuron, source)}"
        if source:
            yield Wire(blocks[source], boxes, text)
        yield Wire(boxes, blocks[neuron.output], text)


def _block(places: Places, name: str, column: int) -> _Block:
    rows = places.blocks[name]
    return (rows[0], column), (rows[-1], column + 2)
