"""The shipped lessons, a line each."""

from __future__ import annotations

from sheetprop.lessons.kinds.kind import KindLesson
from sheetprop.lessons.kinds.registry import kind_named
from sheetprop.spec import Spec
from sheetprop.template import any_lesson, names


def describe() -> dict[str, str]:
    """Return one line about each shipped template: what it is about, and the shape of it."""
    return {name: _description(any_lesson(name)) for name in names()}


def _description(found: Spec | KindLesson) -> str:
    if isinstance(found, Spec):
        return _network_description(found)
    kind = kind_named(found.kind)
    about = found.texts.get("about") or found.texts.get("title", found.name)
    return f"{about} ({kind.describe(found.content)})" if kind else about


def _network_description(spec: Spec) -> str:
    shape = spec.architecture
    sizes = "-".join(str(size) for size in shape.layers)
    activations = dict.fromkeys(shape.activation_of_layers)
    biases = {"none": "no biases", "shared": "a bias per layer", "each": "a bias per neuron"}
    facts = [sizes, "/".join(activations), shape.loss, biases[shape.biases]]
    samples = len(spec.inputs) // shape.layers[0]
    if samples > 1:
        facts.append(f"{samples} samples {'in turn' if spec.in_turn else 'at once'}")
    facts += ["momentum"] * shape.momentum + ["weight decay"] * shape.weight_decay
    about = spec.texts.get("about") or spec.texts.get("title", spec.name)
    return f"{about} ({', '.join(facts)})"
