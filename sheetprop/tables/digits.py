"""The digits that a typed number shows: half a unit of the last, and e among them."""

from __future__ import annotations

import math
from collections.abc import Collection
from decimal import Decimal

from sheetprop.maths.trees.expr import Expr, Number, Power
from sheetprop.maths.trees.walk import nodes, replace_at, walk

FEWEST_OF_E = 0.001
"""So close to e a number must be to stand for it: 2.718 does, 2.7 is another number."""

FEWEST_CHOSEN = 3
"""So many numbers tell that they were chosen."""


def half_unit(number: float, digits: int = 0) -> float:
    """Return half a unit of the last digit that a number shows, 0 for 0.

    With `digits`, zeros at its end that were not written are counted up to so many digits.
    """
    if not number or not math.isfinite(number):
        return 0.0
    _, shown, exponent = Decimal(repr(number)).as_tuple()
    assert isinstance(exponent, int)
    return 0.5 * 10.0 ** (exponent - max(0, digits - len(shown)))


def are_chosen(numbers: Collection[float]) -> bool:
    """Whether numbers are steps of a half, as somebody chooses inputs: then none is rounded."""
    return len(numbers) >= FEWEST_CHOSEN and all(float(2 * one).is_integer() for one in numbers)


def digits_of(number: float) -> int:
    """Return how many digits a number shows, without zeros in front."""
    return len(Decimal(repr(number)).as_tuple().digits) if math.isfinite(number) else 0


def is_short_e(tree: Expr) -> bool:
    """Whether a tree is the number e with fewer digits than a cell has, rounded or cut off."""
    if not isinstance(tree, Number):
        return False
    off = abs(tree.value - math.e)
    return 1e-14 < off <= min(2 * half_unit(tree.value), FEWEST_OF_E)


def with_whole_e(tree: Expr) -> Expr:
    """Return a tree with e in full where a power has it typed with fewer digits.

    ``2.71828^-h1`` is a way to write EXP(-h1): its digits are a remark, the formula is right.
    """
    if not any(type(node) is Power and is_short_e(node.children[0]) for node in nodes(tree)):
        return tree  # nearly always, and found quicker without paths
    for path, node in list(walk(tree)):
        if isinstance(node, Power) and is_short_e(node.children[0]):
            tree = replace_at(tree, (*path, 0), Number(math.e))
    return tree
