"""Whether two formulas mean the same, told by NumPy runs of `maths.trace` and nothing of check."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trace import run
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.spec import Architecture, Spec

Array = NDArray[np.float64]

RUNS = 12
NOW = 8
ITERATIONS = 16
"""Iterations of each run; a formula is looked at in number `NOW`."""

FUNCTIONS: dict[str, Any] = {
    "EXP": np.exp,
    "LN": np.log,
    "TANH": np.tanh,
    "MAX": np.maximum,
    "IF": np.where,
    "GT": np.greater,
}


class Samples:
    """Values of every quantity in a few random runs of a network."""

    def __init__(self, architecture: Architecture, seed: int = 99) -> None:
        network = Network(architecture)
        random = np.random.default_rng(seed)
        runs = [_run(network, random) for _ in range(RUNS)]
        self._values = {name: np.stack([values[name] for values in runs]) for name in runs[0]}

    def value(self, tree: Expr) -> Array | None:
        """Return a tree's values, or None where it has none everywhere."""
        with np.errstate(all="ignore"):
            try:
                found = np.broadcast_to(np.asarray(evaluate(tree, self._at, FUNCTIONS)), (RUNS,))
            except (ArithmeticError, LookupError, TypeError):
                return None
        return found.astype(float) if np.isfinite(found.astype(float)).all() else None

    def _at(self, name: Name) -> Array:
        index = NOW + name.shift
        if not 0 <= index < ITERATIONS:
            raise LookupError(name.name)
        return self._values[name.name][:, index]


def _run(network: Network, random: np.random.Generator) -> dict[str, Array]:
    shape = network.architecture
    is_bounded = {shape.hidden_activation, shape.output_activation} <= {"sigmoid", "tanh"}
    rate = float(random.uniform(0.2, 0.7)) * (1.0 if is_bounded else 0.1)
    spec = Spec(
        "sample",
        shape,
        inputs=_uniform(random, len(network.inputs)),
        targets=_uniform(random, len(network.targets)),
        weights=_signed(random, shape.weight_count),
        learning_rates=(rate,),
        iterations=ITERATIONS,
        biases=_signed(random, shape.bias_count),
    )
    values = {name: found[0] for name, found in run(spec, (rate,), ITERATIONS).values.items()}
    fixed = {name: np.full(ITERATIONS, spec.start()[name]) for name in network.biases}
    return fixed | values | {LEARNING_RATE: np.full(ITERATIONS, rate)}


def _uniform(random: np.random.Generator, count: int) -> tuple[float, ...]:
    return tuple(map(float, random.uniform(0.1, 0.95, count)))


def _signed(random: np.random.Generator, count: int) -> tuple[float, ...]:
    sizes = random.uniform(0.15, 1.1, count) * random.choice([-1, 1], count)
    return tuple(map(float, sizes))


def alike(left: Array, right: Array) -> Any:
    """Return whether rows of values agree; `left` may be a table of many rows."""
    scale = np.maximum(np.abs(left), np.abs(right))
    return (np.abs(left - right) <= 1e-8 * scale + 1e-300).all(axis=-1)


@cache
def samples_of(architecture: Architecture) -> Samples:
    """Return the samples of an architecture, made once."""
    return Samples(architecture)
