"""Whether an answer of the forward pass or an update fits its neighbours, without its formula.

What a student is asked for is never written into the workbook. Each answer is held against the
cells it comes from by a relation that follows from its formula: a logit for a sigmoid, a law of
cosines for a weighted sum, a root for a squared error. The tolerances are those of a formula that
is right but computed in another order; a factor forgotten is many times larger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sheetprop.maths.activations import ACTIVATIONS, SOFTMAX, softmax_tie
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.names import (
    MOMENTUM,
    TOTAL,
    WEIGHT_DECAY,
    gradient_of,
    moved_by,
    number,
    sample_of,
    velocity_of,
)
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.maths.quantity import PREVIOUS
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.excel_write import to_excel

CellOf = Callable[[str, int], str]
"""Gives the address of a quantity's cell, in this iteration (0) or the one before (-1)."""

MOST_ARGUMENTS = 200
"""Of one function; programs take 255."""

CLOSE = "1E-6"


@dataclass(frozen=True, slots=True)
class Relation:
    """A condition on an answer, as the text of a formula, and the other cells it needs."""

    condition: str
    needs: tuple[str, ...]


def relation(network: Network, name: str, cell: CellOf, rate: str) -> Relation:
    """Return the condition under which a quantity other than a gradient is right.

    `rate` is the address of the learning rate.
    """
    kind = network.quantities[name].kind
    if kind in ("weight", "bias"):
        return _update(network, name, cell, rate)
    if kind == "velocity":
        return _velocity(network, moved_by(name), cell)
    if kind == "total error":
        return _total(network, cell)
    if kind == "error":
        return _error(network, name, cell)
    layer = layer_of(network, name)
    neuron = next(neuron for neuron in layer if name in (neuron.label, neuron.output))
    return _sum(neuron, cell) if kind == "sum" else _activation(neuron, layer, cell)


def layer_of(network: Network, name: str) -> tuple[Neuron, ...]:
    """Return the layer in which a sum or an activation stands."""
    layers = (layer for one in network.passes for layer in one.layers)
    return next(layer for layer in layers if any(name in (n.label, n.output) for n in layer))


def _update(network: Network, name: str, cell: CellOf, rate: str) -> Relation:
    """Hold that a weight's change, per learning rate, is the slope it went down."""
    now, before = cell(name, 0), cell(name, PREVIOUS)
    if network.architecture.momentum:
        pull = cell(velocity_of(name), 0)
        needs: tuple[str, ...] = (pull,)
    else:
        pull, needs = _pull(network, name, cell)
    rounding = f"1E-14*(ABS({before})+ABS({now}))/{rate}"
    condition = f"ABS(({before}-{now})/{rate}-{pull})<={CLOSE}*ABS({pull})+{rounding}"
    return Relation(condition, (before, *needs, rate))


def _pull(network: Network, name: str, cell: CellOf) -> tuple[str, tuple[str, ...]]:
    """Return what a parameter went down by without momentum, and the cells of it."""
    slope = cell(gradient_of(name), PREVIOUS)
    if WEIGHT_DECAY not in network.settings or name not in network.weights:
        return slope, (slope,)
    decay, before = cell(WEIGHT_DECAY, 0), cell(name, PREVIOUS)
    return f"({slope}+{decay}*{before})", (slope, decay, before)


def _velocity(network: Network, name: str, cell: CellOf) -> Relation:
    """Hold that twice what is left of the last step is μ² + v² - (μ-v)²."""
    now, before = cell(velocity_of(name), 0), cell(velocity_of(name), PREVIOUS)
    part = cell(MOMENTUM, 0)
    pull, needs = _pull(network, name, cell)
    left = f"({now}-{pull})"
    allowed = f"1E-12*SUMSQ({part},{before})+{CLOSE}*ABS({left})+1E-14*(ABS({now})+ABS({pull}))"
    condition = f"ABS(SUMSQ({part},{before})-SUMSQ({part}-{before})-2*{left})<={allowed}"
    return Relation(condition, (before, part, *needs))


def _sum(neuron: Neuron, cell: CellOf) -> Relation:
    """Hold that twice a weighted sum is Σw² + Σa² - Σ(w-a)²."""
    pairs = [
        (cell(weight, 0), cell(source, 0))
        for weight, source in zip(neuron.weights, neuron.sources, strict=True)
    ]
    bias = [cell(neuron.bias, 0)] if neuron.bias else []
    answer = cell(neuron.label, 0)
    value = f"({'-'.join([answer, *bias])})" if bias else answer
    apart = joined("SUMSQ", [text for pair in pairs for text in pair])
    together = joined("SUMSQ", [f"{weight}-{source}" for weight, source in pairs])
    bracketed = f"({together})" if "+SUMSQ" in together else together
    allowed = f"1E-12*({apart})+{CLOSE}*ABS({value})"
    condition = f"ABS({apart}-{bracketed}-2*{value})<={allowed}"
    return Relation(condition, (*(text for pair in pairs for text in pair), *bias))


def _activation(neuron: Neuron, layer: tuple[Neuron, ...], cell: CellOf) -> Relation:
    a, z = cell(neuron.output, 0), cell(neuron.label, 0)
    if neuron.activation == SOFTMAX:
        others = [cell(other.label, 0) for other in layer if other is not neuron]
        return Relation(
            written(softmax_tie(Name(a), Name(z), list(map(Name, others)))), (z, *others)
        )
    return Relation(written(ACTIVATIONS[neuron.activation].tie(Name(a), Name(z))), (z,))


def _error(network: Network, name: str, cell: CellOf) -> Relation:
    own, place = network.passes[max(sample_of(name) - 1, 0)], number(name) - 1
    target, output = own.targets[place], own.layers[-1][place].output
    error, t, a = cell(name, 0), cell(target, 0), cell(output, 0)
    loss = LOSSES[network.architecture.loss]
    condition = loss.tie(Name(error), Name(t), Name(a), len(own.targets))
    return Relation(written(condition), (t, a))


def _total(network: Network, cell: CellOf) -> Relation:
    """Hold that the mean error of all outputs is the total by the number of a sample's."""
    errors = [cell(name, 0) for one in network.passes for name in one.errors]
    share = f"{cell(TOTAL, 0)}/{len(network.passes[0].errors)}"
    mean = f"AVERAGE({errors[0]}:{errors[-1]})"
    return Relation(f"ABS({mean}-{share})<={CLOSE}*ABS({mean})", tuple(errors))


def written(condition: Expr) -> str:
    """Return the formula of a tree whose names are addresses, or formulas in brackets."""
    return to_excel(condition, _text).removeprefix("=")


def _text(leaf: Expr) -> str:
    """Return the text that stands in the place of a name."""
    if not isinstance(leaf, Name):
        raise TypeError(f"no text stands for {leaf!r}")
    return leaf.name


def joined(function: str, arguments: Iterable[str]) -> str:
    """Return a function that adds up over its arguments, in several calls where they are many."""
    texts = list(dict.fromkeys(arguments)) if function == "COUNT" else list(arguments)
    cuts = range(0, len(texts), MOST_ARGUMENTS)
    return "+".join(f"{function}({','.join(texts[k : k + MOST_ARGUMENTS])})" for k in cuts)
