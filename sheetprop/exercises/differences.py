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

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sheetprop.exercises.relations import CellOf, Relation, joined, written
from sheetprop.maths.activations import ACTIVATIONS, SOFTMAX
from sheetprop.maths.losses import LOSSES, Loss
from sheetprop.maths.names import is_activation, parameter_of
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron, Pass
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.maths.trees.functions import NO_VALUE, above, choice, equal
from sheetprop.maths.trees.walk import names

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
    moved = [_all_losses(network, name, step, pushed, moves) for step in STEPS]
    pairs = zip(*moved, strict=True)
    slope = "+".join(f"8*({up}-{down})-({up2}-{down2})" for up, down, up2, down2 in pairs)
    answer = cell(name, 0)
    # The gradient of a parameter is a mean, an error that reaches a neuron that of one sample.
    count = 1 if is_activation(parameter) else len(network.passes)
    steps = f"(12*{STEP})" if count == 1 else f"(12*{STEP}*{count})"
    allowed = f"1E-6*ABS({answer})+3E-11*(1+{_scale(network, cell)}){width}"
    condition = f"ABS(({slope}){width}/{steps}-{answer})<={allowed}"
    return Relation(condition, _needs(network, name, cell))


def _push(network: Network, parameter: str, cell: CellOf) -> tuple[dict[str, str], str]:
    """Return what multiplies the step where it reaches a sum, and then the slope.

    A step shrinks with what it is multiplied with, so that no sum moves by more than it. An
    activation, moved itself, stands under its own name.
    """
    if is_activation(parameter):
        return {parameter: ""}, ""
    everyone = [n for one in network.passes for layer in one.layers for n in layer]
    biased = {neuron.label: "" for neuron in everyone if neuron.bias == parameter}
    if biased:
        return biased, ""
    multiplied = {
        neuron.label: cell(neuron.sources[neuron.weights.index(parameter)], 0)
        for neuron in everyone
        if parameter in neuron.weights
    }
    shrunk = f"({'+'.join(['1', *(f'ABS({source})' for source in multiplied.values())])})"
    return {label: f"*{source}/{shrunk}" for label, source in multiplied.items()}, f"*{shrunk}"


def _all_losses(
    network: Network, name: str, step: str, pushed: Mapping[str, str], moves: Moves
) -> list[str]:
    """Return the moved errors of all outputs that move, sample by sample."""
    return [
        loss for one in network.passes for loss in _losses(network, one, name, step, pushed, moves)
    ]


def _losses(
    network: Network, one: Pass, name: str, step: str, pushed: Mapping[str, str], moves: Moves
) -> list[str]:
    moved = {
        label: f"({moves.cell(label, 0)}+({step}))" for label in pushed if is_activation(label)
    }
    loss = LOSSES[network.architecture.loss]
    for layer in one.layers:
        before = dict(moved)
        is_last = layer is one.layers[-1]
        for neuron in layer:
            change = _change(neuron, step, pushed, before, moves.cell)
            if change is None:
                continue
            is_sum = is_last and loss.takes_change
            value = change if is_sum else moved_activation(neuron, change, moves.cell)
            if not is_last or len(layer) > MOST_INLINE:
                value = _in_cell(f"{name} {neuron.output} {step}", value, moves)
            moved[neuron.output] = value
    return list(_moved_errors(loss, one, moved, moves.cell))


def _moved_errors(loss: Loss, one: Pass, moved: Mapping[str, str], cell: CellOf) -> Iterator[str]:
    """Yield the error of each output that moves, up to a constant, and what they add together."""
    outputs = [neuron.output for neuron in one.layers[-1]]
    pairs = [(Name(cell(a, 0)), Name(f"({moved[a]})") if a in moved else None) for a in outputs]
    for target, (before, new) in zip(one.targets, pairs, strict=True):
        if new is not None:
            yield f"({written(loss.moved(Name(cell(target, 0)), before, new, len(outputs)))})"
    if loss.shared is not None and any(new is not None for _, new in pairs):
        every = [(before, new or Number(0.0)) for before, new in pairs]
        yield f"({written(loss.shared(every))})"


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
    if neuron.activation == SOFTMAX:
        return False
    unit, z = ACTIVATIONS[neuron.activation], Name("z")
    return bool(unit.kinks) or z in names(unit.moved(Name("a"), z, Name("d")))


def _scale(network: Network, cell: CellOf) -> str:
    """Return how large the numbers are whose difference is taken."""
    span = f"{cell(network.targets[0], 0)}:{cell(network.targets[-1], 0)}"
    outputs = [cell(n.output, 0) for one in network.passes for n in one.layers[-1]]
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
    everyone = [n for one in network.passes for layer in one.layers for n in layer]
    forward = {n.output for n in everyone} | {w for n in everyone for w in n.weights}
    forward |= {n.label for n in everyone if _takes_sum(n)}
    wanted = [other for other in network.quantities if other in factors | forward]
    return tuple(cell(other, 0) for other in wanted)
