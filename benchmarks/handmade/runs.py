"""What is trained in a worksheet: a network, its data, the learning rates, how many iterations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from sheetprop.maths.network import Network
from sheetprop.spec import Architecture, Spec

CLASSIC = (2, 2, 2)
OTHER_LAYERS = (
    *((2, 3, 1), (3, 4, 2), (1, 2, 1), (2, 2, 2, 2), (2, 2, 3)),
    *((2, 2, 1), (2, 4, 1), (3, 3, 3), (2, 5, 2), (4, 2, 2), (2, 3, 2, 2)),
)
LENGTHS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 60)
TEXTBOOK = {
    "i1": 0.05,
    "i2": 0.1,
    "t1": 0.01,
    "t2": 0.99,
    "w1": 0.15,
    "w2": 0.2,
    "w3": 0.25,
    "w4": 0.3,
    "w5": 0.4,
    "w6": 0.45,
    "w7": 0.5,
    "w8": 0.55,
}


@dataclass(frozen=True)
class Run:
    """A network with the first value of all that is given; one table for each of the `rates`."""

    network: Network
    start: Mapping[str, float]
    rates: tuple[float, ...]
    iterations: int
    coincidence: str = "none"

    @property
    def is_classic(self) -> bool:
        """Whether it is the network of the textbook in every respect."""
        return self.network.architecture == Architecture()

    @property
    def shape(self) -> str:
        """The network in a few words, for the table of results."""
        a = self.network.architecture
        parts = ["-".join(map(str, a.layers))]
        if a.biases != "none":
            parts.append(f"{a.biases} biases, {'trained' if a.train_biases else 'fixed'}")
        return " ".join(parts)

    @property
    def functions(self) -> str:
        """The activations and the error function."""
        a = self.network.architecture
        return f"{a.hidden_activation}/{a.output_activation}/{a.loss}"


@cache
def network_of(architecture: Architecture) -> Network:
    """Return the network of an architecture, always the same one."""
    return Network(architecture)


def drawn_run(
    draw: Random, tables: int = 1, *, shape: Architecture | None = None, given: Spec | None = None
) -> Run:
    """Draw a run: mostly the classic network, now and then any other.

    Where a lesson is `given`, the network and all numbers are its own, as of a worksheet that was
    handed out, and the rates are some of its.
    """
    if given is not None:
        network = network_of(given.architecture)
        own = tuple(draw.sample(given.learning_rates, min(tables, len(given.learning_rates))))
        return Run(network, given.start(), own, draw.choice(LENGTHS))
    architecture = _architecture(draw) if shape is None else shape
    network = network_of(architecture)
    is_textbook = architecture.layers == CLASSIC and draw.random() < 0.3
    start = _start(network, draw)
    if is_textbook:
        start |= {name: value for name, value in TEXTBOOK.items() if name in start}
        if draw.random() < 0.4:
            start |= {"t1": 0.5, "t2": 0.5}
    coincidence = draw.choice(("none",) * 6 + tuple(COINCIDENCES))
    if coincidence != "none":
        start |= COINCIDENCES[coincidence](network, start)
    rates = _rates(architecture, draw, tables)
    return Run(network, start, rates, draw.choice(LENGTHS), coincidence)


def _all_as_first(names: Iterable[str], start: Mapping[str, float]) -> dict[str, float]:
    names = list(names)
    return dict.fromkeys(names, start[names[0]])


def _binary(network: Network, start: Mapping[str, float]) -> dict[str, float]:
    """Return inputs and targets of a truth table."""
    del start
    return {name: float(k % 2) for k, name in enumerate((*network.targets, *network.inputs))}


COINCIDENCES: Mapping[str, Callable[[Network, Mapping[str, float]], dict[str, float]]] = {
    "equal targets": lambda network, start: _all_as_first(network.targets, start),
    "equal inputs": lambda network, start: _all_as_first(network.inputs, start),
    "equal weights": lambda network, start: _all_as_first(network.weights, start),
    "0 and 1": _binary,
}
"""Numbers that happen to agree, so that the values do not tell which of two was meant."""


def _architecture(draw: Random) -> Architecture:
    layers = CLASSIC if draw.random() < 0.7 else draw.choice(OTHER_LAYERS)
    shape = Architecture(layers)
    if draw.random() < 0.25:
        shape = replace(
            shape, biases=draw.choice(("shared", "each")), train_biases=draw.random() < 0.5
        )
    if draw.random() < 0.25:
        shape = replace(shape, hidden_activation=draw.choice(("tanh", "relu", "identity")))
    if draw.random() < 0.15:
        shape = replace(shape, output_activation=draw.choice(("tanh", "identity")))
    if draw.random() < 0.25:
        losses = ["squared error"]
        if layers[-1] > 2:  # with one or two outputs it is one of the others
            losses.append("mean squared error")
        if shape.output_activation == "sigmoid":
            losses.append("cross-entropy")
        shape = replace(shape, loss=draw.choice(losses))
    return shape


def _start(network: Network, draw: Random) -> dict[str, float]:
    """Draw what is given: no two values alike, none that a formula might have as a constant."""
    digits = draw.choice((2, 3, 4))
    found: dict[str, float] = {}
    for name, quantity in network.quantities.items():
        if quantity.is_given_first:
            low, high = (0.03, 0.97) if quantity.kind in ("input", "target") else (-0.9, 0.9)
            value = 0.0
            while value in {0.0, 0.5, 0.25, *found.values()}:
                value = round(draw.uniform(low, high), digits)
            found[name] = value
    return found


def _rates(architecture: Architecture, draw: Random, tables: int) -> tuple[float, ...]:
    is_unbounded = {"relu", "identity"} & {
        architecture.hidden_activation,
        architecture.output_activation,
    }
    usual = [0.01, 0.02, 0.05, 0.1, 0.2] if is_unbounded else [0.1, 0.2, 0.5, 0.8, 1.0, 2.0]
    if draw.random() < 0.2:
        usual = list({round(value * draw.uniform(0.3, 1.0), 4): None for value in usual})
    return tuple(draw.sample(usual, tables))
