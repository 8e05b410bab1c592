"""A lesson's facts: the network, its data, how it is trained, and the words shown to students."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Architecture:
    """The shape of a fully connected network.

    `layers` counts the neurons from inputs to outputs, ``(2, 2, 2)`` for the classic network.
    `biases` is ``"none"``, ``"shared"`` (one per layer) or ``"each"`` (one per neuron), and
    `train_biases` says whether they learn. Activations and error functions are named as in
    `sheetprop.maths.units`.
    """

    layers: tuple[int, ...] = (2, 2, 2)
    hidden_activation: str = "sigmoid"
    output_activation: str = "sigmoid"
    loss: str = "half squared error"
    biases: str = "none"
    train_biases: bool = True

    @property
    def weight_count(self) -> int:
        """How many weights the network has."""
        return sum(a * b for a, b in zip(self.layers, self.layers[1:], strict=False))

    @property
    def bias_count(self) -> int:
        """How many different biases the network has."""
        counts = {"none": 0, "shared": len(self.layers) - 1, "each": sum(self.layers[1:])}
        return counts[self.biases]


@dataclass(frozen=True, slots=True)
class Spec:
    """A network, one training example, and the runs wanted.

    `weights` stand neuron by neuron, layer by layer (into h1 from i1, i2, …, then into h2, …),
    `biases` in the order of their names b1, b2, … . `texts` are the words shown to students.
    """

    name: str
    architecture: Architecture
    inputs: tuple[float, ...]
    targets: tuple[float, ...]
    weights: tuple[float, ...]
    learning_rates: tuple[float, ...]
    iterations: int
    biases: tuple[float, ...] = ()
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def start(self) -> dict[str, float]:
        """Return the value of every given quantity (t1, i1, w1, b1 …) in the first iteration."""
        groups = {"t": self.targets, "i": self.inputs, "w": self.weights, "b": self.biases}
        return {
            f"{letter}{number}": value
            for letter, values in groups.items()
            for number, value in enumerate(values, 1)
        }
