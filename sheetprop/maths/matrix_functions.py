"""Activations and error functions of whole arrays, for the second witness.

Written apart from the trees of `sheetprop.maths`, in another form where there is one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _sigmoid(z: Array) -> Array:
    # Overflow to inf gives the right limit, 0.
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def _silu_slope(_a: Array, z: Array) -> Array:
    gate = _sigmoid(z)
    return np.asarray(gate * (1 + z * (1 - gate)))


def _gelu_inner(z: Array) -> Array:
    return np.asarray(np.tanh(np.sqrt(2 / np.pi) * z * (1 + 0.044715 * z * z)))


def _gelu_slope(_a: Array, z: Array) -> Array:
    inner = _gelu_inner(z)
    inner_slope = (1 - inner * inner) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z * z)
    return np.asarray((1 + inner + z * inner_slope) / 2)


def _softmax(z: Array) -> Array:
    powers = np.exp(z)
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array, Array], Array]]] = {
    "sigmoid": (_sigmoid, lambda a, _z: a * (1 - a)),
    "tanh": (np.tanh, lambda a, _z: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0.0), lambda _a, z: (z > 0).astype(float)),
    "identity": (lambda z: z, lambda _a, z: np.ones_like(z)),
    "leaky relu": (
        lambda z: np.where(z > 0, z, z / 100),
        lambda _a, z: np.where(z > 0, 1.0, 0.01),
    ),
    "softplus": (lambda z: np.logaddexp(0.0, z), lambda _a, z: _sigmoid(z)),
    "elu": (
        lambda z: np.where(z > 0, z, np.expm1(z)),
        lambda _a, z: np.where(z > 0, 1.0, np.exp(z)),
    ),
    "silu": (lambda z: z * _sigmoid(z), _silu_slope),
    "softmax": (_softmax, lambda a, _z: a * (1 - a)),
    "gelu": (lambda z: z * (1 + _gelu_inner(z)) / 2, _gelu_slope),
}
LOSSES: dict[str, tuple[Callable[[Array, Array], Array], Callable[[Array, Array], Array]]] = {
    "half squared error": (lambda t, a: (t - a) ** 2 / 2, lambda t, a: a - t),
    "squared error": (lambda t, a: (t - a) ** 2, lambda t, a: 2 * (a - t)),
    "mean squared error": (
        lambda t, a: (t - a) ** 2 / t.shape[-1],
        lambda t, a: 2 * (a - t) / t.shape[-1],
    ),
    "cross-entropy": (
        lambda t, a: -(t * np.log(a) + (1 - t) * np.log(1 - a)),
        lambda t, a: (a - t) / (a * (1 - a)),
    ),
    "categorical cross-entropy": (lambda t, a: -t * np.log(a), lambda t, a: -t / a),
}
DELTAS: dict[str, Callable[[Array, Array], Array]] = {
    "cross-entropy": lambda t, a: a - t,
    "categorical cross-entropy": lambda t, a: a * t.sum(axis=-1, keepdims=True) - t,
}
"""∂E/∂z where the slopes of error and activation are not multiplied: the second is a matrix, or
both cancel, and their product has no digits left where an output is saturated."""
