"""Which mistakes students make: of all that could be put into a formula, those worth finding.

Each is also one that its explanation in the catalogue fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from sheetprop.maths.names import gradient_of
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import PREVIOUS
from sheetprop.maths.trees.expr import Expr, Name, Negative, Sum
from sheetprop.maths.trees.walk import names

BACKWARD = ("gradient", "hidden error")

Test = Callable[[Network, str, Expr], bool]
"""Whether a wrong tree of a quantity is likely."""


def is_likely(network: Network, mistake: str, quantity: str, tree: Expr) -> bool:
    """Whether a student may write this wrong tree for a quantity, by a mistake of this name."""
    test = _TESTS.get(mistake)
    return test is None or test(network, quantity, tree)


def _of_kinds(*kinds: str) -> Test:
    return lambda network, quantity, _: network.quantities[quantity].kind in kinds


def _loses_a_path(network: Network, quantity: str, tree: Expr) -> bool:
    """Whether the weight of a way back has gone, and with it the whole way."""
    lost = {leaf.name for leaf in _right(network, quantity)} - {leaf.name for leaf in names(tree)}
    return network.quantities[quantity].kind in BACKWARD and not lost.isdisjoint(network.weights)


def _goes_uphill(network: Network, quantity: str, tree: Expr) -> bool:
    """Whether an update adds what it should subtract, or a gradient points the other way."""
    if network.quantities[quantity].kind in BACKWARD:
        return True
    return (
        quantity in network.parameters
        and isinstance(tree, Sum)
        and tree.terms[0] == Name(quantity, PREVIOUS)
        and not isinstance(tree.terms[1], Negative)
    )


def _sum_or_activation(network: Network, quantity: str, tree: Expr) -> bool:
    """Whether a neuron's sum stands for its activation, or the other way round."""
    before = {leaf.name for leaf in _right(network, quantity)}
    after = {leaf.name for leaf in names(tree)}
    pairs = {frozenset((n.label, n.output)) for layer in network.layers for n in layer}
    return any(frozenset((new, old)) in pairs for new in after for old in before if new != old)


def _of_a_neighbour(network: Network, quantity: str, tree: Expr) -> bool:
    """Whether an update takes the gradient of the weight before or after."""
    used = {leaf.name for leaf in names(tree)}
    neighbours = [
        other for pair in pairwise(network.parameters) if quantity in pair for other in pair
    ]
    return any(gradient_of(other) in used for other in neighbours if other != quantity)


def _one_too_far(network: Network, quantity: str, tree: Expr) -> bool:
    """Whether the update of a weight has been filled into the column right of it."""
    del tree
    before = {after: name for name, after in pairwise(network.quantities)}
    return before.get(quantity) in network.parameters


def _right(network: Network, quantity: str) -> tuple[Name, ...]:
    tree = network.quantities[quantity].tree
    return () if tree is None else tuple(names(tree))


_TESTS: Mapping[str, Test] = {
    "extra-factor": _of_kinds(*BACKWARD),
    "factor-of-two": _of_kinds("error", *BACKWARD),
    "missing-brackets": _of_kinds("activation", *BACKWARD),
    "missing-factor": _of_kinds(*BACKWARD),
    "missing-path": _loses_a_path,
    "updated-activation": _one_too_far,
    "wrong-gradient": _of_a_neighbour,
    "wrong-kind": _sum_or_activation,
    "wrong-neuron": _of_kinds(*BACKWARD),
    "wrong-sign": _goes_uphill,
}
