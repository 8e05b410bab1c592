"""What is added to a network that reads digits, so that it adds a number to the digit.

What the network has found of the image, the means of its last maps, stands beside the number as
ten values of which one is 1; a layer with ReLU and a linear one make the logits of the sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sheetprop.errors import SheetpropError
from sheetprop.training.forward import Array, Weights, outputs, probabilities
from sheetprop.training.idx import DIGITS, Bytes
from sheetprop.training.plan import Plan
from sheetprop.training.tensors import Tensors

NUMBERS = 10
"""The numbers that may be added: 0 to 9."""

SUMS = DIGITS + NUMBERS - 1
"""From 0 + 0 to 9 + 9 there are 19 sums, not 18."""

HIDDEN = 32

_AT_ONCE = 200  # images


@dataclass(frozen=True)
class Head:
    """The two layers: `hidden` weighs features and number, `out` what comes of it."""

    hidden: Weights
    out: Weights

    @property
    def parameters(self) -> int:
        """Return how many numbers are trained."""
        each = (self.hidden, self.out)
        return sum(weights.kernel.size + weights.bias.size for weights in each)


@dataclass(frozen=True)
class Read:
    """What a network finds of images: its `features` (count × maps) and the logits of digits."""

    features: Array
    logits: Array


def head_of(tensors: Tensors, features: int) -> Head:
    """Return the two layers of the arrays of a run, for so many features.

    Raises:
        SheetpropError: an array is missing or of another shape.

    """
    return Head(
        _layer(tensors, 0, HIDDEN, features + NUMBERS),
        _layer(tensors, 2, SUMS, HIDDEN),
    )


def _layer(tensors: Tensors, place: int, channels: int, inputs: int) -> Weights:
    arrays = []
    for name, shape in ((f"{place}.weight", (channels, inputs)), (f"{place}.bias", (channels,))):
        found = tensors.get(name)
        if found is None or found.shape != shape:
            raise SheetpropError(f"the array {name} of the weights is missing, or not {shape}")
        arrays.append(found.astype(np.float64))
    return Weights(*arrays)


def read(plan: Plan, weights: Sequence[Weights | None], images: Bytes) -> Read:
    """Return what a network finds of images (count × side × side bytes)."""
    pieces = [images[k : k + _AT_ONCE] / 255 for k in range(0, len(images), _AT_ONCE)]
    found = [outputs(plan, weights, piece)[-2:] for piece in pieces]
    features, logits = (np.concatenate([one[k] for one in found]) for k in (0, 1))
    return Read(features, logits)


def joined(features: Array, number: int) -> Array:
    """Return features with a number beside them, as ten values of which one is 1."""
    beside = np.zeros((len(features), NUMBERS))
    beside[:, number] = 1
    return np.concatenate([features, beside], 1)


def hidden(head: Head, features: Array, number: int) -> Array:
    """Return what the first of the two layers gives (count × hidden)."""
    values = joined(features, number) @ head.hidden.kernel.T + head.hidden.bias
    return np.asarray(np.maximum(values, 0))


def logits(head: Head, features: Array, number: int) -> Array:
    """Return the logits of the sums (count × 19)."""
    return np.asarray(hidden(head, features, number) @ head.out.kernel.T + head.out.bias)


def exact(shares: Array, number: Array) -> Array:
    """Return the probability of each sum, from those of the digits and those of the number.

    It is the convolution of both distributions: `shares` is count × 10, `number` ten values.
    """
    return np.asarray([np.convolve(own, number) for own in shares])


def exact_answers(found: Read, number: int) -> Array:
    """Return the likeliest sums by exact convolution."""
    known = np.eye(NUMBERS)[number]
    return np.asarray(exact(probabilities(found.logits), known).argmax(1))
