"""What makes numbers a good exercise: something can be learned from every cell, and from no slip.

A draw is refused whose neurons hardly let anything through, whose curves cannot be told apart,
whose targets are equal or reached at once, or in which a mistake of the catalogue gives the right
numbers by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

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
"""Iterations in which a wrong formula is tried, from the first that all shifts reach.

Where examples come in turn, it is tried with each of them.
"""

MANY = 0.2
"""The part of the draws in which a mistake is hidden that no draw can be blamed for."""


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
        values = _run(spec)
        checks = (_of_losses(values["E_total"]), _of_slopes(spec, values))
    reason = next((found for found in checks if found), None)
    if reason:
        return reason
    hidden = next((one for one in hidden_in(spec, values) if one not in unseen), None)
    return hidden and f"the mistake {hidden[0]} in {hidden[1]} gives the right numbers"


def unseen_in(spec: Spec, others: Iterable[Spec] = ()) -> frozenset[Wrong]:
    """Return the mistakes that the data of a lesson hide, where students keep these data.

    An input or a target 0 makes every factor beside it look right: that is the lesson's choice.
    What is hidden in many of the `others`, draws of the lesson, is hidden by its data as well; in
    its own numbers another slip may show only because it takes the logarithm of less than nothing.
    """
    if len(spec.inputs) == spec.architecture.layers[0]:
        return frozenset()
    trials = list(others)
    with np.errstate(all="ignore"):
        hidden = [frozenset(hidden_in(one, _run(one))) for one in (spec, *trials)]
    counts = Counter(one for found in hidden[1:] for one in found)
    return hidden[0] | {one for one, count in counts.items() if count > MANY * len(trials)}


def _run(spec: Spec) -> Mapping[str, Array]:
    return run(spec, spec.learning_rates, spec.iterations).values


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
    rate, steps = spec.learning_rates[0], _steps(spec)
    for one, formula in compiled(spec.architecture):
        own = columns[one[1]]
        try:  # the first iteration nearly always differs, which settles it at once
            reaches = formula.earliest + steps[0] >= 0
            if reaches and not _is_same(formula.of(columns, rate, steps[0]), own[steps[0]]):
                continue
        except (LookupError, ArithmeticError, ValueError):
            pass
        found = [_is_same(value, own[k]) for k, value in _values(formula, columns, rate, steps)]
        if found and all(found):
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


def _steps(spec: Spec) -> Sequence[int]:
    """Return the iterations in which wrong formulas are tried."""
    if spec.iterations <= STEPS[1]:
        return STEPS[2:]
    examples = len(spec.inputs) // spec.architecture.layers[0] if spec.in_turn else 1
    return range(STEPS[0], min(max(STEPS[1], examples), MOST_STEPS - 2, spec.iterations - 1) + 1)


def _values(
    formula: _Formula, columns: Mapping[str, Sequence[float]], rate: float, steps: Sequence[int]
) -> Iterator[tuple[int, float]]:
    """Yield what a formula comes to in some iterations, as far as they are there."""
    for step in steps:
        if step + formula.earliest >= 0:
            with suppress(LookupError, ArithmeticError, ValueError):
                yield step, formula.of(columns, rate, step)


def _is_same(left: float, right: float) -> bool:
    return bool(abs(left - right) <= TOLERANCE * max(abs(left), abs(right)))
