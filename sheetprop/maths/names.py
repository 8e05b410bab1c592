"""What the name of a quantity tells: ``dE/dw5`` is the gradient of ``w5``, ``a_h2`` of neuron h2.

The only place where names are taken apart or put together. A name is a family and, but for
``E_total`` and settings such as the momentum ``mu``, a number: ``a_h`` and 2. Where an iteration
looks at several samples, what belongs to one of them has its number behind an @: ``a_h2@3`` is that
of the third.
"""

from __future__ import annotations

import re
from functools import lru_cache

TOTAL = "E_total"
MOMENTUM = "mu"
WEIGHT_DECAY = "lambda"
_GRADIENT = "dE/d"
_ACTIVATION = "a_"
_VELOCITY = "v_"
_SAMPLE = "@"
_NUMBERED = re.compile(r"(.*\D|)(\d{1,9})")

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
    "v_w": "velocity",
    "v_b": "velocity",
    MOMENTUM: "setting",
    WEIGHT_DECAY: "setting",
}
"""What a family is in a network; a name of another family is no quantity's."""


_WITHOUT_NUMBER = (TOTAL, MOMENTUM, WEIGHT_DECAY)


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, int | None]:
    found = _NUMBERED.fullmatch(without_sample(name))
    return (found[1], int(found[2])) if found else (without_sample(name), None)


def of_sample(name: str, sample: int) -> str:
    """Return the name of a quantity of one sample; 0 stands for the only one there is."""
    return f"{name}{_SAMPLE}{sample}" if sample else name


def without_sample(name: str) -> str:
    """Return a name without the number of its sample: h1 of h1@3."""
    return name.partition(_SAMPLE)[0]


def sample_of(name: str) -> int:
    """Return the number of the sample a name belongs to, 0 where it does not say."""
    number = name.partition(_SAMPLE)[2]
    return int(number) if number.isdigit() else 0


def family(name: str) -> str:
    """Return a name without its number: ``dE/dw`` of dE/dw5; E_total is a family of its own."""
    return _parts(name)[0]


def number(name: str) -> int:
    """Return the number of a name: 5 of dE/dw5, 0 of a name without one."""
    return _parts(name)[1] or 0


def kind(name: str) -> str | None:
    """Return what a name's quantity is, one of `sheetprop.maths.quantity.KINDS`, if it is any."""
    own, has_number = _parts(name)
    is_whole = (has_number is None) == (own in _WITHOUT_NUMBER)
    return KIND_OF_FAMILY.get(own) if is_whole else None


def derivative(of: str, by: str) -> str:
    """Return the name of ∂ of one quantity by another: ``da_o1/do1``."""
    return f"d{of}/d{by}"


def gradient_of(quantity: str, sample: int = 0) -> str:
    """Return the name of ∂E/∂ of a parameter or an activation, of one sample where it is given."""
    return derivative(of_sample("E", sample), quantity)


def is_gradient(name: str) -> bool:
    """Whether a name is that of ∂E_total/∂ of anything."""
    return name.startswith(_GRADIENT)


def parameter_of(gradient: str) -> str:
    """Return what a gradient is taken by: w5 of dE/dw5; another name stays as it is."""
    return gradient.removeprefix(_GRADIENT)


def target_of(error: str) -> str:
    """Return the name of the target of an error: t2 of E2."""
    return f"t{error.removeprefix('E')}"


def velocity_of(parameter: str) -> str:
    """Return the name of what a parameter moves by, per learning rate, where there is momentum."""
    return _VELOCITY + parameter


def moved_by(velocity: str) -> str:
    """Return the parameter that a velocity moves: w1 of v_w1."""
    return velocity.removeprefix(_VELOCITY)


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


def is_output_activation(name: str) -> bool:
    """Whether a name is that of an output neuron's activation."""
    return family(name) == "a_o"


def is_parameter(name: str) -> bool:
    """Whether a name is that of a weight or a bias."""
    return family(name) in ("w", "b")


def is_given(name: str) -> bool:
    """Whether a name is that of an input, a target, a weight, a bias or a setting."""
    return kind(name) in ("input", "target", "weight", "bias", "setting")
