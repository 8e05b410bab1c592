"""What a network answers, calculated by NumPy alone in double precision.

Batch normalisation is folded into the convolution before it: with its mean m, variance v, scale g
and shift b, g·(k∗x − m)/√(v + ε) + b is a convolution with the kernel g·k/√(v + ε) and the bias
b − g·m/√(v + ε). Source: Ioffe and Szegedy, "Batch Normalization", 2015.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.errors import SheetpropError
from sheetprop.training.plan import Layer, Plan, Step
from sheetprop.training.tensors import Tensors

Array = NDArray[np.float64]

EPSILON = 1e-5
"""What PyTorch adds to a variance."""


@dataclass(frozen=True)
class Weights:
    """Of a layer: a `kernel` (channels × channels in × k × k, or × inputs) and a `bias`."""

    kernel: Array
    bias: Array


def folded(plan: Plan, tensors: Tensors) -> list[Weights | None]:
    """Return the weights of each layer, None where it has none, from the arrays of a run.

    Raises:
        SheetpropError: an array is missing or of another shape than the plan's.

    """
    return [_folded(step, tensors) for step in plan.steps]


def _folded(step: Step, tensors: Tensors) -> Weights | None:
    layer, at = step.layer, step.place
    if layer.kind not in ("conv", "linear"):
        return None
    shape: tuple[int, ...] = (step.channels, step.channels_in)
    if layer.kind == "linear":
        return Weights(_array(tensors, f"{at}.weight", shape), _vector(tensors, at, "bias", step))
    kernel = _array(tensors, f"{at}.weight", (*shape, layer.kernel, layer.kernel))
    if not layer.has_norm:
        return Weights(kernel, _vector(tensors, at, "bias", step))
    variance = _vector(tensors, at + 1, "running_var", step)
    scale = _vector(tensors, at + 1, "weight", step) / np.sqrt(variance + EPSILON)
    mean = _vector(tensors, at + 1, "running_mean", step)
    bias = _vector(tensors, at + 1, "bias", step) - scale * mean
    return Weights(kernel * scale[:, None, None, None], bias)


def _vector(tensors: Tensors, place: int, name: str, step: Step) -> Array:
    return _array(tensors, f"{place}.{name}", (step.channels,))


def _array(tensors: Tensors, name: str, shape: tuple[int, ...]) -> Array:
    found: NDArray[Any] | None = tensors.get(name)
    if found is None or found.shape != shape:
        what = "is missing" if found is None else f"has the shape {found.shape}"
        raise SheetpropError(f"the array {name} of the weights {what}; the plan wants {shape}")
    return found.astype(np.float64)


def outputs(plan: Plan, weights: Sequence[Weights | None], images: Array) -> list[Array]:
    """Return what each layer gives for images (count × side × side, 0 is paper and 1 ink).

    What has maps has the shape count × channels × side × side; after the global average it is
    count × channels. The last are the logits.
    """
    found: list[Array] = []
    values = images[:, None]
    for layer, own in zip(plan.layers, weights, strict=True):
        values = _output(layer, own, values)
        found.append(values)
    return found


def _output(layer: Layer, weights: Weights | None, values: Array) -> Array:
    if layer.kind == "gap":
        return np.asarray(values.mean((2, 3)))
    if layer.kind == "maxpool":
        return np.asarray(_windows(layer, values, -np.inf).max((4, 5)))
    assert weights is not None
    if layer.kind == "linear":
        return np.asarray(values @ weights.kernel.T + weights.bias)
    found = np.einsum(
        "ncyxij,ocij->noyx", _windows(layer, values, 0.0), weights.kernel, optimize=True
    )
    found += weights.bias[:, None, None]
    return np.asarray(found if layer.is_plain else np.maximum(found, 0))


def _windows(layer: Layer, values: Array, around: float) -> Array:
    """Return each window of the maps: count × channels × side × side × k × k."""
    edge = (layer.padding, layer.padding)
    padded = np.pad(values, ((0, 0), (0, 0), edge, edge), constant_values=around)
    size = (layer.kernel, layer.kernel)
    found = np.lib.stride_tricks.sliding_window_view(padded, size, axis=(2, 3))
    return np.asarray(found[:, :, :: layer.stride, :: layer.stride])


def probabilities(logits: Array) -> Array:
    """Return the softmax of each row."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))
