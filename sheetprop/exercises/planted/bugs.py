"""Mistakes drawn from the catalogue, each in a formula of its own, such that `check` names it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.exercises.planted.likely import is_likely
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.search import explain
from sheetprop.tables.points import Unreachable, points_of

SHARE = 3
"""At most one formula of so many is wrong: among more mistakes nothing tells what was meant."""

MOST_DRAWS = 400
_LIKELY_ROUNDS = 4
OF_NETWORKS = tuple(one for one in MISTAKES if not (one.is_of_rows or one.is_of_arrays))


@dataclass(frozen=True, slots=True)
class Bug:
    """One mistake: in which quantity, what its tree becomes, and in which iterations."""

    quantity: str
    mistake: Mistake
    variant: Variant
    steps: range


def most_mistakes(network: Network) -> int:
    """Return how many formulas of a network may be wrong at once."""
    computed = sum(quantity.tree is not None for quantity in network.quantities.values())
    return max(1, computed // SHARE)


def draw_bugs(network: Network, iterations: int, number: int, draw: random.Random) -> list[Bug]:
    """Return so many mistakes in different quantities, as different as may be.

    Mistakes that students make go first; where there are not enough, others that could be made.

    Raises:
        SpecError: there are not so many.

    """
    found: list[Bug] = []
    kinds: list[Mistake] = []
    rounds = 0
    for _ in range(MOST_DRAWS):
        if len(found) == number:
            return found
        if not kinds:
            rounds += 1
            kinds = draw.sample(OF_NETWORKS, len(OF_NETWORKS))
        taken = {bug.quantity for bug in found}
        is_any = rounds > _LIKELY_ROUNDS
        bug = _draw_bug(network, iterations, kinds.pop(), taken, draw, is_any=is_any)
        if bug:
            found.append(bug)
    problem = f"{number} mistakes are too many: only {len(found)} can be made in this network"
    raise SpecError(argument("mistakes"), None, problem)


def _draw_bug(
    network: Network,
    iterations: int,
    mistake: Mistake,
    taken: set[str],
    draw: random.Random,
    *,
    is_any: bool,
) -> Bug | None:
    """Return the mistake in some quantity that has none yet, or None where it cannot be made."""
    free = [name for name, q in network.quantities.items() if q.tree and name not in taken]
    for name in draw.sample(free, len(free)):
        found = list(usable(network, iterations, name, mistake))
        draw.shuffle(found)
        # The smallest slips first: they are what people do.
        for variant in sorted(found, key=lambda one: one.cost):
            likely = is_any or is_likely(network, mistake.name, name, variant.tree)
            if likely and is_named(network, name, mistake, variant.tree):
                return Bug(
                    name, mistake, variant, steps_of(network, iterations, name, variant.tree)
                )
    return None


def usable(network: Network, iterations: int, name: str, mistake: Mistake) -> Iterator[Variant]:
    """Yield what a mistake makes of a quantity's tree, if nearly every row can calculate that."""
    most = iterations - network.quantities[name].is_given_first
    for variant in mistake.variants(Subject(network.quantities[name], network)):
        rows = len(steps_of(network, iterations, name, variant.tree))
        if rows and rows >= most - 1 and not is_circular(network, name, variant.tree):
            yield variant


def is_named(network: Network, name: str, mistake: Mistake, tree: Expr) -> bool:
    """Whether a tree is wrong, and this mistake explains it best."""
    points = points_of(network.architecture)
    right = network.quantities[name].tree
    try:
        points.evaluate(tree)
    except Unreachable:
        return False
    if right is None or points.same(tree, right):
        return False
    return [one.mistake for one in explain(MISTAKES, points, name, tree)] == [mistake]


def steps_of(network: Network, iterations: int, name: str, tree: Expr) -> range:
    """Return the iterations in which everything a tree mentions stands in the table."""
    shifts = [leaf.shift for leaf in names(tree)] or [0]
    first = 1 if network.quantities[name].is_given_first else 0
    return range(max(first, -min(shifts)), iterations - max(0, *shifts))


def is_circular(network: Network, name: str, tree: Expr) -> bool:
    """Whether a quantity with this tree would come from itself in the same iteration or a later."""
    seen = set(names(tree))
    waiting = list(seen)
    while waiting:
        leaf = waiting.pop()
        if leaf.shift >= 0 and leaf.name == name:
            return True
        for further in _comes_from(network, leaf):
            if further.shift >= 0 and further not in seen:
                seen.add(further)
                waiting.append(further)
    return False


def _comes_from(network: Network, leaf: Name) -> Iterator[Name]:
    quantity = network.quantities.get(leaf.name)
    tree = quantity.tree if quantity else None
    for further in names(tree) if tree is not None else ():
        yield Name(further.name, leaf.shift + further.shift)
