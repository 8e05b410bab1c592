"""SP215: the slope of another activation than the network's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.names import parameter_of
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Expr, Name, product
from sheetprop.mistakes.base import Mistake, Subject, Variant
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.spec import Architecture

COST = 3
"""Whatever else explains a formula comes first: a slope may look like another's by a lost factor,
and activations that the network does not use must change no other diagnosis."""

HIDDEN = Case(
    "hidden neurons",
    "takes the slope of {other} where that of {right} belongs",
    "The hidden neurons of this worksheet have the activation {right}, whose slope is "
    "{right_slope}; {other_slope} is that of {other}. A gradient needs the slope of the function "
    "that was used on the way forward.",
)
OUTPUT = Case(
    "outputs",
    "takes the slope of {other} where that of {right} belongs",
    "The outputs of this worksheet have the activation {right}, whose slope is {right_slope}; "
    "{other_slope} is that of {other}. A gradient needs the slope of the function that was used "
    "on the way forward.",
)


def _variants(subject: Subject) -> Iterator[Variant]:
    """Yield a gradient with the slope of another activation, such as a·(1 - a) behind tanh.

    That of the identity is 1: a factor that is missing, not another one.
    """
    if subject.quantity.kind not in ("gradient", "hidden error"):
        return
    shape = subject.network.architecture
    for other in [name for name in ACTIVATIONS if _slope(name) is not None]:
        for case, right, changed in (
            (HIDDEN, shape.hidden_activation, replace(shape, hidden_activation=other)),
            (OUTPUT, shape.output_activation, replace(shape, output_activation=other)),
        ):
            tree = _backward(_network(changed), parameter_of(subject.quantity.name))
            if right != other and tree is not None and tree != subject.tree:
                yield Variant(tree, case, _blanks(right, other), f"slope {right}→{other}", COST)


def _backward(network: Network, name: str) -> Expr | None:
    """Return the gradient of a parameter, or the error that reaches a hidden neuron's output."""
    if name in network.parameters:
        return network.gradient(name)
    neurons = (neuron for layer in network.layers for neuron in layer if neuron.output == name)
    return next(map(network.arriving_error, neurons), None)


def _slope(activation: str) -> Expr | None:
    return ACTIVATIONS[activation].slope(Name("a"), Name("z"))


def _blanks(right: str, other: str) -> Blanks:
    slopes = {"right_slope": _slope(right), "other_slope": _slope(other)}
    shown = {key: product([slope]) if slope else "1" for key, slope in slopes.items()}
    return {"right": right, "other": other, **shown}


@lru_cache(maxsize=64)
def _network(shape: Architecture) -> Network:
    return Network(shape)


WRONG_SLOPE = Mistake(
    code="SP215",
    name="wrong-slope",
    summary="the slope of another activation",
    explanation=(
        "Each activation has a slope of its own: a·(1 - a) is that of the sigmoid, 1 - a² that of "
        "tanh, and ReLU's is 1 or 0. The backward pass needs that of the function which the "
        "forward pass has used."
    ),
    wrong="dE/dw5 = (a_o1-t1)*(1-a_o1^2)*a_h1",
    right="dE/dw5 = (a_o1-t1)*a_o1*(1-a_o1)*a_h1",
    cases=(HIDDEN, OUTPUT),
    rank=150,
    least_cost=COST,
    variants=_variants,
)
