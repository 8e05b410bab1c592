"""Which part a quantity has in another's formula, and what it is itself, in words."""

from __future__ import annotations

from sheetprop.maths import names
from sheetprop.maths.network import Network
from sheetprop.maths.neurons import Neuron
from sheetprop.maths.quantity import LEARNING_RATE, Lesson
from sheetprop.mistakes.base import Subject
from sheetprop.notation.text import name_text


def parameter_of(subject: Subject) -> str:
    """Return the weight (or bias) that a gradient or an update is about, else its own name."""
    name = subject.quantity.name
    return names.parameter_of(name) if subject.quantity.kind == "gradient" else name


def neuron_with(name: str, lesson: Lesson) -> Neuron | None:
    """Return the neuron that a sum, an activation, a weight or a bias belongs to."""
    for layer in lesson.layers if isinstance(lesson, Network) else ():
        for neuron in layer:
            if name in (neuron.label, neuron.output, neuron.bias, *neuron.weights):
                return neuron
    return None


def own_neuron(subject: Subject) -> str:
    """Return the neuron that a formula is about, by its label; its own name where it is none."""
    neuron = neuron_with(names.parameter_of(parameter_of(subject)), subject.lesson)
    return neuron.label if neuron else subject.quantity.name


def role_of(name: str, subject: Subject) -> str:
    """Return which part a quantity has in the right formula of another.

    In a gradient: the ``slope`` of the neuron that the weight leads into, the ``source`` that the
    weight multiplies, the ``target``, a ``weight`` or an activation on the ``path``. Elsewhere the
    quantity's kind.
    """
    if name == LEARNING_RATE:
        return "rate"
    quantity = subject.lesson.quantities.get(name)
    kind = quantity.kind if quantity else ""
    if subject.quantity.kind not in ("gradient", "hidden error") or kind in ("target", "weight"):
        return kind
    own = neuron_with(names.parameter_of(parameter_of(subject)), subject.lesson)
    if own is None:
        return "path"
    if name in (own.output, own.label):
        return "slope"
    return "source" if name in _multiplied(subject, own) else "path"


def _multiplied(subject: Subject, own: Neuron) -> tuple[str, ...]:
    parameter = parameter_of(subject)
    if parameter not in own.weights:
        return ()
    return (own.sources[own.weights.index(parameter)],)


def is_what(name: str, lesson: Lesson) -> str:
    """Return a clause that tells what a quantity is: ``joins a_h1 to o2``."""
    if name == LEARNING_RATE:
        return "is the learning rate"
    quantity = lesson.quantities.get(name)
    neuron = neuron_with(name, lesson)
    kind = quantity.kind if quantity else ""
    if neuron is not None and kind == "weight":
        return f"joins {neuron.sources[neuron.weights.index(name)]} to {neuron.label}"
    if neuron is not None and kind == "sum":
        return f"is what neuron {neuron.label} adds up"
    if neuron is not None and kind == "activation":
        return f"is the activation of {neuron.label}"
    if neuron is not None and kind == "bias":
        return f"is added in {neuron.label}"
    return _without_neuron(name, kind, lesson)


def _without_neuron(name: str, kind: str, lesson: Lesson) -> str:
    outputs = lesson.layers[-1] if isinstance(lesson, Network) else ()
    if kind == "target":
        return f"is what {outputs[names.number(name) - 1].output} should be"
    if kind == "error":
        return f"is the error of {outputs[names.number(name) - 1].label}"
    if kind in ("gradient", "hidden error"):
        return f"is the slope of E by {name_text(names.parameter_of(name))}"
    if kind == "total error":
        return "is the error of all outputs"
    return "is an input" if kind == "input" else "is another quantity"
