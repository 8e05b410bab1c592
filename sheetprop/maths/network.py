"""Every quantity of a fully connected network as one declared tree: forward, backward, update.

Names are those a course uses: inputs i1…, targets t1…, weights w1… (neuron by neuron, layer by
layer), biases b1…, sums h1… (hidden) and o1… (output), activations a_h1…, a_o1…, errors E1…,
E_total, gradients dE/dw1… . With more than one hidden layer the hidden neurons are numbered on
through the layers, and the error reaching each of them, dE/da_h1…, is a quantity of its own, since
written out it would grow with every layer.

Source of the chain rule: Rumelhart, Hinton, Williams, "Learning representations by
back-propagating errors", Nature 323 (1986), equations 4 to 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from sheetprop.maths.expr import Expr, Name, product, total
from sheetprop.maths.units import ACTIVATIONS, LOSSES
from sheetprop.spec import Architecture

PREVIOUS = -1
LEARNING_RATE = "eta"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One column of a worksheet.

    `kind` is one of `KINDS`. `tree` gives its value in an iteration from that iteration's other
    quantities or the iteration before (``Name(…, -1)``); it is None for what is given: inputs,
    targets and biases that do not learn. A weight's tree is its update; its first value is given.
    """

    name: str
    kind: str
    tree: Expr | None = None

    @property
    def is_given_first(self) -> bool:
        """Whether the first iteration's value comes from outside: inputs, targets, weights."""
        return self.kind in GIVEN_KINDS


KINDS = (
    "target",
    "input",
    "weight",
    "bias",
    "sum",
    "activation",
    "error",
    "total error",
    "hidden error",
    "gradient",
)
GIVEN_KINDS = frozenset({"target", "input", "weight", "bias"})


@dataclass(frozen=True)
class Neuron:
    """A neuron of a hidden or the output layer, and what reaches it.

    `sources` are the names of the activations it sums, `weights` the weights in the same order.
    """

    label: str  # h1, o2 …
    layer: int  # 1 for the first hidden layer
    sources: tuple[str, ...]
    weights: tuple[str, ...]
    bias: str | None
    activation: str

    @property
    def output(self) -> str:
        """The name of its activation."""
        return f"a_{self.label}"

    def slope(self) -> list[Expr]:
        """Return ∂a/∂z as a list of factors, empty where it is 1."""
        slope = ACTIVATIONS[self.activation].slope(Name(self.output), Name(self.label))
        return [] if slope is None else [slope]


@dataclass(frozen=True)
class Network:
    """All quantities of an architecture, in the order a worksheet shows them."""

    architecture: Architecture

    @cached_property
    def layers(self) -> tuple[tuple[Neuron, ...], ...]:
        """Return the neurons, layer by layer, without the inputs."""
        return tuple(tuple(_neurons(self.architecture, k)) for k in self._layer_numbers)

    @property
    def _layer_numbers(self) -> range:
        return range(1, len(self.architecture.layers))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names i1, i2, … ."""
        return tuple(f"i{k}" for k in _count(self.architecture.layers[0]))

    @property
    def targets(self) -> tuple[str, ...]:
        """The names t1, t2, … ."""
        return tuple(f"t{k}" for k in _count(self.architecture.layers[-1]))

    @property
    def weights(self) -> tuple[str, ...]:
        """The names w1, w2, … ."""
        return tuple(w for layer in self.layers for neuron in layer for w in neuron.weights)

    @property
    def biases(self) -> tuple[str, ...]:
        """The names b1, b2, … of the different biases."""
        found = (n.bias for layer in self.layers for n in layer if n.bias)
        return tuple(dict.fromkeys(found))

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return what training changes: the weights, and the biases where they learn."""
        return self.weights + (self.biases if self.architecture.train_biases else ())

    @property
    def states_hidden_errors(self) -> bool:
        """Whether dE/da_h1… stand as quantities of their own."""
        return len(self.architecture.layers) > 3

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Return every quantity by its name, in the order of a worksheet's columns."""
        everything = (*self._given(), *self._forward(), *self._errors(), *self._backward())
        return {quantity.name: quantity for quantity in everything}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the names in an order in which each can be computed."""
        updated = [name for name, q in self.quantities.items() if q.is_given_first]
        backward = [name for name, q in self.quantities.items() if q.kind == "hidden error"]
        rest = [n for n in self.quantities if n not in updated and n not in backward]
        first_gradient = next(i for i, n in enumerate(rest) if n.startswith("dE/d"))
        return (*updated, *rest[:first_gradient], *reversed(backward), *rest[first_gradient:])

    def neighbours(self, name: str) -> tuple[str, ...]:
        """Return the other quantities of the same kind, in whichever layer; none of an unknown."""
        quantity = self.quantities.get(name)
        alike = self._by_kind[quantity.kind] if quantity else ()
        return tuple(other for other in alike if other != name)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[str, ...]]:
        kinds: dict[str, list[str]] = {}
        for quantity in self.quantities.values():
            kinds.setdefault(quantity.kind, []).append(quantity.name)
        return {kind: tuple(names) for kind, names in kinds.items()}

    def _given(self) -> Iterator[Quantity]:
        yield from (Quantity(name, "target") for name in self.targets)
        yield from (Quantity(name, "input") for name in self.inputs)

    def _forward(self) -> Iterator[Quantity]:
        seen: set[str] = set()
        for layer in self.layers:
            yield from (self._parameter(w, "weight") for n in layer for w in n.weights)
            for neuron in layer:
                if neuron.bias and neuron.bias not in seen:
                    seen.add(neuron.bias)
                    yield self._parameter(neuron.bias, "bias")
            for neuron in layer:
                yield Quantity(neuron.label, "sum", weighted_sum(neuron))
                value = ACTIVATIONS[neuron.activation].value(Name(neuron.label))
                yield Quantity(neuron.output, "activation", value)

    def _parameter(self, name: str, kind: str) -> Quantity:
        learns = name in self.parameters
        return Quantity(name, kind, update(name) if learns else None)

    def _errors(self) -> Iterator[Quantity]:
        names = [f"E{k}" for k in _count(len(self.layers[-1]))]
        for name, target, neuron in zip(names, self.targets, self.layers[-1], strict=True):
            value = LOSSES[self.architecture.loss].value
            yield Quantity(name, "error", value(Name(target), Name(neuron.output), len(names)))
        yield Quantity("E_total", "total error", total([Name(name) for name in names]))

    def _backward(self) -> Iterator[Quantity]:
        if self.states_hidden_errors:
            for layer in self.layers[:-1]:
                for neuron in layer:
                    name = f"dE/d{neuron.output}"
                    yield Quantity(name, "hidden error", self.arriving_error(neuron))
        for parameter in self.parameters:
            yield Quantity(f"dE/d{parameter}", "gradient", self.gradient(parameter))

    def arriving_error(self, neuron: Neuron) -> Expr:
        """Return ∂E/∂a of a neuron: the loss's slope, or the sum over all paths that leave it."""
        if neuron in self.layers[-1]:
            index = self.layers[-1].index(neuron)
            slope = LOSSES[self.architecture.loss].slope
            return slope(Name(self.targets[index]), Name(neuron.output), len(self.layers[-1]))
        following = self.layers[neuron.layer]
        return total([self._path(after, neuron) for after in following])

    def _path(self, after: Neuron, neuron: Neuron) -> Expr:
        weight = after.weights[after.sources.index(neuron.output)]
        return product([self._stated_error(after), *after.slope(), Name(weight)])

    def _stated_error(self, neuron: Neuron) -> Expr:
        if self.states_hidden_errors and neuron not in self.layers[-1]:
            return Name(f"dE/d{neuron.output}")
        return self.arriving_error(neuron)

    def gradient(self, parameter: str) -> Expr:
        """Return ∂E/∂ of a weight (error · slope · what it multiplies) or of a bias.

        A shared bias reaches every neuron of its layer, so its gradient is the sum over them.
        """
        terms = []
        for layer in self.layers:
            for neuron in layer:
                if parameter in neuron.weights:
                    source = neuron.sources[neuron.weights.index(parameter)]
                    terms.append([self._stated_error(neuron), *neuron.slope(), Name(source)])
                elif parameter == neuron.bias:
                    terms.append([self._stated_error(neuron), *neuron.slope()])
        return total([product(factors) for factors in terms])


def weighted_sum(neuron: Neuron) -> Expr:
    """Return Σ w·a (+ b), the sum a neuron forms."""
    pairs = zip(neuron.weights, neuron.sources, strict=True)
    terms: list[Expr] = [Name(weight) * Name(source) for weight, source in pairs]
    return total([*terms, *([Name(neuron.bias)] if neuron.bias else [])])


def update(parameter: str) -> Expr:
    """Return w ← w - η·∂E/∂w, all on the right from the iteration before."""
    gradient = Name(f"dE/d{parameter}", PREVIOUS)
    return Name(parameter, PREVIOUS) - Name(LEARNING_RATE) * gradient


def _neurons(architecture: Architecture, layer: int) -> Iterator[Neuron]:
    sizes = architecture.layers
    is_output = layer == len(sizes) - 1
    letter = "o" if is_output else "h"
    before = 0 if is_output else sum(sizes[1:layer])
    weights_before = _weights_before(sizes)[layer - 1]
    sources = _sources(sizes, layer)
    activation = architecture.output_activation if is_output else architecture.hidden_activation
    for k in _count(sizes[layer]):
        first = weights_before + (k - 1) * len(sources) + 1
        yield Neuron(
            label=f"{letter}{before + k}",
            layer=layer,
            sources=sources,
            weights=tuple(f"w{first + j}" for j in range(len(sources))),
            bias=_bias(architecture, layer, k),
            activation=activation,
        )


def _sources(sizes: tuple[int, ...], layer: int) -> tuple[str, ...]:
    if layer == 1:
        return tuple(f"i{k}" for k in _count(sizes[0]))
    before = sum(sizes[1 : layer - 1])
    return tuple(f"a_h{before + k}" for k in _count(sizes[layer - 1]))


def _bias(architecture: Architecture, layer: int, neuron: int) -> str | None:
    if architecture.biases == "shared":
        return f"b{layer}"
    if architecture.biases == "each":
        return f"b{sum(architecture.layers[1:layer]) + neuron}"
    return None


def _weights_before(sizes: tuple[int, ...]) -> list[int]:
    return [0, *accumulate(before * after for before, after in pairwise(sizes))]


def _count(number: int) -> range:
    return range(1, number + 1)
