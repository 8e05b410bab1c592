"""What makes numbers a good exercise: something can be learned from every cell, and from no slip.

A draw is refused whose neurons hardly let anything through, whose curves cannot be told apart,
whose targets are equal or reached at once, or in which a mistake of the catalogue gives the right
numbers by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from itertools import pairwise

import numpy as np

from sheetprop.calculating.run_values import rows
from sheetprop.classes.hidden import Wrong, hidden_in
from sheetprop.maths.matrix_functions import ACTIVATIONS, Array
from sheetprop.maths.network import Network, network_of
from sheetprop.maths.trace import run
from sheetprop.spec import Spec

LEAST_SLOPE = 0.02
"""A neuron with a smaller slope hardly learns: 0.02 is that of a sigmoid at 0.98."""

LEAST_LOSS = 1e-3
LEAST_GAP = 0.02
"""Between the curves of two rates, as a part of the height of the picture: two of 100 pixels."""

NEAREST_TARGETS = 0.1
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


def has_one_example(spec: Spec) -> bool:
    """Whether a lesson has one example, whose numbers are drawn like all others."""
    return len(spec.inputs) == spec.architecture.layers[0]


def unseen_in(spec: Spec, others: Iterable[Spec] = ()) -> frozenset[Wrong]:
    """Return the mistakes that the data of a lesson hide, where students keep these data.

    An input or a target 0 makes every factor beside it look right: that is the lesson's choice.
    What is hidden in many of the `others`, draws of the lesson, is hidden by its data as well; in
    its own numbers another slip may show only because it takes the logarithm of less than nothing.
    """
    if has_one_example(spec):
        return frozenset()
    trials = list(others)
    with np.errstate(all="ignore"):
        hidden = [frozenset(hidden_in(one, _run(one))) for one in (spec, *trials)]
    counts = Counter(one for found in hidden[1:] for one in found)
    return hidden[0] | {one for one, count in counts.items() if count > MANY * len(trials)}


def _run(spec: Spec) -> Mapping[str, Array]:
    """Return the runs of all rates; for few of them plain numbers are quicker than arrays."""
    if has_one_example(spec):
        network, start = network_of(spec.architecture), spec.start()
        found = [list(rows(network, start, r, spec.iterations)) for r in spec.learning_rates]
        with suppress(ValueError):  # where a run grows beyond all numbers, rows have errors
            every = np.array(found, dtype=float)
            return {name: every[:, :, place] for place, name in enumerate(network.quantities)}
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
    has_several = not has_one_example(spec)
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
