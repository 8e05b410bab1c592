"""What makes numbers a good exercise: something can be learned from every cell, and from no slip.

A draw is refused whose neurons hardly let anything through, whose curves cannot be told apart,
whose targets are equal or reached at once, or in which a mistake of the catalogue gives the right
numbers by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np

from sheetprop.maths.matrix_functions import ACTIVATIONS, Array
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trace import run
from sheetprop.maths.trees.code import code_of, defined
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Subject
from sheetprop.spec import Architecture, Spec
from sheetprop.tables.points import FUNCTIONS, points_of

LEAST_SLOPE = 0.02
"""A neuron with a smaller slope hardly learns: 0.02 is that of a sigmoid at 0.98."""

LEAST_LOSS = 1e-3
LEAST_GAP = 0.02
"""Between the curves of two rates, as a part of the height of the picture: two of 100 pixels."""

NEAREST_TARGETS = 0.1
TOLERANCE = 1e-6
"""Relative difference up to which a wrong formula gives the right number."""

Wrong = tuple[str, str, Expr]
"""A mistake's name, the quantity in which it is made, and the wrong tree."""

MOST_TREES = 20_000
MOST_STEPS = 12
STEPS = (1, 2, 0)
"""Iterations in which a wrong formula is tried, from the first that all shifts reach."""


def problem(spec: Spec, unseen: Collection[Wrong] = ()) -> str | None:
    """Return why the numbers of a lesson are no good exercise, as half a sentence, or None.

    `unseen` are mistakes that no numbers of the lesson show.
    """
    shape = spec.architecture
    if len(spec.targets) == shape.layers[-1] and shape.output_activation != "softmax":
        nearest = min((b - a for a, b in pairwise(sorted(spec.targets))), default=1.0)
        if nearest < NEAREST_TARGETS - 1e-9:
            return "two targets are nearly equal"
    with np.errstate(all="ignore"):
        values = run(spec, spec.learning_rates, spec.iterations).values
        checks = (_of_losses(values["E_total"]), _of_slopes(spec, values))
    reason = next((found for found in checks if found), None)
    if reason:
        return reason
    hidden = next((one for one in hidden_in(spec, values) if one not in unseen), None)
    return hidden and f"the mistake {hidden[0]} in {hidden[1]} gives the right numbers"


def unseen_in(spec: Spec) -> frozenset[Wrong]:
    """Return the mistakes that the data of a lesson hide, where students keep these data.

    An input 0 makes every factor beside it look right: that is the lesson's choice.
    """
    if len(spec.inputs) == spec.architecture.layers[0]:
        return frozenset()
    with np.errstate(all="ignore"):
        values = run(spec, spec.learning_rates, spec.iterations).values
    return frozenset(hidden_in(spec, values))


def _of_losses(losses: Array) -> str | None:
    """Return what is wrong with the curves of E_total, a row for each rate."""
    if not np.isfinite(losses).all():
        return "a run grows beyond all numbers"
    if losses[0, 0] < LEAST_LOSS:
        return "there is nothing to learn, since the targets are reached at the start"
    height = losses.max() - losses.min()
    gaps = (np.abs(a - b).max() for k, a in enumerate(losses) for b in losses[:k])
    if losses.shape[1] > 1 and min(gaps, default=height) < LEAST_GAP * height:
        return "the curves of two learning rates cannot be told apart"
    return None


def _of_slopes(spec: Spec, values: Mapping[str, Array]) -> str | None:
    """Return which neuron lets nothing through; of several examples one is enough for it."""
    has_several = len(spec.inputs) > spec.architecture.layers[0]
    largest: dict[str, float] = {}
    for layer, unit in zip(
        Network(spec.architecture).layers, spec.architecture.activation_of_layers, strict=True
    ):
        for neuron in layer:
            a = values[neuron.output]
            slopes = ACTIVATIONS[unit][1](a, values[neuron.output.removeprefix("a_")])
            least = float(slopes[:, 0].max() if has_several else slopes.min())
            plain = neuron.label.partition("@")[0]
            largest[plain] = max(least, largest.get(plain, 0.0))
    saturated = (label for label, slope in largest.items() if not slope >= LEAST_SLOPE)
    label = next(saturated, None)
    return None if label is None else f"the neuron {label} is saturated"


def hidden_in(spec: Spec, values: Mapping[str, Array]) -> Iterator[Wrong]:
    """Yield the mistakes that would not be seen in the numbers of the first run."""
    columns = {name: array[0, :MOST_STEPS].tolist() for name, array in values.items()}
    rate = spec.learning_rates[0]
    for one, formula in compiled(spec.architecture):
        own = columns[one[1]]
        wrong = _values(formula, columns, rate, len(own))
        first = next(wrong, None)  # nearly always differs, which settles it
        if first and all(_is_same(number, own[step]) for step, number in chain([first], wrong)):
            yield one


@dataclass(frozen=True, slots=True)
class _Formula:
    """A tree as code, of the columns of values, the rate and the step.

    `earliest` is how many iterations back it looks at most.
    """

    earliest: int
    of: Callable[[Mapping[str, Sequence[float]], float, int], float]


@lru_cache(maxsize=4)
def compiled(shape: Architecture) -> Sequence[tuple[Wrong, _Formula]]:
    """Return the mistakes with their trees as code, since every draw computes all of them."""
    wrong = wrong_trees(shape)
    lines = [f"lambda c, r, s: {code_of(tree, _leaf, FUNCTIONS)}" for _, _, tree in wrong]
    formulas = defined(f"formulas = [{', '.join(lines)}]", FUNCTIONS)["formulas"]
    earliest = (min((leaf.shift for leaf in names(tree)), default=0) for _, _, tree in wrong)
    return tuple(zip(wrong, map(_Formula, earliest, formulas), strict=True))


def _leaf(leaf: Expr) -> str:
    assert isinstance(leaf, Name)
    return "r" if leaf.name == LEARNING_RATE else f"c[{leaf.name!r}][s{leaf.shift:+d}]"


@lru_cache(maxsize=4)
def wrong_trees(shape: Architecture) -> Sequence[Wrong]:
    """Return the mistakes of the catalogue as wrong trees, each with its quantity."""
    network, points = Network(shape), points_of(shape)
    found: dict[tuple[str, Expr], str] = {}
    for name, quantity in network.quantities.items():
        for mistake in MISTAKES if quantity.tree is not None else ():
            for variant in mistake.variants(Subject(quantity, network)):
                if len(found) >= MOST_TREES:
                    break
                found.setdefault((name, variant.tree), mistake.name)
    return tuple(
        (mistake, name, tree)
        for (name, tree), mistake in found.items()
        if (right := network.quantities[name].tree) is not None and not points.same(tree, right)
    )


def _values(
    formula: _Formula, columns: Mapping[str, Sequence[float]], rate: float, iterations: int
) -> Iterator[tuple[int, float]]:
    """Yield what a formula comes to in the first iterations, as far as they are there."""
    for step in STEPS[:2] if iterations > STEPS[1] else STEPS[2:]:
        if step + formula.earliest >= 0:
            with suppress(LookupError, ArithmeticError, ValueError):
                yield step, formula.of(columns, rate, step)


def _is_same(left: float, right: float) -> bool:
    return bool(abs(left - right) <= TOLERANCE * max(abs(left), abs(right)))
