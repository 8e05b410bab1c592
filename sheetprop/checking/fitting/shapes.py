"""Which networks the quantities of a table can form: how many neurons in which layers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from sheetprop.maths.names import (
    MOMENTUM,
    WEIGHT_DECAY,
    family,
    kind,
    number,
    sample_of,
    without_sample,
)
from sheetprop.spec import Architecture

MOST_LAYERS = 4
"""Hidden layers that are tried."""

MOST_UNNAMED = 2
"""So many inputs or weights may lack a header; with more, the names say something else."""


MOST_FOR_A_HEADER = 8
"""A table with neurons or weights numbered beyond so many for each header names no network."""

MOST_SPREAD = 30
"""So many hidden neurons are spread over several layers in every way; more stand in one."""


def shapes_of(names: Collection[str], spare: Collection[str] = ()) -> list[Architecture]:
    """Return the architectures that a table's quantities speak of; none where they contradict.

    The number of weights tells how many inputs there are; not all of them need a header.
    Activations and error function are not in the names; they are found from the formulas. What
    belongs to one of several samples is there for each; velocities tell of momentum. What is of a
    kind that is `spare` need not have a name.
    """
    plain = {without_sample(name) for name in names}
    samples = max(map(sample_of, names), default=0) or 1
    moves = any(kind(name) == "velocity" for name in plain)
    # Without a column of μ these may be other velocities than those known here.
    options = (moves,) if MOMENTUM in plain or not moves else (True, False)
    decay = WEIGHT_DECAY in plain
    pooled = (False, True) if samples > 1 else (False,)
    return [
        replace(shape, samples=samples, momentum=momentum, weight_decay=decay, summed=summed)
        for shape in _plain_shapes(plain, spare)
        for momentum in options
        for summed in pooled
    ]


def _plain_shapes(names: Collection[str], spare: Collection[str]) -> list[Architecture]:
    """Return the same for the quantities of one sample, with nothing but gradients to learn by."""
    hidden = _largest(names, "h", "a_h")
    outputs = _largest(names, "t", "o", "a_o")
    weights = _largest(names, "w", "dE/dw")
    most = MOST_FOR_A_HEADER * (len(names) + MOST_FOR_A_HEADER)
    if not (outputs and weights) or max(hidden, outputs, weights) > most:
        return []
    if not hidden:
        return list(_without_hidden(names, outputs, weights, spare))
    found = []
    for layers in _splits(hidden):
        inputs = _inputs(weights, layers, outputs)
        if inputs and inputs >= _largest(names, "i"):
            shape = Architecture((inputs, *layers, outputs))
            found += [replace(shape, biases=biases) for biases in _biases(names, shape)]
    # Where every input has its header there is nothing to guess.
    named = _largest(names, "i")
    exact = [shape for shape in found if shape.layers[0] == named]
    few = [s for s in found if named == 0 or s.layers[0] - named <= MOST_UNNAMED]
    return exact or [*_with_more_weights(names, (named, hidden, outputs), weights), *few]


def _without_hidden(
    names: Collection[str], outputs: int, weights: int, spare: Collection[str]
) -> Iterator[Architecture]:
    """Yield the network of outputs alone, where everything that learning by its slope needs is.

    Where kinds of quantities are `spare`, formulas have told that it is one.
    """
    kinds = ("t",) if spare else ("o", "a_o", "t")
    neurons = [f"{kind}{k}" for kind in kinds for k in range(1, outputs + 1)]
    inputs = _largest(names, "i")
    needed = {*neurons, "w1", *(() if spare else ("dE/dw1",))}
    if inputs and weights == inputs * outputs and needed <= set(names):
        shape = Architecture((inputs, outputs))
        yield from (replace(shape, biases=biases) for biases in _biases(names, shape))


def _with_more_weights(
    names: Collection[str], layers: tuple[int, ...], weights: int
) -> list[Architecture]:
    """Return the network that has a weight or two more than there are headers of weights."""
    shape = Architecture(layers)
    if not (layers[0] and 0 < shape.weight_count - weights <= MOST_UNNAMED):
        return []
    return [replace(shape, biases=biases) for biases in _biases(names, shape)]


def with_given_biases(shape: Architecture) -> list[Architecture]:
    """Return the architectures with biases that no column shows: they are given elsewhere."""
    if shape.biases != "none":
        return []
    return [replace(shape, biases=biases, train_biases=False) for biases in ("shared", "each")]


def _inputs(weights: int, layers: tuple[int, ...], outputs: int) -> int:
    """Return how many inputs the weights not used between the layers leave for."""
    rest = weights - Architecture((*layers, outputs)).weight_count
    return rest // layers[0] if rest > 0 and rest % layers[0] == 0 else 0


def _splits(hidden: int, parts: int = MOST_LAYERS) -> Iterator[tuple[int, ...]]:
    """Yield the ways to spread hidden neurons over layers, one layer first."""
    yield (hidden,)
    if parts > 1 and hidden <= MOST_SPREAD:
        for first in range(1, hidden):
            for rest in _splits(hidden - first, parts - 1):
                yield (first, *rest)


def _largest(names: Collection[str], *families: str) -> int:
    return max((number(name) for name in names if family(name) in families), default=0)


def _biases(names: Collection[str], shape: Architecture) -> list[str]:
    """Return what the biases named can be: one for each neuron, or fewer, one for each layer."""
    count = _largest(names, "b", "dE/db")
    if count == 0:
        return ["none"]
    may_be_shared = count <= replace(shape, biases="shared").bias_count
    return ["shared", "each"] if may_be_shared else ["each"]
