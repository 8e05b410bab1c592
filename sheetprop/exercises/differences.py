"""Whether a gradient is the slope of E_total: by central differences through the student's cells.

A parameter is moved a little up and down, and with it every activation behind it: by addition
theorems, from the activations in the sheet, so that neither a slope nor the formula of a sum, an
activation or an error is written. E_total's change divided by the parameter's is compared with the
answer in one formula and stands in no cell.

The step is so small that what is left out of the slope is below 1E-8 of it, and so large that the
digits lost in the difference of two errors stay below 1E-11.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sheetprop.exercises.relations import CellOf, Relation
from sheetprop.maths.expr import names
from sheetprop.maths.network import Network, Neuron

STEP = "0.0001"
SIGNS = ("", "-")
MOST_INLINE = 6
"""So many outputs are moved inside the condition; more get cells of their own."""


@dataclass
class Moves:
    """The activations that have moved, and the cells made for them.

    `helpers` are the formulas of these cells by their names; `place` gives a name's address.
    """

    cell: CellOf
    place: Callable[[str], str]
    helpers: dict[str, str] = field(default_factory=dict)


def difference(network: Network, name: str, moves: Moves) -> Relation:
    """Return the condition under which a gradient or a hidden error is right.

    The formulas of the cells it needs are added to those of `moves`.
    """
    cell = moves.cell
    parameter = name.removeprefix("dE/d")
    pushed, width = _push(network, parameter, cell)
    changes = [_losses(network, name, sign, pushed, moves) for sign in SIGNS]
    ups, downs = changes
    slope = "+".join(f"{up}-{down}" for up, down in zip(ups, downs, strict=True))
    answer = cell(name, 0)
    allowed = f"1E-5*ABS({answer})+1E-10*(1+{_scale(network, cell)}){width.partition('/')[0]}"
    return Relation(f"ABS(({slope}){width}-{answer})<={allowed}", _needs(network, name, cell))


def _push(network: Network, parameter: str, cell: CellOf) -> tuple[dict[str, str], str]:
    """Return how far each first neuron's sum moves, and what divides by twice the step.

    A step shrinks with what it is multiplied with, so that no sum moves by more than `STEP`. An
    activation, moved itself, stands under its own name.
    """
    if parameter.startswith("a_"):
        return {parameter: STEP}, f"/(2*{STEP})"
    for layer in network.layers:
        biased = {neuron.label: STEP for neuron in layer if neuron.bias == parameter}
        if biased:
            return biased, f"/(2*{STEP})"
        for neuron in layer:
            if parameter in neuron.weights:
                source = cell(neuron.sources[neuron.weights.index(parameter)], 0)
                shrunk = f"(1+ABS({source}))"
                return {neuron.label: f"{STEP}*{source}/{shrunk}"}, f"*{shrunk}/(2*{STEP})"
    raise KeyError(parameter)


def _losses(
    network: Network, name: str, sign: str, pushed: Mapping[str, str], moves: Moves
) -> list[str]:
    """Return the moved errors of all outputs that move."""
    moved: dict[str, str] = {}
    for label, step in pushed.items():
        if label.startswith("a_"):
            moved[label] = f"({moves.cell(label, 0)}{sign or '+'}{step})"
    losses = []
    for layer in network.layers:
        before = dict(moved)
        for neuron in layer:
            change = _change(neuron, sign, pushed, before, moves.cell)
            if change is None:
                continue
            value = moved_activation(neuron, change, moves.cell)
            is_last = layer is network.layers[-1]
            if not is_last or _needs_cell(network):
                value = _in_cell(f"{name} {neuron.output}{sign or '+'}", value, moves)
            moved[neuron.output] = value
            if is_last:
                losses.append(_loss(network, layer.index(neuron), value, moves.cell))
    return losses


def _change(
    neuron: Neuron, sign: str, pushed: Mapping[str, str], moved: Mapping[str, str], cell: CellOf
) -> str | None:
    """Return how far a neuron's sum moves, or None where nothing reaches it."""
    if neuron.label in pushed:
        return f"{sign}{pushed[neuron.label]}"
    terms = [
        f"{cell(weight, 0)}*({moved[source]}-{cell(source, 0)})"
        for weight, source in zip(neuron.weights, neuron.sources, strict=True)
        if source in moved
    ]
    return f"({'+'.join(terms)})" if terms else None


def _in_cell(name: str, value: str, moves: Moves) -> str:
    moves.helpers[name] = value
    return moves.place(name)


def _needs_cell(network: Network) -> bool:
    is_named_often = network.architecture.loss == "cross-entropy"
    return is_named_often or len(network.layers[-1]) > MOST_INLINE


def moved_activation(neuron: Neuron, change: str, cell: CellOf) -> str:
    """Return an activation after its sum has changed, from its value before."""
    return MOVED[neuron.activation](cell(neuron.output, 0), cell(neuron.label, 0), change)


MOVED: Mapping[str, Callable[[str, str, str], str]] = {
    "sigmoid": lambda a, _, d: f"{a}/({a}+(1-{a})*EXP(-({d})))",
    "tanh": lambda a, _, d: f"({a}+TANH({d}))/(1+{a}*TANH({d}))",
    "relu": lambda _, z, d: f"({z}+({d})+ABS({z}+({d})))/2",
    "identity": lambda a, _, d: f"({a}+{d})",
}
"""An activation's new value from the old one, the old sum and the sum's change."""


def _loss(network: Network, output: int, a: str, cell: CellOf) -> str:
    """Return the error of one output; of a number and another, DEVSQ is half their distance²."""
    t = cell(network.targets[output], 0)
    match network.architecture.loss:
        case "cross-entropy":
            return f"(-LN(1-{a})-{t}*LN({a}/(1-{a})))"
        case "squared error":
            return f"2*DEVSQ({t},{a})"
        case "mean squared error":
            return f"2*DEVSQ({t},{a})/{len(network.targets)}"
    return f"DEVSQ({t},{a})"


def _scale(network: Network, cell: CellOf) -> str:
    """Return how large the numbers are whose difference is taken."""
    first, last = network.layers[-1][0], network.layers[-1][-1]
    span = f"{cell(network.targets[0], 0)}:{cell(network.targets[-1], 0)}"
    outputs = f"{cell(first.output, 0)},{cell(last.output, 0)}"
    return f"SUMSQ({span},{outputs})"


def _needs(network: Network, name: str, cell: CellOf) -> tuple[str, ...]:
    """Return the cells without which a gradient has no value: the forward pass and its factors."""
    tree = network.quantities[name].tree
    factors = {leaf.name for leaf in names(tree)} if tree is not None else set()
    forward = {n.output for layer in network.layers for n in layer}
    forward |= {w for layer in network.layers for n in layer for w in n.weights}
    forward |= {n.label for layer in network.layers for n in layer if n.activation == "relu"}
    wanted = [other for other in network.quantities if other in factors | forward]
    return tuple(cell(other, 0) for other in wanted)
