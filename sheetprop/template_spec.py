"""What a template says becomes a `Spec`: sizes held to each other, weights drawn, samples told."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from sheetprop.errors import SpecError
from sheetprop.maths.losses import LOSSES
from sheetprop.spec import Architecture, Limits, Spec
from sheetprop.template_file import decimal_comma
from sheetprop.validate import listed

BATCH, IN_TURN = "batch", "in turn"
"""How several samples are learned from: all in every iteration, or one in each."""

SUMS_TO_ONE = 1e-9
DIGITS = 2
"""Decimals of weights that are drawn: few enough to be read."""


def spec_of(
    source: str, name: str, values: Mapping[str, Any], texts: Mapping[str, str], text: str
) -> Spec:
    """Return the lesson that the values of a template make, by their full keys.

    Raises:
        SpecError: values do not go together; the sentence names the key and what is allowed.

    """
    samples = _samples(source, values)
    shape = _architecture(source, values, len(samples))
    weights, biases = _parameters(source, values, shape)
    spec = Spec(
        name,
        shape,
        tuple(value for inputs, _ in samples for value in inputs),
        tuple(value for _, targets in samples for value in targets),
        weights,
        values["training.learning_rates"],
        values["training.iterations"],
        biases,
        MappingProxyType(dict(texts)),
        in_turn=len(samples) > 1 and values.get("training.samples") == IN_TURN,
        momentum=values.get("training.momentum", 0.0),
        weight_decay=values.get("training.weight_decay", 0.0),
        limits=Limits(**_section(values, "class")),
    )
    _check_sizes(source, spec, samples, text)
    _check_loss(source, spec, samples)
    return spec


def _section(values: Mapping[str, Any], section: str) -> dict[str, Any]:
    """Return the values of one section by their keys."""
    begin = f"{section}."
    return {key.removeprefix(begin): v for key, v in values.items() if key.startswith(begin)}


Sample = tuple[tuple[float, ...], tuple[float, ...]]


def _samples(source: str, values: Mapping[str, Any]) -> list[Sample]:
    inputs, targets = values["data.inputs"], values["data.targets"]
    if len(inputs) != len(targets):
        problem = f"must hold as many samples as data.inputs, {len(inputs)}, not {len(targets)}"
        raise SpecError(source, "data.targets", problem)
    return list(zip(inputs, targets, strict=True))


def _architecture(source: str, values: Mapping[str, Any], samples: int) -> Architecture:
    own = _section(values, "network")
    hidden = own.pop("hidden_activation", ("sigmoid",))
    output = own.get("output_activation", "sigmoid")
    if output == "softmax" and own.get("loss") == "cross-entropy":
        own["loss"] = "categorical cross-entropy"  # what the word means behind softmax
    at_once = samples if values.get("training.samples", BATCH) == BATCH else 1
    shape = Architecture(
        **own,
        samples=at_once,
        momentum=values.get("training.momentum", 0.0) > 0,
        weight_decay=values.get("training.weight_decay", 0.0) > 0,
    )
    layers = len(shape.layers) - 2
    if len(hidden) == 1:
        return replace(shape, hidden_activation=hidden[0])
    if len(hidden) != layers:
        problem = f"must be one word, or a list of {layers}, one for each hidden layer"
        raise SpecError(source, "network.hidden_activation", f"{problem}, not {len(hidden)} words")
    return shape.with_activations((*hidden, output))


Numbers = tuple[float, ...]


def _parameters(
    source: str, values: Mapping[str, Any], shape: Architecture
) -> tuple[Numbers, Numbers]:
    """Return the weights, given or drawn, and the biases."""
    biases = values.get("data.biases", ())
    if "data.seed" not in values:
        if "data.weights" not in values:
            problem = "is missing; or give data.seed, a number from which weights are drawn"
            raise SpecError(source, "data.weights", problem)
        return values["data.weights"], biases
    if "data.weights" in values:
        problem = "must not stand beside data.weights: weights are either given or drawn"
        raise SpecError(source, "data.seed", problem)
    return drawn(shape, values["data.seed"]), biases or (0.0,) * shape.bias_count


def drawn(shape: Architecture, seed: int) -> tuple[float, ...]:
    """Return weights drawn for a network, the same ones for the same seed wherever it runs.

    Those into a layer lie evenly between ±√(6/(n + m)) for n neurons before it and m in it (Glorot
    and Bengio 2010, equation 16), rounded to two decimals.
    """
    draw = random.Random(seed)  # noqa: S311 - numbers to calculate with, no secrets
    found = []
    for before, after in pairwise(shape.layers):
        limit = math.sqrt(6 / (before + after))
        found += [round((2 * draw.random() - 1) * limit, DIGITS) for _ in range(before * after)]
    return tuple(found)


def _check_sizes(source: str, spec: Spec, samples: list[Sample], text: str) -> None:
    shape = spec.architecture
    wanted = [("weights", spec.weights, shape.weight_count, _why_weights(shape))]
    wanted.append(("biases", spec.biases, shape.bias_count, _why_biases(shape)))
    for inputs, targets in reversed(samples):
        wanted.insert(0, ("targets", targets, shape.layers[-1], "the last of network.layers"))
        wanted.insert(0, ("inputs", inputs, shape.layers[0], "the first of network.layers"))
    for key, given, count, why in wanted:
        if len(given) != count:
            noun = key if count != 1 else {"biases": "bias"}.get(key, key[:-1])
            problem = f"must hold {count} {noun}, not {len(given)}: {why}"
            line = re.search(rf"^[ \t]*{key}[ \t]*=.*", text, re.MULTILINE)
            hint = decimal_comma(line[0]) if line else ""
            raise SpecError(source, f"data.{key}", problem + hint)


def _why_weights(shape: Architecture) -> str:
    pairs = list(zip(shape.layers, shape.layers[1:], strict=False))
    into = zip(pairs, _layer_names(shape), strict=True)
    return " + ".join(f"{before}·{after} into {name}" for (before, after), name in into)


def _why_biases(shape: Architecture) -> str:
    if shape.biases == "none":
        return 'network.biases is "none"'
    each = shape.layers[1:] if shape.biases == "each" else (1,) * (len(shape.layers) - 1)
    named = zip(each, _layer_names(shape), strict=True)
    return " + ".join(f"{count} for {name}" for count, name in named)


def _layer_names(shape: Architecture) -> list[str]:
    hidden = len(shape.layers) - 2
    names = ["the hidden neurons"] if hidden == 1 else []
    return [*(names or [f"hidden layer {k + 1}" for k in range(hidden)]), "the outputs"]


def _check_loss(source: str, spec: Spec, samples: list[Sample]) -> None:
    """Refuse what an error function is not defined for, or its declared slope not right for."""
    shape = spec.architecture
    outputs = LOSSES[shape.loss].outputs
    if outputs and shape.output_activation not in outputs:
        problem = f'must be {listed(outputs)} when network.loss is "{shape.loss}"'
        raise SpecError(source, "network.output_activation", problem)
    if shape.output_activation == "softmax" and not outputs:
        problem = 'must be "cross-entropy" when network.output_activation is "softmax"'
        raise SpecError(source, "network.loss", problem)
    if outputs and not all(0 <= target <= 1 for target in spec.targets):
        problem = f'must lie between 0 and 1 when network.loss is "{shape.loss}"'
        raise SpecError(source, "data.targets", problem)
    for _, targets in samples if shape.output_activation == "softmax" else ():
        if abs(math.fsum(targets) - 1) > SUMS_TO_ONE:
            problem = 'must add up to 1 when network.output_activation is "softmax"'
            raise SpecError(source, "data.targets", f"{problem}, not {math.fsum(targets):g}")
