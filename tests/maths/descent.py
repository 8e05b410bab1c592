"""Gradient descent by evaluating the trees, and random lessons: what several tests here need."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Name
from sheetprop.spec import Architecture, Spec

Row = dict[str, float]


def iteration(
    network: Network, start: Row, previous: Row | None = None, rate: float | None = None
) -> Row:
    """Return all quantities of one iteration; the first when there is no previous one."""
    row: Row = {}

    def value_of(name: Name) -> float:
        if name.name == LEARNING_RATE:
            return rate
        return (previous if name.shift else row)[name.name]

    for name in network.order:
        quantity = network.quantities[name]
        is_given = quantity.tree is None or (previous is None and quantity.is_given_first)
        row[name] = start[name] if is_given else evaluate(quantity.tree, value_of)
    return row


def by_trees(spec: Spec, rate: float, iterations: int) -> list[Row]:
    """Return the quantities of every iteration."""
    network = Network(spec.architecture)
    rows = [iteration(network, spec.start())]
    while len(rows) < iterations:
        rows.append(iteration(network, spec.start(), rows[-1], rate))
    return rows


def lesson(architecture: Architecture, seed: int = 1) -> Spec:
    """Return a lesson with values that are neither equal nor round, the same for the same seed."""
    numbers = (((k * 37 + seed * 11) % 97 + 1) / 98 for k in range(10_000))

    def take(count: int, low: float, high: float) -> tuple[float, ...]:
        return tuple(low + (high - low) * next(numbers) for _ in range(count))

    sizes = architecture.layers
    inputs = take(sizes[0] * architecture.samples, -1, 1)
    targets = take(sizes[-1] * architecture.samples, 0.05, 0.95)
    return Spec(
        name="lesson",
        architecture=architecture,
        inputs=inputs,
        targets=shares(targets, sizes[-1]) if is_softmax(architecture) else targets,
        weights=take(architecture.weight_count, -0.9, 0.9),
        learning_rates=(0.1,),
        iterations=20,
        biases=take(architecture.bias_count, -0.5, 0.5),
        momentum=0.7 if architecture.momentum else 0.0,
        weight_decay=0.05 if architecture.weight_decay else 0.0,
    )


def is_softmax(architecture: Architecture) -> bool:
    return architecture.output_activation == "softmax"


def shares(targets: tuple[float, ...], outputs: int) -> tuple[float, ...]:
    """Return the targets of each sample divided by their sum, as softmax needs them."""
    samples = [targets[k : k + outputs] for k in range(0, len(targets), outputs)]
    return tuple(value / sum(sample) for sample in samples for value in sample)


@st.composite
def architectures(draw: st.DrawFn) -> Architecture:
    """Any architecture up to four layers of neurons, with all that training may have."""
    loss = draw(st.sampled_from(sorted(LOSSES)))
    outputs = LOSSES[loss].outputs or sorted(ACTIVATIONS)
    layers = tuple(draw(st.lists(st.integers(1, 4), min_size=2, max_size=5)))
    units = [draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in layers[2:]]
    return Architecture(
        layers=layers,
        loss=loss,
        biases=draw(st.sampled_from(["none", "shared", "each"])),
        train_biases=draw(st.booleans()),
        samples=draw(st.integers(1, 3)),
        momentum=draw(st.booleans()),
        weight_decay=draw(st.booleans()),
    ).with_activations((*units, draw(st.sampled_from(outputs))))


def weight_count_by_hand(layers: tuple[int, ...]) -> int:
    """Return the number of weights, counted apart from the package."""
    return sum(before * after for before, after in pairwise(layers))
