"""Whether an answer of the forward pass or an update fits its neighbours, without its formula.

What a student is asked for is never written into the workbook. Each answer is held against the
cells it comes from by a relation that follows from its formula: a logit for a sigmoid, a law of
cosines for a weighted sum, a root for a squared error. The tolerances are those of a formula that
is right but computed in another order; a factor forgotten is many times larger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.expr import Expr, Name
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.names import TOTAL, gradient_of, number
from sheetprop.maths.network import PREVIOUS, Network
from sheetprop.maths.neurons import Neuron
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
        return _update(name, cell, rate)
    if kind == "total error":
        return _total(network, cell)
    if kind == "error":
        return _error(network, name, cell)
    neuron = neuron_of(network, name)
    return _sum(neuron, cell) if kind == "sum" else _activation(neuron, cell)


def neuron_of(network: Network, name: str) -> Neuron:
    """Return the neuron with a sum or an activation."""
    everyone = (neuron for layer in network.layers for neuron in layer)
    return next(neuron for neuron in everyone if name in (neuron.label, neuron.output))


def _update(name: str, cell: CellOf, rate: str) -> Relation:
    """Hold that a weight's change, per learning rate, is the slope it went down."""
    now, before = cell(name, 0), cell(name, PREVIOUS)
    slope = cell(gradient_of(name), PREVIOUS)
    rounding = f"1E-14*(ABS({before})+ABS({now}))/{rate}"
    condition = f"ABS(({before}-{now})/{rate}-{slope})<={CLOSE}*ABS({slope})+{rounding}"
    return Relation(condition, (before, slope, rate))


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


def _activation(neuron: Neuron, cell: CellOf) -> Relation:
    a, z = cell(neuron.output, 0), cell(neuron.label, 0)
    return Relation(written(ACTIVATIONS[neuron.activation].tie(Name(a), Name(z))), (z,))


def _error(network: Network, name: str, cell: CellOf) -> Relation:
    place = number(name) - 1
    target, output = network.targets[place], network.layers[-1][place].output
    error, t, a = cell(name, 0), cell(target, 0), cell(output, 0)
    loss = LOSSES[network.architecture.loss]
    condition = loss.tie(Name(error), Name(t), Name(a), len(network.targets))
    return Relation(written(condition), (t, a))


def _total(network: Network, cell: CellOf) -> Relation:
    """Hold that the mean error of the outputs is the total by their number."""
    errors = [cell(f"E{output}", 0) for output in range(1, len(network.targets) + 1)]
    share = f"{cell(TOTAL, 0)}/{len(errors)}"
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
