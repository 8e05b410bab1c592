"""The factors of the chain rule, each under the name that a course gives it.

A partial derivative is named ``da_o1/do1``. Their products are the trees of
`sheetprop.maths.network`, in smaller steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetprop.maths.names import derivative, gradient_of
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.maths.trees.expr import Expr, Name, Number, Product, product, total


@dataclass(frozen=True)
class Factors:
    """The factors that the gradients of a network are made of.

    Of several samples in an iteration, they are those of the first.
    """

    network: Network

    @cached_property
    def factors(self) -> Mapping[str, Expr]:
        """Return ∂E/∂a and ∂a/∂z of every neuron by their names."""
        found: dict[str, Expr] = {}
        for neuron in (n for layer in reversed(self.network.layers) for n in layer):
            found[error(neuron)] = self._error(neuron)
            found[slope(neuron)] = product(neuron.slope() or [Number(1.0)])
            delta = self.network.delta(neuron)
            if delta is not None:
                found[joined(neuron)] = delta
        return found

    def _is_joined(self, neuron: Neuron) -> bool:
        """Whether ∂E/∂a and ∂a/∂z of a neuron are written as one, because parts of them cancel."""
        return self.network.delta(neuron) is not None

    def gradient_name(self, parameter: str) -> str:
        """Return the name of a gradient as it is derived here, of one sample where several are."""
        return gradient_of(parameter, self.network.passes[0].sample)

    def _passing(self, neuron: Neuron) -> tuple[Expr, ...]:
        """Return the factors of ∂E/∂z of a neuron."""
        if self._is_joined(neuron):
            return (Name(joined(neuron)),)
        return (Name(error(neuron)), Name(slope(neuron)))

    def _error(self, neuron: Neuron) -> Expr:
        if neuron in self._outputs:
            return self.network.arriving_error(neuron)
        return total([self._path(after, neuron) for after in self.network.layers[neuron.layer]])

    def _path(self, after: Neuron, neuron: Neuron) -> Expr:
        weight = after.weights[after.sources.index(neuron.output)]
        return Product((*self._passing(after), Name(weight)))

    @property
    def _outputs(self) -> tuple[Neuron, ...]:
        return self.network.layers[-1]


def cancels_slope(network: Network) -> bool:
    """Whether the slope of the outputs cancels against that of the loss: ∂E/∂o is a - t."""
    return network.delta(network.layers[-1][0]) is not None


def error(neuron: Neuron) -> str:
    """Return the name of ∂E/∂a of a neuron."""
    return gradient_of(neuron.output)


def joined(neuron: Neuron) -> str:
    """Return the name of ∂E/∂z of a neuron."""
    return gradient_of(neuron.label)


def slope(neuron: Neuron) -> str:
    """Return the name of ∂a/∂z of a neuron."""
    return derivative(neuron.output, neuron.label)
