"""Random consistent points, at which two trees that mean the same have the same value.

A point is a short training run of the network from random inputs, targets, weights and a random
learning rate: every quantity of a handful of iterations, all of them right. A student's formula
is judged by its value at such points, so that factors in another order, SUMPRODUCT, or E_total
written out in full are the same as the textbook's tree, while a formula that is right only because
t1 happens to equal t2 in the student's data is not.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from sheetprop.calculating.run_values import rows
from sheetprop.maths.activations import ACTIVATIONS, SOFTMAX
from sheetprop.maths.network import Network, network_of
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Name
from sheetprop.rows.consistent import (
    COUNT,
    FAILURES,
    FUNCTIONS,
    TOLERANCE,
    ConsistentPoints,
    Unreachable,
    same_value,
)
from sheetprop.spec import Architecture
from sheetprop.workbooks.sheet import ExcelError

__all__ = [
    "AHEAD",
    "BACK",
    "COUNT",
    "FAILURES",
    "FUNCTIONS",
    "TOLERANCE",
    "Points",
    "Unreachable",
    "points_of",
    "same_value",
]

BACK, AHEAD = 6, 5
OTHER_RATE = 0.13
"""By so much of itself the rate of the next row differs, where each row has one."""


class Points(ConsistentPoints):
    """`COUNT` random runs of a network: each quantity in iterations `-BACK` to `+AHEAD`.

    `varying` are the given quantities that have other values in other iterations; the rest is given
    once for all, so that any iteration's value is this one's.
    """

    def __init__(
        self, network: Network, seed: int = 20, varying: frozenset[str] = frozenset()
    ) -> None:
        self.network = network
        self.varying = varying
        self._random = random.Random(seed)  # noqa: S311 - numbers to calculate with, no secrets
        super().__init__(network, BACK)

    def _is_constant(self, name: str) -> bool:
        quantity = self.network.quantities.get(name)
        is_given = quantity is not None and quantity.tree is None
        return name == LEARNING_RATE or (is_given and name not in self.varying)

    def _value(self, run: int, name: Name) -> float:
        found = super()._value(run, name)
        if name.name == LEARNING_RATE and name.shift:  # of a line of rates, that of another row
            return found * (1 + OTHER_RATE * name.shift)
        return found

    def _run(self) -> list[Mapping[str, float]]:
        quantities = self.network.quantities
        given = {name: self._draw(q.kind) for name, q in quantities.items() if q.is_given_first}
        if self.network.architecture.output_activation == SOFTMAX:
            given |= self._as_shares(given)
        given |= self._on_both_sides(given)
        rate = self._random.uniform(*self._rate_limits())
        count = BACK + AHEAD + 1
        kinds = {name: quantities[name].kind for name in sorted(self.varying)}
        turns = [self._drawn(kinds) for _ in range(count)] if kinds else []
        start = {**given, **(turns[0] if turns else {})}
        return [
            dict(zip(quantities, map(_number, row), strict=True)) | {LEARNING_RATE: rate}
            for row in rows(self.network, start, rate, count, turns)
        ]

    def _rate_limits(self) -> tuple[float, float]:
        """Return rates with which the runs stay finite, without bounded activations too."""
        names = self.network.architecture.activation_of_layers
        is_bounded = all(name == SOFTMAX or ACTIVATIONS[name].is_bounded for name in names)
        return (0.3, 1.5) if is_bounded else (0.02, 0.1)

    def _on_both_sides(self, given: Mapping[str, float]) -> dict[str, float]:
        """Return weights turned round so that neurons with a kink are above it, and below.

        Where a neuron gives 0 in every run, nothing tells what is wrong behind it. In every other
        run all are above; in those between, some are below.
        """
        found, run = dict(given), len(self._runs)
        for layer in self.network.layers:
            bent = [ACTIVATIONS[n.activation].kinks for n in layer if n.activation in ACTIVATIONS]
            if not any(bent):
                continue
            (values,) = rows(self.network, found, 0.0, 1, [])
            sums = dict(zip(self.network.quantities, map(_number, values), strict=True))
            biases = Counter(neuron.bias for neuron in layer)
            for number, neuron in enumerate(layer):
                is_above = run % 2 == 0 or (number + run // 2) % 2 == 1
                if (sums[neuron.label] > 0) is not is_above:
                    own = [neuron.bias] if neuron.bias and biases[neuron.bias] == 1 else []
                    found |= {name: -found[name] for name in (*neuron.weights, *own)}
        return found

    def _drawn(self, kinds: Mapping[str, str]) -> dict[str, float]:
        return {name: self._draw(kind) for name, kind in kinds.items()}

    def _as_shares(self, given: Mapping[str, float]) -> dict[str, float]:
        """Return the targets of each sample divided by their sum, as softmax needs them."""
        return {
            name: given[name] / sum(given[target] for target in one.targets)
            for one in self.network.passes
            for name in one.targets
        }

    def _draw(self, kind: str) -> float:
        if kind == "setting":
            return self._random.uniform(0.1, 0.6)
        if kind in ("input", "target"):
            return self._random.uniform(0.15, 0.9)
        # Weights away from zero, of both signs, and small enough not to saturate.
        return self._random.uniform(0.2, 1.2) * self._random.choice((-1.0, 1.0))


def _number(value: float | ExcelError) -> float:
    """Return a quantity's value; the error value it has where a run diverges is no number."""
    return math.nan if isinstance(value, ExcelError) else value


@lru_cache(maxsize=64)
def points_of(architecture: Architecture, varying: frozenset[str] = frozenset()) -> Points:
    """Return the random points of an architecture, made once for what varies with iterations."""
    return Points(network_of(architecture), varying=varying)
