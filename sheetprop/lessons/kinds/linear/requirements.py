"""What a network must be so that its layers are one matrix that has room on a page."""

from __future__ import annotations

from sheetprop.errors import SpecError
from sheetprop.spec import Spec

MOST = 12
"""Neurons of a layer."""


def check_linear(source: str, spec: Spec) -> None:
    """Refuse a network that is no product of matrices.

    Raises:
        SpecError: it has other activations, biases, no hidden layer, or too many neurons.

    """
    shape = spec.architecture
    *hidden, output = shape.activation_of_layers
    wanted = (
        ("layers", len(shape.layers) > 2, "have at least one hidden layer"),
        ("layers", max(shape.layers) <= MOST, f"have at most {MOST} neurons in each layer"),
        ("hidden_activation", set(hidden) <= {"identity"}, 'be "identity"'),
        ("output_activation", output == "identity", 'be "identity"'),
        ("biases", shape.biases == "none", 'be "none"'),
    )
    for key, is_met, what in wanted:
        if not is_met:
            raise SpecError(source, f"network.{key}", f'must {what} when lesson is "linear"')
