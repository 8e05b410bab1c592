"""Which network a table trains: its activations and error function, read from its own formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from sheetprop.maths.activations import ACTIVATIONS, SOFTMAX
from sheetprop.maths.losses import CATEGORICAL, LOSSES
from sheetprop.maths.names import family, kind, target_of, without_sample
from sheetprop.maths.network import network_of
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names, substitute
from sheetprop.spec import Architecture
from sheetprop.tables.lines import Reading, Readings
from sheetprop.tables.points import points_of

NONE: Readings = MappingProxyType({})


def fit(base: Architecture, readings: Readings, updates: Readings = NONE) -> Architecture:
    """Return the architecture with the activations and the error function the formulas show.

    Each is the one that most of its formulas agree with. Where all of these are wrong, the other
    formulas tell, which contain its slope; else it is sigmoid and half the squared error. Where
    neither error nor gradient has a formula, the `updates` tell of the error.
    """
    trains = any(family(n) == "dE/db" or _is_updated(n, found) for n, found in readings.items())
    best = replace(base, train_biases=trains)
    undecided: list[Part] = []
    untold: list[Part] = []
    for part in PARTS:
        formulas = [name for name in readings if family(name) in part.families]
        if part is ERROR and updates and not formulas:
            best, _ = part.best(best, [*updates], updates)
            continue
        best, agreeing = part.best(best, formulas, readings)
        if part is HIDDEN and agreeing < len(formulas) and len(base.layers) > 3:
            best, agreeing = _layer_by_layer(best, readings)
        if formulas and not agreeing:
            undecided.append(part)
        elif not formulas:
            untold.append(part)
    if HIDDEN in untold or OUTPUT in untold:
        all_told = [name for name in readings if kind(name) in (*TELLING, "sum")]
        linear = _without_activations(best, untold)
        best, agreeing = _best([best, *linear], all_told, readings)
        if agreeing == len(all_told):
            return best
    every = [name for name in readings if kind(name) in TELLING]
    if not 1 <= len(undecided) < len(PARTS):
        return best
    if ERROR not in undecided and OUTPUT in undecided:
        undecided.append(ERROR)  # it was chosen under an activation that nothing agrees with
    candidates = [best]
    for part in undecided:
        candidates = [option for candidate in candidates for option in part.options(candidate)]
    if OUTPUT in undecided and best.layers[-1] > 1:
        # Its error goes with softmax alone, though the gradients are those of others as well.
        candidates = [one for one in candidates if one.loss != CATEGORICAL.name]
        candidates.append(replace(OUTPUT.chosen(best, SOFTMAX), loss=CATEGORICAL.name))
    return _best(candidates, every, readings)[0]


def _is_updated(name: str, found: Sequence[Reading]) -> bool:
    """Whether a bias takes itself and something else, as updates with written out gradients do."""
    trees = [one.tree for one in found if one.tree is not None] if family(name) == "b" else []
    return any(Name(name, -1) in (own := names(tree)) and len(own) > 1 for tree in trees)


def _without_activations(base: Architecture, untold: list[Part]) -> list[Architecture]:
    """Return the architectures in which layers that have no column of activations have none."""
    for part in untold:
        base = base if part is ERROR else part.chosen(base, IDENTITY)
    return ERROR.options(base)


class Part(NamedTuple):
    """One thing to find out about an architecture: how it is set, what it may be, its formulas."""

    chosen: Callable[[Architecture, str], Architecture]
    choices: tuple[str, ...]
    families: tuple[str, ...]
    rare: Callable[[], list[str]] = list

    def options(self, base: Architecture) -> list[Architecture]:
        """Return the architectures that differ in this alone."""
        return [self.chosen(base, choice) for choice in self.choices]

    def best(
        self, base: Architecture, formulas: list[str], readings: Readings
    ) -> tuple[Architecture, int]:
        """Return what most formulas agree with, and how many do; the common ones first."""
        found, agreeing = _best(self.options(base), formulas, readings)
        if agreeing < len(formulas):
            rare = self.rare_options(found, formulas, readings)
            found, agreeing = _best([found, *rare], formulas, readings)
        return found, agreeing

    def rare_options(
        self, base: Architecture, formulas: list[str], readings: Readings
    ) -> list[Architecture]:
        """Return those that are not common, where a formula is exactly that.

        It is compared at the points of the network as it is taken to be: what an activation is made
        of has its values there, whatever it is taken for.
        """
        written = [(name, tree) for name in formulas if (tree := _tree(readings[name])) is not None]
        options = [self.chosen(base, name) for name in self.rare()]
        return [option for option in options if _is_any(option, base, written)]


def _is_any(option: Architecture, base: Architecture, written: list[tuple[str, Expr]]) -> bool:
    quantities, points = network_of(option).quantities, points_of(base)
    return any(
        name in quantities and points.same(tree, quantities[name].tree or tree)
        for name, tree in written
    )


def _layer_by_layer(base: Architecture, readings: Readings) -> tuple[Architecture, int]:
    """Return the architecture with what most formulas of each hidden layer agree with."""
    found, agreeing = base, 0
    for number, layer in enumerate(network_of(base).layers[:-1]):
        own = {without_sample(neuron.output) for neuron in layer}
        formulas = [name for name in readings if without_sample(name) in own]
        part = HIDDEN._replace(chosen=partial(_with_layer, number))
        found, count = part.best(found, formulas, readings)
        agreeing += count
    return found, agreeing


def _with_layer(number: int, base: Architecture, name: str) -> Architecture:
    units = list(base.activation_of_layers)
    units[number] = name
    return base.with_activations(tuple(units))


def _with_hidden(base: Architecture, name: str) -> Architecture:
    return base.with_activations((*((name,) * (len(base.layers) - 2)), base.output_activation))


IDENTITY = "identity"
COMMON = tuple(unit.name for unit in ACTIVATIONS.values() if unit.is_common)


def _rare(*others: str) -> list[str]:
    """Return the activations that are not common, of all that are registered by now."""
    return [*(unit.name for unit in ACTIVATIONS.values() if not unit.is_common), *others]


ERRORS = ("E", "dE/dw", "dE/db", "dE/da_h")
HIDDEN = Part(_with_hidden, COMMON, ("a_h",), _rare)
OUTPUT = Part(partial(_with_layer, -1), COMMON, ("a_o",), partial(_rare, SOFTMAX))
ERROR = Part(lambda a, name: replace(a, loss=name), tuple(LOSSES), ERRORS)
PARTS = (HIDDEN, OUTPUT, ERROR)
TELLING = ("activation", "error", "total error", "gradient", "hidden error")
"""Kinds of quantities whose formulas contain any of the parts."""


def _best(
    candidates: list[Architecture], formulas: list[str], readings: Readings
) -> tuple[Architecture, int]:
    """Return the first candidate that agrees with every formula, else with most, and how many."""
    most, winner = -1, candidates[0]
    for candidate in candidates:
        count = _agreeing(candidate, formulas, readings, most)
        if count > most:
            most, winner = count, candidate
        if count == len(formulas):
            break
    return winner, most


def _agreeing(candidate: Architecture, formulas: list[str], readings: Readings, most: int) -> int:
    """Return with how many formulas an architecture agrees; no more than `most` is not counted."""
    count = len(formulas)
    for name in formulas:
        count -= not _agrees(candidate, name, readings[name])
        if count <= most:
            break
    return count


def _agrees(architecture: Architecture, name: str, found: list[Reading]) -> bool:
    points = points_of(architecture)
    quantity = points.network.quantities.get(name)
    tree = _tree(found)
    if quantity is None or quantity.tree is None or tree is None:
        return False
    return points.same(_with_target(tree, name), quantity.tree)


def _tree(found: list[Reading]) -> Expr | None:
    """Return the tree of the formula that stands in most iterations."""
    read = [reading for reading in found if reading.tree is not None]
    return max(read, key=lambda reading: len(reading.steps)).tree if read else None


def _with_target(tree: Expr, error: str) -> Expr:
    """Return an error's tree with its own target, whichever it takes: that is not in question."""
    if kind(error) != "error":
        return tree

    def own(leaf: Expr) -> Expr | None:
        is_target = isinstance(leaf, Name) and kind(leaf.name) == "target"
        return Name(target_of(error)) if is_target else None

    return substitute(tree, own)
