"""Gradient descent in plain matrix NumPy: the second witness, which never touches the trees.

All learning rates are run at once along the first axis of every array. R is the number of rates,
N of iterations, n_k of neurons in layer k.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheetprop.spec import Architecture, Spec

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


_ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array, Array], Array]]] = {
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
    "gelu": (lambda z: z * (1 + _gelu_inner(z)) / 2, _gelu_slope),
}
_LOSSES: dict[str, tuple[Callable[[Array, Array], Array], Callable[[Array, Array], Array]]] = {
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
}


@dataclass(frozen=True)
class Trace:
    """Every quantity of every run: ``values["w1"]`` has shape (R, N), row k for rate k."""

    learning_rates: tuple[float, ...]
    iterations: int
    values: dict[str, Array]


@dataclass
class _Run:
    """The state of all runs: per layer, weights (R, n_k, n_k-1) and biases (R, n_k)."""

    weights: list[Array]
    biases: list[Array]


@dataclass
class _Iteration:
    """One iteration of all runs: per layer, arrays of shape (R, n_k) or like the weights."""

    weights: list[Array]
    biases: list[Array]
    sums: list[Array]
    activations: list[Array]
    arriving: list[Array]  # ∂E/∂a of each layer, hidden and output
    deltas: list[Array]  # ∂E/∂z, which is ∂E/∂b as well
    gradients: list[Array]


def run(spec: Spec, learning_rates: Sequence[float], iterations: int) -> Trace:
    """Return the trace of gradient descent for several learning rates.

    Iteration 0 is the start; each further one stands after one more update of every weight, all
    from the gradients of the iteration before. A run that diverges holds inf and nan.
    """
    rates = np.asarray(learning_rates, dtype=float)
    inputs = np.tile(np.asarray(spec.inputs, dtype=float), (len(rates), 1))
    targets = np.tile(np.asarray(spec.targets, dtype=float), (len(rates), 1))
    state = _start(spec, len(rates))
    seen = []
    with np.errstate(all="ignore"):
        for _ in range(iterations):
            seen.append(_step(spec.architecture, state, inputs, targets))
            _descend(spec.architecture, state, seen[-1], rates)
        values = _values(spec.architecture, seen, inputs, targets)
    return Trace(tuple(map(float, learning_rates)), iterations, values)


def _start(spec: Spec, runs: int) -> _Run:
    sizes = spec.architecture.layers
    flat = np.asarray(spec.weights, dtype=float)
    weights, biases, used = [], [], 0
    for before, after in pairwise(sizes):
        layer = flat[used : used + before * after].reshape(after, before)
        weights.append(np.repeat(layer[np.newaxis], runs, axis=0))
        used += before * after
    for values, after in zip(_biases_by_layer(spec), sizes[1:], strict=True):
        biases.append(np.repeat(np.broadcast_to(values, (1, after)), runs, axis=0).astype(float))
    return _Run(weights, biases)


def _biases_by_layer(spec: Spec) -> list[Any]:
    sizes = spec.architecture.layers[1:]
    if spec.architecture.biases == "none":
        return [0.0 for _ in sizes]
    if spec.architecture.biases == "shared":
        return list(spec.biases)
    bounds = np.cumsum(sizes)[:-1]
    return np.split(np.asarray(spec.biases, dtype=float), bounds)


def _step(shape: Architecture, state: _Run, inputs: Array, targets: Array) -> _Iteration:
    sums: list[Array] = []
    activations: list[Array] = []
    below = inputs
    for k, (weights, biases) in enumerate(zip(state.weights, state.biases, strict=True)):
        sums.append(np.einsum("rji,ri->rj", weights, below) + biases)
        below = _ACTIVATIONS[_activation(shape, k)][0](sums[-1])
        activations.append(below)
    arriving = [_LOSSES[shape.loss][1](targets, below)]
    deltas: list[Array] = []
    for k in reversed(range(len(sums))):
        slope = _ACTIVATIONS[_activation(shape, k)][1]
        deltas.append(arriving[-1] * slope(activations[k], sums[k]))
        arriving.append(np.einsum("rj,rji->ri", deltas[-1], state.weights[k]))
    deltas.reverse()
    sources = [inputs, *activations[:-1]]
    gradients = [d[:, :, None] * a[:, None, :] for d, a in zip(deltas, sources, strict=True)]
    hidden_and_output = arriving[-2::-1]  # the last one made is that of the inputs
    return _Iteration(
        list(state.weights),
        list(state.biases),
        sums,
        activations,
        hidden_and_output,
        deltas,
        gradients,
    )


def _descend(shape: Architecture, state: _Run, now: _Iteration, rates: Array) -> None:
    for k, gradient in enumerate(now.gradients):
        state.weights[k] = state.weights[k] - rates[:, None, None] * gradient
        if shape.biases == "none" or not shape.train_biases:
            continue
        shared = shape.biases == "shared"
        bias_gradient = now.deltas[k].sum(axis=1, keepdims=True) if shared else now.deltas[k]
        state.biases[k] = state.biases[k] - rates[:, None] * bias_gradient


def _values(
    shape: Architecture, seen: list[_Iteration], inputs: Array, targets: Array
) -> dict[str, Array]:
    """Return every quantity by name, each of shape (R, N), from what each iteration left."""

    def all_of(part: str) -> list[Array]:
        layers = range(len(shape.layers) - 1)
        return [np.stack([getattr(one, part)[k] for one in seen], axis=1) for k in layers]

    everywhere = (len(inputs), len(seen))
    activations = all_of("activations")
    errors = _LOSSES[shape.loss][0](targets[:, None, :], activations[-1])
    deltas = all_of("deltas")
    values = _named("t", np.broadcast_to(targets[:, None, :], (*everywhere, targets.shape[1])))
    values |= _named("i", np.broadcast_to(inputs[:, None, :], (*everywhere, inputs.shape[1])))
    values |= _parameters("", all_of("weights"), _for_biases(shape, all_of("biases"), _first))
    values |= _neurons("", all_of("sums")) | _neurons("a_", activations)
    values |= _named("E", errors) | {"E_total": errors.sum(axis=-1)}
    if len(shape.layers) > 3:
        arriving = _neurons("a_", all_of("arriving"))
        values |= {f"dE/d{name}": value for name, value in arriving.items() if "a_h" in name}
    learned = _for_biases(shape, deltas, _sum) if shape.train_biases else []
    return values | _parameters("dE/d", all_of("gradients"), learned)


def _activation(shape: Architecture, layer: int) -> str:
    is_output = layer == len(shape.layers) - 2
    return shape.output_activation if is_output else shape.hidden_activation


def _first(values: Array) -> Array:
    return values[..., :1]


def _sum(values: Array) -> Array:
    return np.asarray(values.sum(axis=-1, keepdims=True))


def _for_biases(
    shape: Architecture, layers: list[Array], shared: Callable[[Array], Array]
) -> list[Array]:
    """Return one column for each different bias, layer by layer."""
    if shape.biases == "none":
        return []
    return [shared(values) if shape.biases == "shared" else values for values in layers]


def _named(prefix: str, values: Array) -> dict[str, Array]:
    return {f"{prefix}{k + 1}": values[..., k] for k in range(values.shape[-1])}


def _parameters(prefix: str, weights: list[Array], biases: list[Array]) -> dict[str, Array]:
    flat = np.concatenate([layer.reshape(*layer.shape[:2], -1) for layer in weights], axis=-1)
    named = _named(f"{prefix}w", flat)
    return named | (_named(f"{prefix}b", np.concatenate(biases, axis=-1)) if biases else {})


def _neurons(prefix: str, layers: list[Array]) -> dict[str, Array]:
    hidden = np.concatenate(layers[:-1], axis=-1) if len(layers) > 1 else layers[0][..., :0]
    return _named(f"{prefix}h", hidden) | _named(f"{prefix}o", layers[-1])
