"""One mistake of the catalogue made on purpose: where in a network it hides best.

Of all the ways to make it, that one is taken which changes the wrong formula's value least: it is
what a curve of E_total shows least of.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetprop.calculating.run_values import excel_value, rows
from sheetprop.caller import argument
from sheetprop.errors import SpecError
from sheetprop.exercises.planted.bugs import is_named, steps_of, usable
from sheetprop.exercises.planted.likely import is_likely
from sheetprop.lessons.contrast.slip import Slip, WrongTree
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import nodes
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Mistake, Variant
from sheetprop.spec import Spec
from sheetprop.validate import shown, suggestion
from sheetprop.workbooks.sheet import ExcelError

LEAST_CHANGE = 1e-5
"""Relative: what changes a value by less could not be told from rounding by a difference."""

_ROWS, _NOW = 4, 1  # a short run, and the iteration in which the changes are measured
_MOST_TRIED = 200

_Values = Sequence[Mapping[str, float | ExcelError]]


def rewriting(text: str) -> Mistake:
    """Return the mistake of a name or code that makes wrong formulas.

    Raises:
        SpecError: there is none, or it makes no formula wrong.

    """
    known = {one.name: one for one in MISTAKES if one.is_rewrite}
    for one in known.values():
        if text.casefold() in (one.name, one.code.casefold()):
            return one
    names = ", ".join(known)
    problem = f"must be a mistake that rewrites formulas ({names}), not {shown(text)}"
    raise SpecError(argument("with_mistake"), None, problem + suggestion(text, list(known)))


def slip_of(spec: Spec, text: str) -> Slip:
    """Return the mistake of a name or code, as it is made in the network of a lesson.

    Raises:
        SpecError: there is no such mistake, or it cannot be made there.

    """
    mistake, network = rewriting(text), Network(spec.architecture)
    values = _values(spec, network)
    iterations = max(spec.iterations, _ROWS)
    for made in _hidden_best(network, mistake, values, iterations)[:_MOST_TRIED]:
        if is_named(network, made.quantity, mistake, made.variant.tree):
            found = dict(_alike(network, mistake, made, iterations))
            return Slip(mistake.name, mistake.code, found)
    problem = f"{mistake.name} cannot be made in the network of {spec.name}"
    raise SpecError(argument("with_mistake"), None, problem)


@dataclass(frozen=True, slots=True)
class _Made:
    """A way to make the mistake, and by how much it changes the quantity and its formula."""

    quantity: str
    variant: Variant
    change: float
    rewritten: int
    is_likely: bool

    @property
    def rank(self) -> tuple[bool, int, int, float]:
        """What people do comes first, then the smallest slips, of these what changes least."""
        return not self.is_likely, self.variant.cost, self.rewritten, self.change


def _hidden_best(
    network: Network, mistake: Mistake, values: _Values, iterations: int
) -> list[_Made]:
    """Return the ways to make a mistake, by rank."""
    found = [
        _Made(
            name,
            variant,
            change,
            abs(_size(variant.tree) - _size(quantity.tree)),
            is_likely(network, mistake.name, name, variant.tree),
        )
        for name, quantity in network.quantities.items()
        if quantity.tree is not None and _may_be_wrong(network, name)
        for variant in usable(network, iterations, name, mistake)
        for change in _change(quantity.tree, variant.tree, values)
    ]
    return sorted(found, key=lambda one: one.rank)


def _size(tree: Expr) -> int:
    return sum(1 for _ in nodes(tree))


def _may_be_wrong(network: Network, name: str) -> bool:
    """Whether a gradient check can tell a wrong tree of a quantity.

    It takes the gradient from an update; where more than a gradient stands in that, it cannot.
    """
    return not (network.settings and network.quantities[name].is_given_first)


def _alike(
    network: Network, mistake: Mistake, made: _Made, iterations: int
) -> Iterator[tuple[str, WrongTree]]:
    """Yield the quantities in which the same slip is made: whoever makes it makes it in all."""
    own = network.quantities[made.quantity]
    yield made.quantity, _wrong(network, iterations, made.quantity, made.variant.tree)
    for name, quantity in network.quantities.items():
        if name == made.quantity or quantity.kind != own.kind or quantity.tree is None:
            continue
        for variant in usable(network, iterations, name, mistake):
            same = variant.signature == made.variant.signature and variant.case == made.variant.case
            if same and is_named(network, name, mistake, variant.tree):
                yield name, _wrong(network, iterations, name, variant.tree)
                break


def _wrong(network: Network, iterations: int, name: str, tree: Expr) -> WrongTree:
    return WrongTree(tree, steps_of(network, iterations, name, tree))


def _values(spec: Spec, network: Network) -> _Values:
    """Return the first rows of a right run."""
    turns = [{name: spec.start(turn)[name] for name in network.data} for turn in range(spec.turns)]
    rate = spec.learning_rates[0]
    table = rows(network, spec.start(), rate, _ROWS, turns)
    return [
        {**dict(zip(network.quantities, row, strict=True)), LEARNING_RATE: rate} for row in table
    ]


def _change(right: Expr, wrong: Expr, values: _Values) -> Iterator[float]:
    """Yield the relative change of a value where it can be seen, nothing where it cannot."""

    def value_of(leaf: Name) -> float | ExcelError:
        return dict(enumerate(values))[_NOW + leaf.shift][leaf.name]

    try:
        results = [excel_value(tree, value_of) for tree in (right, wrong)]
    except KeyError:  # an iteration too far away
        return
    before, after = results
    if isinstance(before, ExcelError) or isinstance(after, ExcelError):
        return
    largest = max(abs(before), abs(after))
    change = abs(after - before) / largest if largest else 0.0
    if change > LEAST_CHANGE and math.isfinite(change):
        yield change
