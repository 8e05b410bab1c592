"""The neurons of an architecture: what each of them sums, under which names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from sheetprop.maths.activations import ACTIVATIONS, SOFTMAX, softmax
from sheetprop.maths.names import activation_of, of_sample
from sheetprop.maths.trees.expr import Expr, Name, total
from sheetprop.spec import Architecture


class Neuron(NamedTuple):
    """A neuron of a hidden or the output layer, and what reaches it.

    `sources` are the names of the activations it sums, `weights` the weights in the same order.
    Where an iteration looks at several samples, there is one neuron for each of them, with the same
    weights, and `sample` counts from 1.
    """

    label: str  # h1, o2 …
    layer: int  # 1 for the first hidden layer
    sources: tuple[str, ...]
    weights: tuple[str, ...]
    bias: str | None
    activation: str
    sample: int = 0

    @property
    def output(self) -> str:
        """The name of its activation."""
        return activation_of(self.label)

    def slope(self) -> list[Expr]:
        """Return ∂a/∂z as a list of factors, empty where it is 1."""
        unit = ACTIVATIONS["sigmoid" if self.activation == SOFTMAX else self.activation]
        slope = unit.slope(Name(self.output), Name(self.label))
        return [] if slope is None else [slope]

    def weighted_sum(self) -> Expr:
        """Return Σ w·a (+ b), the sum it forms."""
        pairs = zip(self.weights, self.sources, strict=True)
        terms: list[Expr] = [Name(weight) * Name(source) for weight, source in pairs]
        return total([*terms, *([Name(self.bias)] if self.bias else [])])


def activated(neuron: Neuron, layer: tuple[Neuron, ...]) -> Expr:
    """Return what a neuron of a layer makes of its sum."""
    if neuron.activation == SOFTMAX:
        return softmax(Name(neuron.label), [Name(other.label) for other in layer])
    return ACTIVATIONS[neuron.activation].value(Name(neuron.label))


class Pass(NamedTuple):
    """The way of one sample through the network: its inputs, its neurons by layer, its targets."""

    sample: int  # 0 where there is only one
    inputs: tuple[str, ...]
    layers: tuple[tuple[Neuron, ...], ...]
    targets: tuple[str, ...]

    @property
    def errors(self) -> tuple[str, ...]:
        """The names E1, E2, … of its errors."""
        return numbered("E", len(self.targets), self.sample)


def passes(architecture: Architecture) -> tuple[Pass, ...]:
    """Return the ways of all samples of one iteration."""
    count = architecture.samples
    return tuple(_pass(architecture, k) for k in (range(1, count + 1) if count > 1 else (0,)))


def _pass(architecture: Architecture, sample: int) -> Pass:
    sizes = architecture.layers
    layers = (tuple(_neurons(architecture, k, sample)) for k in range(1, len(sizes)))
    inputs = numbered("i", sizes[0], sample)
    return Pass(sample, inputs, tuple(layers), numbered("t", sizes[-1], sample))


def numbered(letter: str, count: int, sample: int, first: int = 1) -> tuple[str, ...]:
    """Return names such as i1, i2, … of one sample."""
    return tuple(of_sample(f"{letter}{k}", sample) for k in range(first, first + count))


def _neurons(architecture: Architecture, layer: int, sample: int) -> Iterator[Neuron]:
    sizes = architecture.layers
    is_output = layer == len(sizes) - 1
    before = 0 if is_output else sum(sizes[1:layer])
    weights_before = _weights_before(sizes)[layer - 1]
    sources = _sources(sizes, layer, sample)
    labels = numbered("o" if is_output else "h", sizes[layer], sample, before + 1)
    for k, label in enumerate(labels, 1):
        first = weights_before + (k - 1) * len(sources) + 1
        yield Neuron(
            label=label,
            layer=layer,
            sources=sources,
            weights=tuple(f"w{first + j}" for j in range(len(sources))),
            bias=_bias(architecture, layer, k),
            activation=architecture.activation_of_layers[layer - 1],
            sample=sample,
        )


def _sources(sizes: tuple[int, ...], layer: int, sample: int) -> tuple[str, ...]:
    if layer == 1:
        return numbered("i", sizes[0], sample)
    before = sum(sizes[1 : layer - 1])
    return numbered(activation_of("h"), sizes[layer - 1], sample, before + 1)


def _bias(architecture: Architecture, layer: int, neuron: int) -> str | None:
    if architecture.biases == "shared":
        return f"b{layer}"
    if architecture.biases == "each":
        return f"b{sum(architecture.layers[1:layer]) + neuron}"
    return None


def _weights_before(sizes: tuple[int, ...]) -> list[int]:
    return [0, *accumulate(before * after for before, after in pairwise(sizes))]
