"""On which weights' paths the lines of the derivation lie."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.lessons.parts.reach import reaching
from sheetprop.maths.chain import NEW, Chain
from sheetprop.maths.names import gradient_of, velocity_of
from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.walk import names

_FORWARD = ("sum", "activation", "error", "total error")


def paths_of(chain: Chain, trees: Mapping[str, Expr]) -> Mapping[str, frozenset[str]]:
    """Return, by the name of each line, the parameters on whose paths it lies.

    On the path of a parameter lie what it reaches on the way forward, every factor that its
    gradient is made of, the gradient itself and the update.
    """
    network = chain.network
    reach = reaching(network)
    found = {name: set[str]() for name in trees}
    for name in trees:
        quantity = network.quantities.get(name)
        if quantity is not None and quantity.kind in _FORWARD:
            found[name] |= reach.get(name, frozenset())
    for parameter in network.parameters:
        ends = (chain.gradient_name(parameter), gradient_of(parameter))
        updates = (parameter + NEW, velocity_of(parameter) + NEW)
        own = [name for name in (*ends, *updates) if name in trees]
        own += [name for name in trees if name.endswith(f"/d{parameter}")]
        for name in own:
            found[name].add(parameter)
        for name in _factors(trees, [name for name in ends if name in trees]):
            found[name].add(parameter)
    return {name: frozenset(paths) for name, paths in found.items()}


def _factors(trees: Mapping[str, Expr], ends: list[str]) -> set[str]:
    """Return the lines of partial derivatives that some lines are made of."""
    seen = set(ends)
    waiting = list(ends)
    while waiting:
        leaves = {leaf.name for leaf in names(trees[waiting.pop()])}
        new = {n for n in leaves if n in trees and "/d" in n and n not in seen}
        seen |= new
        waiting += new
    return seen
