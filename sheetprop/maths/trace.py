"""Gradient descent in plain matrix NumPy: the second witness, which never touches the trees.

All learning rates are run at once along the first axis of every array. R is the number of rates,
N of iterations, S of samples looked at in one iteration, n_k of neurons in layer k.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from sheetprop.maths.matrix_functions import ACTIVATIONS, DELTAS, LOSSES, Array
from sheetprop.spec import Architecture, Spec


@dataclass(frozen=True)
class Trace:
    """Every quantity of every run: ``values["w1"]`` has shape (R, N), row k for rate k."""

    learning_rates: tuple[float, ...]
    iterations: int
    values: dict[str, Array]


@dataclass
class _Run:
    """The state of all runs, per layer: weights (R, n_k, n_k-1), biases (R, n_k), their speeds."""

    weights: list[Array]
    biases: list[Array]
    speeds: list[Array]
    bias_speeds: list[Array]


@dataclass
class _Iteration:
    """One iteration of all runs: per layer, arrays (R, S, n_k) or like weights and biases."""

    inputs: Array
    targets: Array
    weights: list[Array]
    biases: list[Array]
    speeds: list[Array]
    bias_speeds: list[Array]
    sums: list[Array]
    activations: list[Array]
    arriving: list[Array]  # ∂E/∂a of each layer, hidden and output
    gradients: list[Array]
    bias_gradients: list[Array]  # a column for each different bias


def run(spec: Spec, learning_rates: Sequence[float], iterations: int) -> Trace:
    """Return the trace of gradient descent for several learning rates.

    Iteration 0 is the start; each further one stands after one more update of every weight, all
    from the gradients of the iteration before. A run that diverges holds inf and nan.
    """
    rates = np.asarray(learning_rates, dtype=float)
    inputs = _samples(spec.inputs, spec.architecture.layers[0])
    targets = _samples(spec.targets, spec.architecture.layers[-1])
    state = _start(spec, len(rates))
    seen: list[_Iteration] = []
    with np.errstate(all="ignore"):
        for number in range(iterations):
            shown = [number % len(inputs)] if spec.in_turn else slice(None)
            seen.append(_step(spec.architecture, state, inputs[shown], targets[shown]))
            _descend(spec, state, seen[-1], rates)
        values = _values(spec.architecture, seen, len(rates))
        values |= _settings(spec, len(rates), iterations)
    return Trace(tuple(map(float, learning_rates)), iterations, values)


def _samples(values: Sequence[float], size: int) -> Array:
    return np.asarray(values, dtype=float).reshape(-1, size)


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
    return _Run(weights, biases, *([np.zeros_like(a) for a in some] for some in (weights, biases)))


def _biases_by_layer(spec: Spec) -> list[Any]:
    sizes = spec.architecture.layers[1:]
    if spec.architecture.biases == "none":
        return [0.0 for _ in sizes]
    if spec.architecture.biases == "shared":
        return list(spec.biases)
    bounds = np.cumsum(sizes)[:-1]
    return np.split(np.asarray(spec.biases, dtype=float), bounds)


def _step(shape: Architecture, state: _Run, inputs: Array, targets: Array) -> _Iteration:
    runs, count = len(state.weights[0]), 1 if shape.summed else len(inputs)
    below = np.broadcast_to(inputs, (runs, *inputs.shape))
    sources, sums, activations = [], [], []
    for weights, biases, name in zip(
        state.weights, state.biases, shape.activation_of_layers, strict=True
    ):
        sources.append(below)
        sums.append(np.einsum("rji,rsi->rsj", weights, below) + biases[:, None, :])
        below = ACTIVATIONS[name][0](sums[-1])
        activations.append(below)
    arriving, deltas = _backward(shape, state, sums, activations, targets)
    summed = [np.einsum("rsj->rj", delta) / count for delta in deltas]
    shared = shape.biases == "shared"
    return _Iteration(
        inputs=inputs,
        targets=targets,
        weights=list(state.weights),
        biases=list(state.biases),
        speeds=list(state.speeds),
        bias_speeds=list(state.bias_speeds),
        sums=sums,
        activations=activations,
        arriving=arriving,
        gradients=[
            np.einsum("rsj,rsi->rji", delta, source) / count
            for delta, source in zip(deltas, sources, strict=True)
        ],
        bias_gradients=[one.sum(axis=1, keepdims=True) if shared else one for one in summed],
    )


def _backward(
    shape: Architecture, state: _Run, sums: list[Array], activations: list[Array], targets: Array
) -> tuple[list[Array], list[Array]]:
    """Return ∂E/∂a and ∂E/∂z of every layer, of each sample's own error."""
    arriving = [LOSSES[shape.loss][1](targets, activations[-1])]
    deltas: list[Array] = []
    for k in reversed(range(len(sums))):
        slope = ACTIVATIONS[shape.activation_of_layers[k]][1]
        is_output = k == len(sums) - 1
        if is_output and shape.loss in DELTAS:
            deltas.append(DELTAS[shape.loss](targets, activations[k]))
        else:
            deltas.append(arriving[-1] * slope(activations[k], sums[k]))
        arriving.append(np.einsum("rsj,rji->rsi", deltas[-1], state.weights[k]))
    return arriving[-2::-1], deltas[::-1]  # the last one made is that of the inputs


def _descend(spec: Spec, state: _Run, now: _Iteration, rates: Array) -> None:
    shape = spec.architecture
    for k, gradient in enumerate(now.gradients):
        pull = gradient + spec.weight_decay * state.weights[k] if shape.weight_decay else gradient
        if shape.momentum:
            pull = state.speeds[k] = spec.momentum * state.speeds[k] + pull
        state.weights[k] = state.weights[k] - rates[:, None, None] * pull
        if shape.biases == "none" or not shape.train_biases:
            continue
        pull = now.bias_gradients[k]
        if shape.momentum:
            pull = state.bias_speeds[k] = spec.momentum * state.bias_speeds[k] + pull
        state.biases[k] = state.biases[k] - rates[:, None] * pull


def _values(shape: Architecture, seen: list[_Iteration], runs: int) -> dict[str, Array]:
    """Return every quantity by name, each of shape (R, N), from what each iteration left."""

    def all_of(part: str) -> list[Array]:
        layers = range(len(shape.layers) - 1)
        return [np.stack([getattr(one, part)[k] for one in seen], axis=1) for k in layers]

    def data(part: str) -> Array:  # (R, N, S, n)
        stacked = np.stack([getattr(one, part) for one in seen])
        return np.broadcast_to(stacked, (runs, *stacked.shape))

    targets, activations = data("targets"), all_of("activations")
    errors = LOSSES[shape.loss][0](targets, activations[-1])
    own = _for_biases(shape, all_of("biases"))
    learns = shape.train_biases and shape.biases != "none"
    values = _parameters("", all_of("weights"), own)
    by_sample = {"t": targets, "i": data("inputs"), "E": errors}
    by_sample |= _neurons("", all_of("sums")) | _neurons("a_", activations)
    if len(shape.layers) > 3:
        by_sample["dE/da_h"] = _neurons("dE/da_", all_of("arriving"))["dE/da_h"]
    for prefix, array in by_sample.items():
        values |= _of_samples(prefix, array)
    values["E_total"] = errors.sum(axis=(-1, -2)) / (1 if shape.summed else targets.shape[2])
    bias_gradients = all_of("bias_gradients") if learns else []
    values |= _parameters("dE/d", all_of("gradients"), bias_gradients)
    if shape.momentum:
        speeds = _for_biases(shape, all_of("bias_speeds")) if learns else []
        values |= _parameters("v_", all_of("speeds"), speeds)
    return values


def _settings(spec: Spec, runs: int, iterations: int) -> dict[str, Array]:
    """Return momentum and weight decay, where there are any, in every iteration."""
    shape = spec.architecture
    found = {"mu": spec.momentum} if shape.momentum else {}
    found |= {"lambda": spec.weight_decay} if shape.weight_decay else {}
    return {name: np.full((runs, iterations), value) for name, value in found.items()}


def _for_biases(shape: Architecture, layers: list[Array]) -> list[Array]:
    """Return one column for each different bias, layer by layer."""
    if shape.biases == "none":
        return []
    return [values[..., :1] if shape.biases == "shared" else values for values in layers]


def _of_samples(prefix: str, values: Array) -> dict[str, Array]:
    """Return the columns of an array (R, N, S, n), with the sample's number where S is not 1."""
    count = values.shape[2]
    found: dict[str, Array] = {}
    for sample in range(count):
        mark = f"@{sample + 1}" if count > 1 else ""
        named = _named(prefix, values[:, :, sample])
        found |= {name + mark: column for name, column in named.items()}
    return found


def _named(prefix: str, values: Array) -> dict[str, Array]:
    return {f"{prefix}{k + 1}": values[..., k] for k in range(values.shape[-1])}


def _parameters(prefix: str, weights: list[Array], biases: list[Array]) -> dict[str, Array]:
    flat = np.concatenate([layer.reshape(*layer.shape[:2], -1) for layer in weights], axis=-1)
    named = _named(f"{prefix}w", flat)
    return named | (_named(f"{prefix}b", np.concatenate(biases, axis=-1)) if biases else {})


def _neurons(prefix: str, layers: list[Array]) -> dict[str, Array]:
    """Return the arrays of all hidden and of all output neurons, by what their names begin with."""
    hidden = np.concatenate(layers[:-1], axis=-1) if len(layers) > 1 else layers[0][..., :0]
    return {f"{prefix}h": hidden, f"{prefix}o": layers[-1]}
