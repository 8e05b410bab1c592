"""Lessons with whatever a template can say of a network and its training, one of each kind."""

from __future__ import annotations

from sheetprop.spec import Architecture, Spec


def shares(targets: tuple[float, ...], outputs: int) -> tuple[float, ...]:
    """Return the targets of each sample divided by their sum, as softmax needs them."""
    samples = [targets[k : k + outputs] for k in range(0, len(targets), outputs)]
    return tuple(target / sum(sample) for sample in samples for target in sample)


def lesson(shape: Architecture, samples: int = 1, **more: object) -> Spec:
    """Return a lesson with numbers that are neither equal nor round."""
    numbers = (((k * 37 + 11) % 97 - 48) / 55 for k in range(1, 1000))

    def take(count: int) -> tuple[float, ...]:
        return tuple(next(numbers) for _ in range(count))

    sizes = shape.layers
    targets = tuple(abs(value) for value in take(sizes[-1] * samples))
    if shape.output_activation == "softmax":
        targets = shares(targets, sizes[-1])
    return Spec(
        "lesson",
        shape,
        take(sizes[0] * samples),
        targets,
        take(shape.weight_count),
        (0.1, 0.4),
        8,
        take(shape.bias_count),
        **more,
    )


SOFTMAX = {"output_activation": "softmax", "loss": "categorical cross-entropy"}
SPECS = {
    "layers": lesson(Architecture((2, 2, 2, 1)).with_activations(("tanh", "softplus", "sigmoid"))),
    "batch": lesson(Architecture((2, 2, 1), biases="each", samples=3), 3),
    "deep batch": lesson(Architecture((2, 2, 2, 1), "tanh", biases="shared", samples=2), 2),
    "in turn": lesson(Architecture((2, 2, 1), biases="shared"), 3, in_turn=True),
    "softmax": lesson(Architecture((2, 2, 3), biases="each", **SOFTMAX)),
    "softmax batch": lesson(Architecture((2, 3), biases="each", samples=2, **SOFTMAX), 2),
    "cross-entropy": lesson(Architecture((2, 2, 2), loss="cross-entropy")),
    "momentum": lesson(Architecture(biases="each", momentum=True), momentum=0.6),
    "weight decay": lesson(Architecture(biases="each", weight_decay=True), weight_decay=0.05),
    "all of it": lesson(
        Architecture((2, 2, 2), "elu", samples=2, momentum=True, weight_decay=True, **SOFTMAX),
        2,
        momentum=0.5,
        weight_decay=0.02,
    ),
}
