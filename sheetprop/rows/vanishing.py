"""The gradient through many layers of one neuron each, and the signal through wide ones.

A row is a layer: its neuron takes the one before times the weight, a = f(w·a′), so that the slope
by the input is multiplied by w·f′ in each, g = g′·w·f′. Through sigmoids it is below (|w|/4)ⁿ. In
layers of n rectified neurons with random weights the mean square of a signal is multiplied by
n·Var(w)/2 (He, Zhang, Ren, Sun: Delving deep into rectifiers, 2015), with the variance 1/n of
Glorot and Bengio (2010) by ½, with He's 2/n by 1.
"""

from __future__ import annotations

import random

from sheetprop.maths.activations import ACTIVATIONS
from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.rows.row_lesson import RowLesson, RowQuantity

WEIGHT, WIDTH, LAYER = "w", "n", "layer"
UNITS = tuple(ACTIVATIONS[name] for name in ("sigmoid", "tanh", "relu", "identity"))
BOUND, SMALL, XAVIER, HE = "bound", "small", "xavier", "he"
SMALL_SPREAD = 0.01
"""Standard deviation of weights that are drawn small."""


def value_of(name: str) -> str:
    """Return the quantity that a layer of a function gives."""
    return f"a_{name}"


def gradient_of(name: str) -> str:
    """Return the quantity that the slope by the input is through layers of a function."""
    return f"g_{name}"


def _before(name: str) -> Name:
    return Name(name, -1)


def _layers() -> list[RowQuantity]:
    found = []
    for unit in UNITS:
        value, gradient = value_of(unit.name), gradient_of(unit.name)
        z: Expr = Name(WEIGHT) * _before(value)
        slope = unit.slope(Name(value), z)
        factors: Expr = _before(gradient) * Name(WEIGHT)
        spelt = rf"(?:a\(?)?{unit.name}\)?"
        found += [
            RowQuantity(value, (spelt, rf"a{unit.name}"), unit.value(z), first=_input),
            RowQuantity(
                gradient,
                (rf"(?:g|grad|gradient|d)\(?{unit.name}\)?", rf"{unit.name}gradient"),
                factors * slope if slope is not None else factors,
                first=1.0,
            ),
        ]
    return found


def _input(chance: random.Random) -> float:
    return chance.uniform(0.3, 1.5)


def _spread(name: str, variance: Expr) -> RowQuantity:
    tree = _before(name) * Name(WIDTH) * variance / 2
    return RowQuantity(name, (name, rf"{name}initiali[sz]ation"), tree, first=1.0)


VANISHING = RowLesson(
    "vanishing",
    (
        RowQuantity(
            WEIGHT, (r"w", r"weight", r"gewicht", r"वेट"), None, _input, default=1.0, is_once=True
        ),
        RowQuantity(
            WIDTH,
            (r"n", r"width", r"fanin", r"neurons"),
            None,
            lambda chance: float(chance.randrange(20, 200)),
            is_once=True,
        ),
        *_layers(),
        RowQuantity(
            BOUND, (r"bound", r"schranke", r"¼ⁿ"), _before(BOUND) * Name(WEIGHT) / 4, first=1.0
        ),
        _spread(SMALL, Number(SMALL_SPREAD**2)),
        _spread(XAVIER, 1 / Name(WIDTH)),
        _spread(HE, 2 / Name(WIDTH)),
    ),
    needed=(
        frozenset(gradient_of(unit.name) for unit in UNITS),
        frozenset(value_of(unit.name) for unit in UNITS),
    ),
    texts="vanishing_",
)
