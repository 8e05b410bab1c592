"""A lesson's facts: the network, its data, how it is trained, and the words shown to students."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Architecture:
    """The shape of a fully connected network and of its training.

    `layers` counts the neurons from inputs to outputs, ``(2, 2, 2)`` for the classic network.
    `biases` is ``"none"``, ``"shared"`` (one per layer) or ``"each"`` (one per neuron), and
    `train_biases` says whether they learn. Activations and error functions are named as in
    `sheetprop.maths`; where hidden layers differ, `activations` has one for each layer of neurons,
    the outputs' last, and is empty otherwise. `samples` examples are looked at in each iteration,
    which learns from their mean, or their sum where it is `summed`; `momentum` and `weight_decay`
    say whether updates have them.
    """

    layers: tuple[int, ...] = (2, 2, 2)
    hidden_activation: str = "sigmoid"
    output_activation: str = "sigmoid"
    loss: str = "half squared error"
    biases: str = "none"
    train_biases: bool = True
    activations: tuple[str, ...] = ()
    samples: int = 1
    momentum: bool = False
    weight_decay: bool = False
    summed: bool = False

    @property
    def weight_count(self) -> int:
        """How many weights the network has."""
        return sum(a * b for a, b in zip(self.layers, self.layers[1:], strict=False))

    @property
    def bias_count(self) -> int:
        """How many different biases the network has."""
        counts = {"none": 0, "shared": len(self.layers) - 1, "each": sum(self.layers[1:])}
        return counts[self.biases]

    @property
    def activation_of_layers(self) -> tuple[str, ...]:
        """The activation of each layer of neurons, the outputs' last."""
        hidden = (self.hidden_activation,) * (len(self.layers) - 2)
        return self.activations or (*hidden, self.output_activation)

    def with_activations(self, names: tuple[str, ...]) -> Architecture:
        """Return the architecture with these activations, one for each layer of neurons."""
        *hidden, output = names
        first = hidden[0] if hidden else self.hidden_activation
        differ = names if len(set(hidden)) > 1 else ()
        return replace(self, hidden_activation=first, output_activation=output, activations=differ)


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which numbers each student's own are drawn, when a class is given worksheets.

    `rate_factor` is by what each learning rate of the lesson is multiplied.
    """

    inputs: tuple[float, float] = (0.05, 0.95)
    targets: tuple[float, float] = (0.05, 0.95)
    weights: tuple[float, float] = (0.1, 0.9)
    biases: tuple[float, float] = (0.1, 0.6)
    rate_factor: tuple[float, float] = (0.8, 1.25)


USUAL_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Spec:
    """A network, its training examples, and the runs wanted.

    `inputs` and `targets` are those of one example after the other. With several, the network sees
    all of them in every iteration (`Architecture.samples`), or with `in_turn` one in each, the
    first again after the last. `weights` stand neuron by neuron, layer by layer (into h1 from i1,
    i2, …, then into h2, …), `biases` in the order of their names b1, b2, … . `texts` are the words
    shown to students, `limits` those of numbers that are drawn for each of them; `lesson` is the
    kind, which may have a page of its own.
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
    in_turn: bool = False
    momentum: float = 0.0
    weight_decay: float = 0.0
    limits: Limits = USUAL_LIMITS
    lesson: str = "network"

    @property
    def turns(self) -> int:
        """How many iterations go by until an example comes again."""
        return len(self.inputs) // self.architecture.layers[0] if self.in_turn else 1

    def start(self, turn: int = 0) -> dict[str, float]:
        """Return the value of every given quantity (t1, i1, w1, b1 …) in the first iteration.

        Where examples come in turn, those of the iteration `turn`.
        """
        shape = self.architecture
        found: dict[str, float] = {}
        for letter, values, size in (
            ("t", self.targets, shape.layers[-1]),
            ("i", self.inputs, shape.layers[0]),
        ):
            of_sample = [values[k : k + size] for k in range(0, len(values), size)]
            shown = [of_sample[turn % len(of_sample)]] if self.in_turn else of_sample
            for sample, own in enumerate(shown, 1):
                mark = f"@{sample}" if shape.samples > 1 else ""
                found |= {f"{letter}{number}{mark}": value for number, value in enumerate(own, 1)}
        groups = {"w": self.weights, "b": self.biases}
        for letter, values in groups.items():
            found |= {f"{letter}{number}": value for number, value in enumerate(values, 1)}
        if shape.momentum:
            learned = {"w": self.weights, "b": self.biases if shape.train_biases else ()}
            moving = [f"{k}{n + 1}" for k, values in learned.items() for n in range(len(values))]
            found |= {"mu": self.momentum} | {f"v_{name}": 0.0 for name in moving}
        found |= {"lambda": self.weight_decay} if shape.weight_decay else {}
        return found
