"""Whether a gradient is the slope of E_total: by central differences through the student's cells.

A parameter is moved up and down by one step and by two, and with it every activation behind it: by
addition theorems, from the activations in the sheet, so that neither a slope nor the formula of a
sum, an activation or an error is written. E_total's change divided by the parameter's is compared
with the answer in one formula and stands in no cell.

With the second step the slope is right to the fourth power of the step (Abramowitz and Stegun,
Handbook of Mathematical Functions, 25.3.6), which therefore may be so large that the digits lost in
the differences stay below 1E-11: a slip of a thousandth shows in a gradient of 1E-7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sheetprop.exercises.relations import CellOf, Relation, joined, written
from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.expr import Name, names
from sheetprop.maths.functions import NO_VALUE, above, choice, equal
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.names import is_activation, parameter_of
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron

STEP = "0.0001"
STEPS = ("0.0001", "-0.0001", "0.0002", "-0.0002")
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
    parameter = parameter_of(name)
    pushed, width = _push(network, parameter, cell)
    moved = [_losses(network, name, step, pushed, moves) for step in STEPS]
    pairs = zip(*moved, strict=True)
    slope = "+".join(f"8*({up}-{down})-({up2}-{down2})" for up, down, up2, down2 in pairs)
    answer = cell(name, 0)
    allowed = f"1E-6*ABS({answer})+3E-11*(1+{_scale(network, cell)}){width}"
    condition = f"ABS(({slope}){width}/(12*{STEP})-{answer})<={allowed}"
    return Relation(condition, _needs(network, name, cell))


def _push(network: Network, parameter: str, cell: CellOf) -> tuple[dict[str, str], str]:
    """Return what multiplies the step where it reaches a sum, and then the slope.

    A step shrinks with what it is multiplied with, so that no sum moves by more than it. An
    activation, moved itself, stands under its own name.
    """
    if is_activation(parameter):
        return {parameter: ""}, ""
    for layer in network.layers:
        biased = {neuron.label: "" for neuron in layer if neuron.bias == parameter}
        if biased:
            return biased, ""
        for neuron in layer:
            if parameter in neuron.weights:
                source = cell(neuron.sources[neuron.weights.index(parameter)], 0)
                shrunk = f"(1+ABS({source}))"
                return {neuron.label: f"*{source}/{shrunk}"}, f"*{shrunk}"
    raise KeyError(parameter)


def _losses(
    network: Network, name: str, step: str, pushed: Mapping[str, str], moves: Moves
) -> list[str]:
    """Return the moved errors of all outputs that move."""
    moved: dict[str, str] = {}
    for label in pushed:
        if is_activation(label):
            moved[label] = f"({moves.cell(label, 0)}+({step}))"
    losses = []
    for layer in network.layers:
        before = dict(moved)
        for neuron in layer:
            change = _change(neuron, step, pushed, before, moves.cell)
            if change is None:
                continue
            is_last = layer is network.layers[-1]
            value = moved_activation(neuron, change, moves.cell)
            if is_last and LOSSES[network.architecture.loss].takes_change:
                value = change
            if not is_last or len(layer) > MOST_INLINE:
                value = _in_cell(f"{name} {neuron.output} {step}", value, moves)
            moved[neuron.output] = value
            if is_last:
                losses.append(_loss(network, layer.index(neuron), value, moves.cell))
    return losses


def _change(
    neuron: Neuron, step: str, pushed: Mapping[str, str], moved: Mapping[str, str], cell: CellOf
) -> str | None:
    """Return how far a neuron's sum moves, or None where nothing reaches it."""
    if neuron.label in pushed:
        return f"{step}{pushed[neuron.label]}"
    terms = [
        f"{cell(weight, 0)}*({moved[source]}-{cell(source, 0)})"
        for weight, source in zip(neuron.weights, neuron.sources, strict=True)
        if source in moved
    ]
    return f"({'+'.join(terms)})" if terms else None


def _in_cell(name: str, value: str, moves: Moves) -> str:
    moves.helpers[name] = value
    return moves.place(name)


def moved_activation(neuron: Neuron, change: str, cell: CellOf) -> str:
    """Return an activation after its sum has changed, from its value before.

    Across a kink there is no slope, so that nothing is judged there.
    """
    unit = ACTIVATIONS[neuron.activation]
    a, z, d = Name(cell(neuron.output, 0)), Name(cell(neuron.label, 0)), Name(f"({change})")
    moved = unit.moved(a, z, d)
    for kink in unit.kinks:
        same_side = above((z - kink) * (z + d - kink) if kink else z * (z + d), 0)
        moved = choice(equal(d, 0), a, choice(same_side, moved, NO_VALUE))
    return written(moved)


def _takes_sum(neuron: Neuron) -> bool:
    """Whether a moved activation is computed with its sum."""
    unit, z = ACTIVATIONS[neuron.activation], Name("z")
    return bool(unit.kinks) or z in names(unit.moved(Name("a"), z, Name("d")))


def _loss(network: Network, output: int, a: str, cell: CellOf) -> str:
    """Return the error of one output up to a constant, from its moved activation or sum."""
    t = Name(cell(network.targets[output], 0))
    before = Name(cell(network.layers[-1][output].output, 0))
    loss = LOSSES[network.architecture.loss]
    return written(loss.moved(t, before, Name(f"({a})"), len(network.targets)))


def _scale(network: Network, cell: CellOf) -> str:
    """Return how large the numbers are whose difference is taken."""
    span = f"{cell(network.targets[0], 0)}:{cell(network.targets[-1], 0)}"
    outputs = [cell(neuron.output, 0) for neuron in network.layers[-1]]
    return joined("SUMSQ", [span, *outputs])


def _needs(network: Network, name: str, cell: CellOf) -> tuple[str, ...]:
    """Return the cells without which a gradient has no value: the forward pass and its factors.

    The hidden errors it comes from are among them, however far away.
    """
    factors, waiting = {name}, [name]
    while waiting:
        tree = network.quantities[waiting.pop()].tree
        further = {leaf.name for leaf in names(tree)} if tree is not None else set()
        waiting += [n for n in further - factors if network.quantities[n].kind == "hidden error"]
        factors |= further
    factors.discard(name)
    forward = {n.output for layer in network.layers for n in layer}
    forward |= {w for layer in network.layers for n in layer for w in n.weights}
    forward |= {n.label for layer in network.layers for n in layer if _takes_sum(n)}
    wanted = [other for other in network.quantities if other in factors | forward]
    return tuple(cell(other, 0) for other in wanted)
