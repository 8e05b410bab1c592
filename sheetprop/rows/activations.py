"""Inputs times one weight through every activation function, and its slope: a row for each input.

The trees are those of `sheetprop.maths.activations`, which networks use.
"""

from __future__ import annotations

import random

from sheetprop.maths.activation import Activation
from sheetprop.maths.activations import ACTIVATIONS, LEAK
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.rows.row_lesson import Draw, RowLesson, RowQuantity

INPUT, WEIGHT, BIAS, SUM = "x", "w", "b", "z"
SLOPE = "_slope"
BY_DIFFERENCES = "by differences"
"""A slope by two values near each other: it is only about right, and nobody says how nearly."""


_SPELT = {
    "sigmoid": r"(?:sigmoid[ea]?|sigma|sig|logistic|logistisch|logistica)",
    "tanh": r"(?:tanh|hyperbolictangent|tangen(?:te|s)"
    r"(?:hyp(?:erbolique|erbolicus)?|iperbolica|hiperbólica))",
    "relu": r"relu",
    "identity": r"(?:identity|identität|identisch|id|linear|none)",
    "leaky relu": r"(?:l|leaky)relu",
    "softplus": r"softplus",
    "elu": r"elu",
    "silu": r"(?:silu|swish)",
    "gelu": r"gelu",
}
_OF = r"(?:\((?:x|z|wx|xw|w·x|x·w)\))?"
_BY = r"(?:/d[xz])?"


def key(unit: Activation) -> str:
    """Return the name of the quantity that a function's values are."""
    return unit.name.replace(" ", "_")


def slope_key(unit: Activation) -> str:
    """Return the name of the quantity that its slope is."""
    return key(unit) + SLOPE


def _either_sign(least: float, most: float) -> Draw:
    def draw(chance: random.Random) -> float:
        return chance.choice((-1.0, 1.0)) * chance.uniform(least, most)

    return draw


def _slope(unit: Activation) -> Expr:
    return unit.slope(Name(key(unit)), Name(SUM)) or Number(1.0)


def _columns(unit: Activation) -> tuple[RowQuantity, RowQuantity]:
    spelt = _SPELT[unit.name]
    slopes: tuple[str, ...] = (
        rf"{spelt}{_OF}(?:['’′]|prime|slope|derivative|gradient|grad|ableitung|steigung){_OF}",
        rf"d?\(?{spelt}{_OF}\)?{_BY}".replace("d?", "d", 1),
        rf"(?:slope|derivative|gradient|ableitung|steigung)(?:of|von|der|des)?{spelt}{_OF}",
    )
    if unit.name == "sigmoid":
        slopes += (rf"{spelt}{_OF}·?\(1{spelt}{_OF}\)",)  # without its minus, as in plain text
    free = (LEAK,) if unit.name == "leaky relu" else ()
    return (
        RowQuantity(key(unit), (rf"{spelt}{_OF}",), unit.value(Name(SUM)), free=free),
        RowQuantity(slope_key(unit), slopes, _slope(unit), free=free),
    )


UNITS = tuple(ACTIVATIONS.values())
_SUM = Name(WEIGHT) * Name(INPUT) + Name(BIAS)

ACTIVATION_TABLE = RowLesson(
    "activations",
    (
        RowQuantity(
            INPUT,
            (r"x", r"in(?:put)?(?:values?)?s?", r"eingaben?x?", r"इनपुट"),
            draw=_either_sign(0.2, 2.5),
        ),
        RowQuantity(
            WEIGHT,
            (r"w", r"weights?", r"gewichte?", r"वेट"),
            None,
            _either_sign(0.4, 1.4),
            default=1.0,
            is_once=True,
        ),
        RowQuantity(BIAS, (r"b", r"bias"), None, _either_sign(0.4, 1.4), default=0.0, is_once=True),
        RowQuantity(
            SUM,
            (
                r"z",
                r"sum",
                r"net",
                r"(?:w·?x|x·?w)(?:\+b)?",
                r"weight(?:ed)?·?input",
                r"input·?weight",
            ),
            _SUM,
        ),
        *(_columns(unit)[0] for unit in UNITS),
        *(_columns(unit)[1] for unit in UNITS),
        RowQuantity(
            BY_DIFFERENCES, (r"numeric(?:al)?(?:derivative|slope|gradient)", r"finitedifferences?")
        ),
    ),
    needed=(frozenset({INPUT, SUM}), frozenset(map(key, UNITS))),
    equal={
        Name(SUM): (_SUM, Name(INPUT)),
        **{Name(key(unit)): (unit.value(Name(SUM)),) for unit in UNITS},
    },
    fewest=3,
    telling=frozenset(map(key, UNITS)) - {"identity"},
    texts="activations_",
    behind={r"(?:slope|derivative|gradient|ableitung|steigung|f['’′](?:\([xz]\))?)": SLOPE},
)
