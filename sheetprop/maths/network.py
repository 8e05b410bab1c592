"""Every quantity of a fully connected network as one declared tree: forward, backward, update.

Names are those a course uses: inputs i1…, targets t1…, weights w1… (neuron by neuron, layer by
layer), biases b1…, sums h1… (hidden) and o1… (output), activations a_h1…, a_o1…, errors E1…,
E_total, gradients dE/dw1… . With more than one hidden layer the hidden neurons are numbered on
through the layers, and the error reaching each of them, dE/da_h1…, is a quantity of its own, since
written out it would grow with every layer.

Where an iteration looks at several samples, whatever belongs to one of them is there once for each,
as h1@1, h1@2 …, where dE/da_h1@2 is the slope of that sample's own errors; E_total and the
gradients are means over the samples. With momentum μ, what a weight moves by is v_w1, which starts
at 0: v ← μ·v + ∂E/∂w, w ← w - η·v. Weight decay λ adds λ·w to the gradient of a weight, not of a
bias.

Sources: of the chain rule, Rumelhart, Hinton, Williams, "Learning representations by
back-propagating errors", Nature 323 (1986), equations 4 to 7; of momentum in this form, Sutskever,
Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning" (2013),
section 2, with the learning rate outside, as PyTorch has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sheetprop.maths.activations import SOFTMAX
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.names import (
    MOMENTUM,
    TOTAL,
    WEIGHT_DECAY,
    gradient_of,
    is_gradient,
    velocity_of,
)
from sheetprop.maths.neurons import Neuron, Pass, activated
from sheetprop.maths.quantity import LEARNING_RATE, PREVIOUS, Quantity
from sheetprop.maths.trees.expr import Expr, Name, Number, Quotient, product, total
from sheetprop.maths.wiring import Wiring
from sheetprop.spec import Architecture


@dataclass(frozen=True)
class Network(Wiring):
    """All quantities of an architecture, in the order a worksheet shows them."""

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Return every quantity by its name, in the order of a worksheet's columns."""
        everything = (*self._given(), *self._forward(), *self._errors(), *self._backward())
        return {quantity.name: quantity for quantity in everything}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the names in an order in which each can be computed."""
        given = [q for q in self.quantities.values() if q.is_given_first]
        # Weights move by velocities, and these are made with the settings.
        first = {"setting": 0, "velocity": 1}
        updated = [q.name for q in sorted(given, key=lambda q: first.get(q.kind, 2))]
        backward = [name for name, q in self.quantities.items() if q.kind == "hidden error"]
        rest = [n for n in self.quantities if n not in updated and n not in backward]
        first_gradient = next(i for i, n in enumerate(rest) if is_gradient(n))
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
        for one in self.passes:
            yield from (Quantity(name, "target") for name in one.targets)
            yield from (Quantity(name, "input") for name in one.inputs)
        yield from (Quantity(name, "setting") for name in self.settings)

    def _forward(self) -> Iterator[Quantity]:
        seen: set[str] = set()
        for number, layer in enumerate(self.layers):
            yield from (self._parameter(w, "weight") for n in layer for w in n.weights)
            for neuron in layer:
                if neuron.bias and neuron.bias not in seen:
                    seen.add(neuron.bias)
                    yield self._parameter(neuron.bias, "bias")
            for one in self.passes:
                yield from _computed(one.layers[number])

    def _parameter(self, name: str, kind: str) -> Quantity:
        learns = name in self.parameters
        return Quantity(name, kind, self.update(name) if learns else None)

    def _errors(self) -> Iterator[Quantity]:
        value = LOSSES[self.architecture.loss].value
        for one in self.passes:
            for name, target, neuron in zip(one.errors, one.targets, one.layers[-1], strict=True):
                tree = value(Name(target), Name(neuron.output), len(one.errors))
                yield Quantity(name, "error", tree)
        errors: list[Expr] = [Name(name) for one in self.passes for name in one.errors]
        yield Quantity(TOTAL, "total error", self._mean(errors))

    def _mean(self, terms: list[Expr]) -> Expr:
        """Return the sum of terms, divided by the number of samples unless these are summed."""
        count = 1 if self.architecture.summed else len(self.passes)
        return total(terms) if count == 1 else Quotient(total(terms), Number(float(count)))

    def _backward(self) -> Iterator[Quantity]:
        if self.states_hidden_errors:
            for one in self.passes:
                for neuron in (neuron for layer in one.layers[:-1] for neuron in layer):
                    name = gradient_of(neuron.output)
                    yield Quantity(name, "hidden error", self.arriving_error(neuron))
        for parameter in self.parameters:
            yield Quantity(gradient_of(parameter), "gradient", self.gradient(parameter))
        for parameter in self.parameters if self.architecture.momentum else ():
            yield Quantity(velocity_of(parameter), "velocity", self._velocity(parameter))

    def arriving_error(self, neuron: Neuron) -> Expr:
        """Return ∂E/∂a of a neuron: the loss's slope, or the sum over all paths that leave it."""
        if self.is_output(neuron):
            slope = LOSSES[self.architecture.loss].slope
            return slope(self.target_of(neuron), Name(neuron.output), self._outputs)
        following = self.pass_of(neuron).layers[neuron.layer]
        return total([self._path(after, neuron) for after in following])

    @property
    def _outputs(self) -> int:
        return self.architecture.layers[-1]

    def delta(self, neuron: Neuron) -> Expr | None:
        """Return ∂E/∂z of an output where the slopes of error and activation cancel, else None."""
        delta = LOSSES[self.architecture.loss].delta
        if delta is None or not self.is_output(neuron):
            return None
        return delta(self.target_of(neuron), Name(neuron.output))

    def _path(self, after: Neuron, neuron: Neuron) -> Expr:
        weight = after.weights[after.sources.index(neuron.output)]
        return product([*self._arriving_at_sum(after), Name(weight)])

    def _arriving_at_sum(self, neuron: Neuron) -> list[Expr]:
        """Return ∂E/∂z of a neuron as factors."""
        delta = self.delta(neuron)
        return [self._stated_error(neuron), *neuron.slope()] if delta is None else [delta]

    def _stated_error(self, neuron: Neuron) -> Expr:
        if self.states_hidden_errors and not self.is_output(neuron):
            return Name(gradient_of(neuron.output))
        return self.arriving_error(neuron)

    def gradient(self, parameter: str) -> Expr:
        """Return ∂E/∂ of a weight (error · slope · what it multiplies) or of a bias.

        A shared bias reaches every neuron of its layer, so its gradient is the sum over them; that
        of several samples is the mean.
        """
        return self._mean([term for one in self.passes for term in self.terms(parameter, one)])

    def terms(self, parameter: str, one: Pass) -> list[Expr]:
        """Return what each neuron that a parameter reaches adds to the gradient of one sample."""
        terms = []
        for neuron in (neuron for layer in one.layers for neuron in layer):
            if parameter in neuron.weights:
                source = neuron.sources[neuron.weights.index(parameter)]
                terms.append(product([*self._arriving_at_sum(neuron), Name(source)]))
            elif parameter == neuron.bias:
                terms.append(product(self._arriving_at_sum(neuron)))
        return terms

    def update(self, parameter: str) -> Expr:
        """Return w ← w - η·∂E/∂w, all on the right from the iteration before.

        With momentum, w ← w - η·v.
        """
        if self.architecture.momentum:
            return Name(parameter, PREVIOUS) - Name(LEARNING_RATE) * Name(velocity_of(parameter))
        return Name(parameter, PREVIOUS) - Name(LEARNING_RATE) * self._pull(parameter)

    def _velocity(self, parameter: str) -> Expr:
        """Return v ← μ·v + ∂E/∂w, all on the right from the iteration before."""
        before = Name(velocity_of(parameter), PREVIOUS)
        return Name(MOMENTUM) * before + self._pull(parameter)

    def _pull(self, parameter: str) -> Expr:
        """Return what a parameter goes down by: its gradient, and what decays of a weight."""
        gradient = Name(gradient_of(parameter), PREVIOUS)
        if not (self.architecture.weight_decay and parameter in self.weights):
            return gradient
        return gradient + Name(WEIGHT_DECAY) * Name(parameter, PREVIOUS)


def _computed(layer: tuple[Neuron, ...]) -> Iterator[Quantity]:
    """Yield sum and activation of each neuron; softmax comes after all sums, which it looks at."""
    sums = [Quantity(neuron.label, "sum", neuron.weighted_sum()) for neuron in layer]
    values = [Quantity(n.output, "activation", activated(n, layer)) for n in layer]
    if layer[0].activation == SOFTMAX:
        yield from (*sums, *values)
    else:
        yield from (quantity for pair in zip(sums, values, strict=True) for quantity in pair)


@lru_cache(maxsize=64)
def network_of(architecture: Architecture) -> Network:
    """Return the network of an architecture, whose trees are put together once for many tables."""
    return Network(architecture)
