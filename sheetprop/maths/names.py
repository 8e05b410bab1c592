"""What the name of a quantity tells: ``dE/dw5`` is the gradient of ``w5``, ``a_h2`` of neuron h2.

The only place where names are taken apart or put together. A name is a family and, but for
``E_total`` and the learning rate, a number: ``a_h`` and 2.
"""

from __future__ import annotations

import re
from functools import lru_cache

TOTAL = "E_total"
_GRADIENT = "dE/d"
_ACTIVATION = "a_"
_NUMBERED = re.compile(r"(.*?)(\d+)")

KIND_OF_FAMILY = {
    "t": "target",
    "i": "input",
    "w": "weight",
    "b": "bias",
    "h": "sum",
    "o": "sum",
    "a_h": "activation",
    "a_o": "activation",
    "E": "error",
    TOTAL: "total error",
    "dE/da_h": "hidden error",
    "dE/dw": "gradient",
    "dE/db": "gradient",
}
"""What a family is in a network; a name of another family is no quantity's."""


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, int | None]:
    found = _NUMBERED.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, None)


def family(name: str) -> str:
    """Return a name without its number: ``dE/dw`` of dE/dw5; E_total is a family of its own."""
    return _parts(name)[0]


def number(name: str) -> int:
    """Return the number of a name: 5 of dE/dw5, 0 of a name without one."""
    return _parts(name)[1] or 0


def kind(name: str) -> str | None:
    """Return what a name's quantity is, one of `sheetprop.maths.network.KINDS`, if it is any."""
    own, has_number = _parts(name)
    return KIND_OF_FAMILY.get(own) if (has_number is None) == (own == TOTAL) else None


def gradient_of(quantity: str) -> str:
    """Return the name of ∂E/∂ of a parameter or an activation."""
    return _GRADIENT + quantity


def is_gradient(name: str) -> bool:
    """Whether a name is that of ∂E_total/∂ of anything."""
    return name.startswith(_GRADIENT)


def parameter_of(gradient: str) -> str:
    """Return what a gradient is taken by: w5 of dE/dw5; another name stays as it is."""
    return gradient.removeprefix(_GRADIENT)


def activation_of(label: str) -> str:
    """Return the name of the activation of a neuron, a_h1 of h1."""
    return _ACTIVATION + label


def label_of(activation: str) -> str:
    """Return the name of a neuron, which is that of its sum: h1 of a_h1."""
    return activation.removeprefix(_ACTIVATION)


def is_activation(name: str) -> bool:
    """Whether a name is that of a neuron's activation."""
    return name.startswith(_ACTIVATION)


def is_output(name: str) -> bool:
    """Whether a name is that of an output neuron's sum or activation."""
    return family(name) in ("o", "a_o")


def is_parameter(name: str) -> bool:
    """Whether a name is that of a weight or a bias."""
    return family(name) in ("w", "b")


def is_given(name: str) -> bool:
    """Whether a name is that of an input, a target, a weight or a bias."""
    return kind(name) in ("input", "target", "weight", "bias")
