"""Which formula a text states: the right tree of what stands on its left side, if it is known."""

from __future__ import annotations

from dataclasses import replace

from sheetprop.calculating.agreement import is_close
from sheetprop.maths.names import number
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.maths.quantity import Quantity
from sheetprop.maths.trees.expr import Call, Expr, Name, product
from sheetprop.maths.trees.walk import substitute
from sheetprop.mistakes.texts.meaning import Meaning, sigmoid_written_out
from sheetprop.mistakes.texts.opened import opened
from sheetprop.notation.text import to_text
from sheetprop.notation.text_parse import Derivative


def quantity_with(value: float, meaning: Meaning) -> str | None:
    """Return the quantity that has a value at the random point, where nothing else has it."""
    for name, quantity in meaning.network.quantities.items():
        if quantity.tree is not None and is_close(meaning.values[name], value, 1e-9):
            return name
    return None


def stated(tree: Expr, goal: float, meaning: Meaning) -> Quantity:
    """Return the quantity a side stands for, with its right tree; of an update all in one moment.

    What a network does not state as a quantity of its own, ∂E/∂a_h1 or the slope ∂a_h1/∂h1, is
    made one here; of what has no formula of its own the tree is the side itself.
    """
    network = meaning.network
    if isinstance(tree, Name) and tree.name in network.parameters:
        return _at_once(network.quantities[tree.name])
    if isinstance(tree, Call) and tree.function == "SIGMOID":
        return Quantity("σ", "activation", sigmoid_written_out(tree))
    name = tree.name if isinstance(tree, Name) else quantity_with(goal, meaning)
    quantity = network.quantities[name] if name is not None else None
    is_meant = isinstance(tree, Name) or (quantity is not None and quantity.kind == "gradient")
    if quantity is not None and quantity.tree is not None and is_meant:
        return quantity
    of_chain = _of_chain(tree, network) if isinstance(tree, Derivative) else None
    return of_chain or Quantity(to_text(opened(tree)), "", opened(tree))


def _at_once(update: Quantity) -> Quantity:
    assert update.tree is not None
    tree = substitute(update.tree, lambda n: Name(n.name) if isinstance(n, Name) else None)
    return replace(update, tree=tree)


def _of_chain(tree: Derivative, network: Network) -> Quantity | None:
    """Return a derivative that a derivation has on the way: ∂E/∂a, ∂E1/∂w5, ∂a/∂h, ∂h/∂w."""
    if not isinstance(tree.of, Name):
        return None
    above, below = tree.of.name, tree.by.name
    name = f"d{above.removesuffix('_total')}/d{below}"
    for layer in network.layers:
        for neuron in layer:
            if (above, below) == ("E_total", neuron.output):
                return Quantity(name, "hidden error", network.arriving_error(neuron))
            if (above, below) == (neuron.output, neuron.label):
                return Quantity(name, "gradient", product(neuron.slope()))
            if above == neuron.label and below in neuron.weights:
                source = neuron.sources[neuron.weights.index(below)]
                return Quantity(name, "gradient", Name(source))
    return _one_path(name, above, below, network)


def _one_path(name: str, error: str, below: str, network: Network) -> Quantity | None:
    """Return the derivative of one output's error by what reaches that output directly."""
    quantity = network.quantities.get(error)
    if quantity is None or quantity.kind != "error":
        return None
    output = network.layers[-1][number(error) - 1]
    arriving = [network.arriving_error(output)]
    if below == output.output:
        return Quantity(name, "hidden error", arriving[0])
    behind = _behind(output, below)
    if behind is None:
        return None
    return Quantity(name, "gradient", product([*arriving, *output.slope(), behind]))


def _behind(output: Neuron, below: str) -> Expr | None:
    """Return ∂o/∂ of a weight or of an activation that an output sums."""
    if below in output.weights:
        return Name(output.sources[output.weights.index(below)])
    if below in output.sources:
        return Name(output.weights[output.sources.index(below)])
    return None
