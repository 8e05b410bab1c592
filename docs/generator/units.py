"""Activations and error functions, with the slopes declared beside them."""

from __future__ import annotations

from generator.markdown import code, document, table
from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.text import to_text

A, Z, T = Name("a"), Name("z"), Name("t")


def page() -> str:
    """Return the page of what `network` of a template may name."""
    activations = [
        (code(unit.name), code(to_text(unit.value(Z))), _slope(unit.slope(A, Z)))
        for unit in ACTIVATIONS.values()
    ]
    losses = [
        (code(loss.name), code(to_text(loss.value(T, A, 2))), _slope(loss.slope(T, A, 2)))
        for loss in LOSSES.values()
    ]
    return document(
        "# Activations and errors",
        "What a template's `hidden_activation` and `output_activation` may be, with the value "
        "a of a neuron's sum z and the slope as worksheets write it:",
        table(("name", "a", "∂a/∂z"), activations),
        "The outputs may have `softmax` besides, with which each looks at the sums of all outputs: "
        "`a_o1 = exp(o1)/(exp(o1) + exp(o2))`. With softmax, `cross-entropy` means the categorical "
        'one. Hidden layers that differ have a list: `hidden_activation = ["tanh", "relu"]`.',
        "What its `loss` may be, with the error of an output a whose target is t, for a "
        "network of two outputs:",
        table(("name", "E", "∂E/∂a"), losses),
    )


def _slope(tree: Expr | None) -> str:
    return code("1" if tree is None else to_text(tree))
