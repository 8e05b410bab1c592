"""The chain rule as a course writes it on a page: every gradient factor by factor, line by line.

A line names what it gives and its tree; a partial derivative is named ``da_o1/do1``. The lines
of `Chain.blocks` give the same gradients as the trees of `sheetprop.maths.network`, in smaller
steps.

Where an iteration looks at several samples, the way of the first one is followed: its gradients are
named ``dE@1/dw5``, and the mean over all samples comes after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheetprop.maths.chain_factors import Factors, error, joined, slope
from sheetprop.maths.names import TOTAL, derivative, gradient_of, velocity_of
from sheetprop.maths.neurons import Neuron
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Expr, Name, Product, product, total
from sheetprop.maths.trees.walk import substitute

MOST = 6
"""Neurons of a layer, and weights of a neuron, that are written out; more would not be read."""

MOST_PATHS = 3
"""So many paths out of a neuron get a line of their own before they are added up."""

MOST_OUTPUTS = 50
"""Outputs whose paths into a hidden neuron are added up; the sum of more would be too long."""

NEW = "⁺"
"""Marks a weight after the update."""


@dataclass(frozen=True, slots=True)
class Equation:
    """One line: what it gives, from which tree, and what is to be noticed (a key, or nothing)."""

    name: str
    tree: Expr
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together: `name` tells which part, `about` the weight it is about."""

    name: str
    lines: tuple[Equation, ...]
    about: str = ""


@dataclass(frozen=True)
class Chain(Factors):
    """The derivation for a network, from the factors it is made of."""

    @property
    def is_complete(self) -> bool:
        """Whether every neuron and weight is written out."""
        return max(self.network.architecture.layers) <= MOST

    @property
    def reaches_hidden(self) -> bool:
        """Whether the error is followed to the hidden neurons."""
        return len(self.network.architecture.layers) > 2 and len(self._outputs) <= MOST_OUTPUTS

    def blocks(self) -> list[Section]:
        """Return the derivation from the forward pass to the update."""
        *hidden, outputs = self.network.layers
        first = outputs[0].weights[0]
        found = [
            Section("forward", tuple(self._forward())),
            Section("first_output", tuple(self._first(outputs[0])), first),
            Section("outputs", tuple(self._without(first, self._weights((outputs,))))),
        ]
        if self.reaches_hidden:
            first = hidden[0][0].weights[0]
            rest = self._without(first, self._weights(hidden[::-1]))
            found += [
                Section("hidden_errors", tuple(self._hidden_errors())),
                Section("first_hidden", tuple(self._first(hidden[0][0])), first),
                Section("hidden", tuple(rest)),
            ]
        if len(self.network.passes) > 1:
            found.append(Section("mean", tuple(self._means())))
        found.append(Section("update", tuple(self._updates()), self._shown_parameters()[0]))
        return _without_repeats([block for block in found if block.lines])

    def _forward(self) -> Iterator[Equation]:
        quantities = self.network.quantities
        for layer in self.network.layers:
            for number, neuron in enumerate(layer[:MOST]):
                is_first = layer is self.network.layers[0] and not number
                yield Equation(neuron.label, neuron.weighted_sum(), "sum" if is_first else "")
                value = quantities[neuron.output].tree
                assert value is not None
                yield Equation(neuron.output, value, _key(neuron) if is_first else "")
        for number, name in enumerate(self.network.passes[0].errors[:MOST]):
            yield self._quantity(name, "" if number else "error")
        yield self._quantity(TOTAL, "total")

    def _quantity(self, name: str, note: str = "") -> Equation:
        tree = self.network.quantities[name].tree
        assert tree is not None
        return Equation(name, tree, note)

    def _means(self) -> Iterator[Equation]:
        """Yield the gradients that the network learns from."""
        yield from (self._quantity(gradient_of(name)) for name in self._shown_parameters())

    def _factor(self, name: str, note: str = "") -> Equation:
        return Equation(name, self.factors[name], note)

    def _first(self, neuron: Neuron) -> Iterator[Equation]:
        """Yield the chain rule for a neuron's first weight, each factor on a line of its own."""
        weight, source = neuron.weights[0], neuron.sources[0]
        last = derivative(neuron.label, weight)
        factors = Product((*self._passing(neuron), Name(last)))
        if self._is_joined(neuron):
            how = "joined" if neuron.activation == "sigmoid" else "output_delta"
            yield self._factor(joined(neuron), how)
            yield Equation(last, Name(source), "input")
            yield Equation(self.gradient_name(weight), factors, "joined_product")
            return
        is_output = neuron in self._outputs
        if is_output:
            yield self._factor(error(neuron), "output_error")
        again = "again" if neuron.activation == "sigmoid" else "again_other"
        yield self._factor(slope(neuron), f"slope_{_key(neuron)}" if is_output else again)
        yield Equation(last, Name(source), "input" if is_output else "")
        note = "product" if is_output else "deep_product"
        yield Equation(self.gradient_name(weight), factors, note)

    def _weights(self, layers: Sequence[tuple[Neuron, ...]]) -> Iterator[Equation]:
        """Yield the gradients of all weights and learned biases into some layers."""
        for layer in layers:
            for number, neuron in enumerate(layer[:MOST]):
                yield from self._own_factors(neuron, is_second=number == 1)
                yield from self._of_neuron(neuron, "same" if not number else "")
            yield from self._biases(layer)

    def _own_factors(self, neuron: Neuron, *, is_second: bool) -> Iterator[Equation]:
        """Yield the factors of ∂E/∂z of a neuron that have not been written yet."""
        other = "other_output" if is_second else ""
        if self._is_joined(neuron):
            yield self._factor(joined(neuron), other)
            return
        if neuron in self._outputs:
            yield self._factor(error(neuron), other)
        yield self._factor(slope(neuron), "own_slope" if is_second else "")

    def _of_neuron(self, neuron: Neuron, note: str) -> Iterator[Equation]:
        pairs = list(zip(neuron.weights, neuron.sources, strict=True))[:MOST]
        for place, (weight, source) in enumerate(pairs):
            factors = (*self._passing(neuron), Name(source))
            name = self.gradient_name(weight)
            yield Equation(name, Product(factors), note if place == 1 else "")

    def _biases(self, layer: tuple[Neuron, ...]) -> Iterator[Equation]:
        learned = [n.bias for n in layer if n.bias in self.network.parameters]
        for number, bias in enumerate(list(dict.fromkeys(learned))[:MOST]):
            reached = [n for n in layer if n.bias == bias]
            terms: list[Expr] = [product(list(self._passing(n))) for n in reached]
            yield Equation(self.gradient_name(bias), total(terms), "" if number else "bias")

    def _hidden_errors(self) -> Iterator[Equation]:
        """Yield ∂E/∂a of the hidden neurons, the last layer first."""
        *hidden, outputs = self.network.layers
        after = outputs
        for number, layer in enumerate(reversed(hidden)):
            if number:
                yield from (self._factor(slope(neuron)) for neuron in after[:MOST])
            for place, neuron in enumerate(layer[:MOST]):
                yield from self._arriving(neuron, after, is_first=not (number or place))
            after = layer

    def _arriving(
        self, neuron: Neuron, after: tuple[Neuron, ...], *, is_first: bool
    ) -> Iterator[Equation]:
        paths = [(n, self._path(n, neuron)) for n in after]
        if after is self._outputs and 1 < len(after) <= MOST_PATHS:
            own = self.network.passes[0].errors
            names = [derivative(own[k], neuron.output) for k in range(len(after))]
            for place, (name, (_, tree)) in enumerate(zip(names, paths, strict=True)):
                yield Equation(name, tree, "old_weight" if is_first and not place else "")
            paths = [(n, Name(name)) for name, (n, _) in zip(names, paths, strict=True)]
        note = "paths" if len(after) > 1 else "old_weight"
        yield Equation(error(neuron), total([tree for _, tree in paths]), note if is_first else "")

    def _updates(self) -> Iterator[Equation]:
        notes = dict(enumerate(("update", "together")))
        for number, parameter in enumerate(self._shown_parameters()):
            if self.network.architecture.momentum:
                yield self._next(velocity_of(parameter), "" if number else "velocity")
            yield self._next(parameter, notes.get(number, ""))

    def _next(self, name: str, note: str) -> Equation:
        """Return what is updated, as it is in the next step, from this step's quantities."""
        quantity = self.network.quantities[name]
        assert quantity.tree is not None

        def from_here(leaf: Expr) -> Expr | None:
            if not isinstance(leaf, Name) or leaf.name == LEARNING_RATE:
                return None
            is_new = not leaf.shift and self.network.quantities[leaf.name].kind == "velocity"
            return Name(leaf.name + NEW if is_new else leaf.name)

        return Equation(name + NEW, substitute(quantity.tree, from_here), note)

    def _without(self, weight: str, lines: Iterator[Equation]) -> Iterator[Equation]:
        return (line for line in lines if line.name != self.gradient_name(weight))

    def _shown_parameters(self) -> list[str]:
        reached = self.network.layers if self.reaches_hidden else (self._outputs,)
        layers = [layer[:MOST] for layer in reached]
        weights = [w for layer in layers for neuron in layer for w in neuron.weights[:MOST]]
        biases = dict.fromkeys(n.bias for layer in layers for n in layer if n.bias)
        return [*weights, *(b for b in biases if b in self.network.parameters)]


def _key(neuron: Neuron) -> str:
    """Return the part of the key of a text that names an activation."""
    return neuron.activation.replace(" ", "_")


def _without_repeats(blocks: list[Section]) -> list[Section]:
    """Return the blocks with each line only where it stands first."""
    seen: set[str] = set()
    found = []
    for block in blocks:
        lines = tuple(line for line in block.lines if line.name not in seen)
        seen |= {line.name for line in lines}
        if lines:
            found.append(Section(block.name, lines, block.about))
    return found
