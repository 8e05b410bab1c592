"""What a weight reaches: the path from it through the network to the error, and back again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sheetprop.maths.names import gradient_of
from sheetprop.maths.network import Network
from sheetprop.maths.trees.walk import names

_FORWARD = ("sum", "activation", "error", "total error")

Reach = Mapping[str, frozenset[str]]
"""By the name of a quantity, the parameters on whose paths it lies."""


def reaching(network: Network) -> Reach:
    """Return which parameters each of them, each quantity of the forward pass and gradient follows.

    A parameter lies on its own path; what is calculated from it within the iteration lies there,
    too, and of the gradients its own.
    """
    found = {name: frozenset({name}) for name in network.parameters}
    for name in network.order:
        quantity = network.quantities[name]
        if quantity.kind in _FORWARD and quantity.tree is not None:
            before = (leaf.name for leaf in names(quantity.tree) if not leaf.shift)
            found[name] = frozenset().union(*(found.get(other, ()) for other in before))
    return {**found, **{gradient_of(name): frozenset({name}) for name in network.parameters}}


def along(network: Network, reach: Reach, weight: str) -> frozenset[str]:
    """Return the parameters on whose paths the connection of a weight lies."""
    for neuron in (neuron for layer in network.layers for neuron in layer):
        if weight in neuron.weights:
            source = neuron.sources[neuron.weights.index(weight)]
            return frozenset({weight}) | reach.get(source, frozenset())
    return frozenset({weight})


def is_among(chosen: str, parameters: Collection[str]) -> str:
    """Return the condition, for a formula, that the parameter named in a cell is one of some."""
    if not parameters:
        return "FALSE"
    return f'ISNUMBER(FIND(" "&{chosen}&" "," {" ".join(sorted(parameters))} "))'
