"""Wrong formulas of a quantity, and every name from the catalogue that a wrong formula may have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from handmade.formulas import mentions
from handmade.runs import network_of
from handmade.samples import alike, samples_of
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import expanded
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Subject
from sheetprop.spec import Architecture

FARTHEST = 9


@dataclass(frozen=True)
class Wrong:
    """A wrong tree that a mistake makes of a quantity."""

    quantity: str
    mistake: str
    tree: Expr
    phrase: str
    signature: str
    cost: int


@dataclass(frozen=True)
class Catalogue:
    """All wrong trees of a quantity, with their values at the samples, one row for each."""

    wrongs: tuple[Wrong, ...]
    values: NDArray[np.float64]

    def names_of(self, values: NDArray[np.float64]) -> frozenset[str]:
        """Return the mistakes that make a tree with these values, at the least cost."""
        if not self.wrongs:
            return frozenset()
        same = [self.wrongs[k] for k in np.flatnonzero(alike(self.values, values))]
        least = min((wrong.cost for wrong in same), default=0)
        return frozenset(wrong.mistake for wrong in same if wrong.cost == least)


@lru_cache(maxsize=4000)
def catalogue_of(architecture: Architecture, quantity: str) -> Catalogue:
    """Return what the catalogue makes of a quantity, as far as it is wrong."""
    network, samples = network_of(architecture), samples_of(architecture)
    stated = network.quantities[quantity]
    right = samples.value(stated.tree) if stated.tree is not None else None
    if right is None:
        return Catalogue((), np.empty((0, 0)))
    wrongs, rows = [], []
    for wrong in _made(network, quantity):
        values = samples.value(wrong.tree)
        if values is not None and not alike(values, right):
            wrongs.append(wrong)
            rows.append(values)
    return Catalogue(tuple(wrongs), np.array(rows))


def _made(network: Network, quantity: str) -> list[Wrong]:
    stated = network.quantities[quantity]
    assert stated.tree is not None
    forms = dict.fromkeys((stated.tree, expanded(stated.tree)))
    return [
        Wrong(quantity, mistake.name, made.tree, made.phrase, made.signature, made.cost)
        for tree in forms
        for mistake in MISTAKES
        for made in mistake.variants(Subject(replace(stated, tree=tree), network))
    ]


def names_of(architecture: Architecture, quantity: str, tree: Expr) -> frozenset[str]:
    """Return the names that a wrong tree of a quantity may be given; empty if there are none."""
    values = samples_of(architecture).value(tree)
    if values is None:
        return frozenset()
    return catalogue_of(architecture, quantity).names_of(values)


def is_wrong(architecture: Architecture, quantity: str, tree: Expr) -> bool:
    """Whether a tree computes something else than its quantity."""
    samples = samples_of(architecture)
    stated = network_of(architecture).quantities[quantity].tree
    assert stated is not None
    values, right = samples.value(tree), samples.value(stated)
    return values is not None and right is not None and not alike(values, right)


def usable(network: Network, quantity: str, mistake: str) -> list[Wrong]:
    """Return the wrong trees of one mistake that a worksheet can calculate."""
    found = catalogue_of(network.architecture, quantity).wrongs
    return [
        wrong
        for wrong in found
        if wrong.mistake == mistake and not is_circular(network, quantity, wrong.tree)
    ]


@lru_cache(maxsize=4000)
def is_circular(network: Network, quantity: str, tree: Expr) -> bool:
    """Whether a tree needs its own quantity of this or a later iteration."""
    reached: set[Name] = set()
    open_names = [name for name in mentions(tree) if name.name != LEARNING_RATE]
    while open_names:
        name = open_names.pop()
        if name.name == quantity and name.shift >= 0:
            return True
        if name in reached or not -2 <= name.shift <= FARTHEST:
            continue
        reached.add(name)
        behind = tree if name.name == quantity else network.quantities[name.name].tree
        open_names += [
            Name(n.name, n.shift + name.shift)
            for n in (mentions(behind) if behind is not None else ())
            if n.name != LEARNING_RATE
        ]
    return False


def drawn_wrong(network: Network, mistake: str, draw: Random) -> Wrong | None:
    """Draw a quantity and a wrong tree that a mistake makes of it, None if it makes none."""
    quantities = [name for name, q in network.quantities.items() if q.tree is not None]
    for quantity in draw.sample(quantities, len(quantities)):
        wrongs = usable(network, quantity, mistake)
        if wrongs:
            return draw.choice(wrongs)
    return None
