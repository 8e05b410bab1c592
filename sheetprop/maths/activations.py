"""Every activation function, with all that the rest asks of it in one entry.

A slope is written the way a course writes it (``a*(1-a)``, in terms of the activation's own value
where that is short), because mechanically derived ones are unreadable. Tests prove each slope by
central differences, and hold for every entry that is registered here: its tie, its value at a moved
argument, its words in every language, and that the matrix witness (`sheetprop.maths.trace`) agrees.

Sources: softplus, Dugas et al. (2001); ELU with α = 1, Clevert et al. (2016); GELU in its tanh
form, Hendrycks and Gimpel (2016); SiLU, Elfwing et al. (2018).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from sheetprop.maths.activation import Activation
from sheetprop.maths.trees.expr import Expr, total
from sheetprop.maths.trees.functions import (
    PI,
    above,
    at_least,
    at_most,
    below,
    both,
    choice,
    equal,
    exp,
    largest,
    ln,
    size,
    sqrt,
    tanh,
    within,
)

CLOSE = 1e-6
"""How far, relatively, an answer may be from the right one; a forgotten factor is far more."""

LEAK = 0.01
"""Slope of the leaky ReLU left of 0."""


def _sigmoid(z: Expr) -> Expr:
    return 1 / (1 + exp(-z))


def _almost(left: Expr, right: Expr) -> Expr:
    return within(left, right, CLOSE * size(right))


def _as_far(found: Expr, z: Expr, room: Expr) -> Expr:
    """Hold that an inverse gives z back, as far as the digits of the room to a limit allow."""
    return within(found, z, 1e-9 + CLOSE * size(z) + 1e-15 / room)


def _is_logit(a: Expr, z: Expr) -> Expr:
    """Where 1 - a has no digits left, the sum must be as large as that."""
    at_end = both(equal(size(a - 0.5), 0.5), above((a - 0.5) * z, 15))
    return choice(both(above(a, 0), below(a, 1)), _as_far(ln(a / (1 - a)), z, 1 - a), at_end)


def _is_artanh(a: Expr, z: Expr) -> Expr:
    inside = _as_far(ln((1 + a) / (1 - a)) / 2, z, 1 - size(a))
    return choice(below(size(a), 1), inside, both(equal(size(a), 1), above(a * z, 15)))


def _is_complementary(a: Expr, z: Expr) -> Expr:
    """Of a ReLU and what it took away, one is 0 and none is negative."""
    none_negative = (at_least(a, 0), at_most(z - a, CLOSE * size(z)))
    return both(*none_negative, at_most(size(a * (a - z)), CLOSE * a * a))


def _is_split(a: Expr, z: Expr) -> Expr:
    return choice(above(a, 0), _almost(a, z), _almost(a / LEAK, z))


def _is_softplus(a: Expr, z: Expr) -> Expr:
    """For large sums it is the sum itself; left of -36 a spreadsheet's digits end, and it is 0."""
    inverse = _as_far(ln(exp(a) - 1), z, exp(a) - 1)
    smaller = choice(above(a, 0), inverse, both(equal(a, 0), below(z, -30)))
    return choice(above(a, 30), _almost(a, z), smaller)


def _is_elu(a: Expr, z: Expr) -> Expr:
    inverse = _as_far(ln(1 + a), z, 1 + a)
    left = choice(above(a, -1), inverse, both(equal(a, -1), below(z, -30)))
    return choice(above(a, 0), _almost(a, z), left)


def _gate(a: Expr, z: Expr, inside: Callable[[Expr, Expr], Expr], argument: Expr) -> Expr:
    """Tie what multiplies the sum, a/z, to what it is a function of."""
    return choice(equal(z, 0), equal(a, 0), inside(a / z, argument))


def _moved_gate(a: Expr, z: Expr, d: Expr, by: Expr) -> Expr:
    """Return (z + d) times a sigmoid, a/z before, whose argument moves by an amount."""
    return (z + d) * a / (a + (z - a) * exp(-by))


_GELU_SCALE = sqrt(2 / PI)
_CUBIC = 0.044715


def _gelu_argument(z: Expr) -> Expr:
    return _GELU_SCALE * (z + _CUBIC * z**3)


def _gelu_slope(_a: Expr, z: Expr) -> Expr:
    inner = tanh(_gelu_argument(z))
    return 0.5 * (1 + inner) + 0.5 * z * (1 - inner**2) * _GELU_SCALE * (1 + 3 * _CUBIC * z**2)


def _gelu_shift(z: Expr, d: Expr) -> Expr:
    return 2 * _GELU_SCALE * (d + _CUBIC * ((z + d) ** 3 - z**3))


def softmax(z: Expr, everyone: Sequence[Expr]) -> Expr:
    """Return one output's share of all: it looks at the sums of its whole layer."""
    return exp(z) / total([exp(other) for other in everyone])


def softmax_tie(a: Expr, z: Expr, others: Sequence[Expr]) -> Expr:
    """Return the condition that ties a share to its sum and those of the other outputs."""
    return _is_logit(a, z - ln(total([exp(other) for other in others])) if others else z)


SIGMOID = Activation(
    name="sigmoid",
    symbol="σ",
    value=_sigmoid,
    slope=lambda a, _: a * (1 - a),
    tie=_is_logit,
    moved=lambda a, _, d: a / (a + (1 - a) * exp(-d)),
    limits=(0.0, 1.0),
    is_common=True,
)
TANH = Activation(
    name="tanh",
    symbol="tanh",
    value=tanh,
    slope=lambda a, _: 1 - a**2,
    tie=_is_artanh,
    moved=lambda a, _, d: (a + tanh(d)) / (1 + a * tanh(d)),
    limits=(-1.0, 1.0),
    is_common=True,
)
RELU = Activation(
    name="relu",
    symbol="ReLU",
    value=lambda z: largest(0.0, z),
    slope=lambda _, z: choice(above(z, 0), 1.0, 0.0),
    tie=_is_complementary,
    moved=lambda a, z, d: a * (z + d) / z,
    limits=(0.0, math.inf),
    kinks=(0.0,),
    is_common=True,
)
IDENTITY = Activation(
    name="identity",
    symbol="id",
    value=lambda z: z,
    slope=lambda _a, _z: None,
    tie=_almost,
    moved=lambda a, _, d: a + d,
    is_common=True,
)
LEAKY_RELU = Activation(
    name="leaky relu",
    symbol="LReLU",
    value=lambda z: largest(LEAK * z, z),
    slope=lambda _, z: choice(above(z, 0), 1.0, LEAK),
    tie=_is_split,
    moved=lambda a, z, d: a * (z + d) / z,
    kinks=(0.0,),
)
SOFTPLUS = Activation(
    name="softplus",
    symbol="softplus",
    value=lambda z: ln(1 + exp(z)),
    slope=lambda _, z: _sigmoid(z),
    tie=_is_softplus,
    moved=lambda a, _, d: a + ln(exp(-a) + (1 - exp(-a)) * exp(d)),
    limits=(0.0, math.inf),
)
ELU = Activation(
    name="elu",
    symbol="ELU",
    value=lambda z: choice(above(z, 0), z, exp(z) - 1),
    slope=lambda a, z: choice(above(z, 0), 1.0, a + 1),
    tie=_is_elu,
    moved=lambda a, z, d: choice(above(z, 0), a + d, (a + 1) * exp(d) - 1),
    limits=(-1.0, math.inf),
    kinks=(0.0,),  # of the slope: differences across it are not that of one formula
)
SILU = Activation(
    name="silu",
    symbol="SiLU",
    value=lambda z: z / (1 + exp(-z)),
    slope=lambda a, z: a + (1 - a) / (1 + exp(-z)),
    tie=lambda a, z: _gate(a, z, _is_logit, z),
    moved=lambda a, z, d: _moved_gate(a, z, d, d),
    limits=(-0.2785, math.inf),
)
GELU = Activation(
    name="gelu",
    symbol="GELU",
    value=lambda z: 0.5 * z * (1 + tanh(_gelu_argument(z))),
    slope=_gelu_slope,
    tie=lambda a, z: _gate(a, z, lambda s, u: _is_artanh(2 * s - 1, u), _gelu_argument(z)),
    moved=lambda a, z, d: _moved_gate(a, z, d, _gelu_shift(z, d)),
    limits=(-0.1701, math.inf),
)

ACTIVATIONS: Mapping[str, Activation] = {
    unit.name: unit
    for unit in (SIGMOID, TANH, RELU, IDENTITY, LEAKY_RELU, SOFTPLUS, ELU, SILU, GELU)
}
"""All of them by their names; where several would fit, the first one does."""

SOFTMAX = "softmax"
"""What outputs may have besides: no function of one sum, so that it has no entry."""
