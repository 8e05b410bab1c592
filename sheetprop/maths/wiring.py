"""What an architecture consists of, under which names: its neurons, its data, what it learns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sheetprop.maths.names import MOMENTUM, WEIGHT_DECAY
from sheetprop.maths.neurons import Neuron, Pass, passes
from sheetprop.maths.trees.expr import Name
from sheetprop.spec import Architecture


@dataclass(frozen=True)
class Wiring:
    """The neurons of an architecture and the names of what is given to them or learned."""

    architecture: Architecture

    @cached_property
    def passes(self) -> tuple[Pass, ...]:
        """Return the ways of all samples of an iteration through the network."""
        return passes(self.architecture)

    @property
    def layers(self) -> tuple[tuple[Neuron, ...], ...]:
        """Return the neurons, layer by layer, without the inputs; those of the first sample."""
        return self.passes[0].layers

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names i1, i2, … of all samples."""
        return tuple(name for one in self.passes for name in one.inputs)

    @property
    def targets(self) -> tuple[str, ...]:
        """The names t1, t2, … of all samples."""
        return tuple(name for one in self.passes for name in one.targets)

    @property
    def data(self) -> tuple[str, ...]:
        """The names of all inputs and targets."""
        return (*self.targets, *self.inputs)

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of momentum and weight decay, where there are any."""
        shape = self.architecture
        wanted = ((MOMENTUM, shape.momentum), (WEIGHT_DECAY, shape.weight_decay))
        return tuple(name for name, is_there in wanted if is_there)

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

    def is_output(self, neuron: Neuron) -> bool:
        """Whether a neuron is one of the last layer."""
        return neuron.layer == len(self.layers)

    def pass_of(self, neuron: Neuron) -> Pass:
        """Return the way of the sample that a neuron belongs to."""
        return self.passes[max(neuron.sample - 1, 0)]

    def target_of(self, neuron: Neuron) -> Name:
        """Return the target of an output."""
        own = self.pass_of(neuron)
        return Name(own.targets[own.layers[-1].index(neuron)])
