"""The gradient through many layers of one neuron each, and the signal through wide ones.

A row is a layer: its neuron takes the one before times the weight, a = f(w·a′), so that the slope
by the input is multiplied by w·f′ in each, g = g′·w·f′. Through sigmoids it is below (|w|/4)ⁿ. In
layers of n rectified neurons with random weights the mean square of a signal is multiplied by
n·Var(w)/2 (He, Zhang, Ren, Sun: Delving deep into rectifiers, 2015), with the variance 1/n of
Glorot and Bengio (2010) by ½, with He's 2/n by 1.
"""

from __future__ import annotations

import random

from sheetprop.maths.activation import Activation
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

DEPTH, SLOPE, LOCAL, GRADIENT = "layer", "slope", "local", "gradient"
_QUARTER = r"(?:0?25|1/4|¼)"
_sum, _value = Name("z"), Name("a")


def _by_layers(unit: Activation, bound: Expr) -> RowLesson:
    """Return the table of one neuron in each layer as others have it; `bound` is their (1/4)ⁿ."""
    slope = unit.slope(_value, _sum) or Number(1.0)
    no_loss = tuple(
        RowQuantity(
            f"{other.name}_bound",
            (rf"{other.name}(?:max)?(?:gradient)?\(?(?:bound|max|1\^n)?\)?",),
            Number(1.0),
        )
        for other in UNITS[1:]
    )
    return RowLesson(
        VANISHING.name,
        (
            RowQuantity(
                DEPTH,
                (
                    r"(?:hidden)?(?:layers?|schichte?n?)(?:n|no|nr|number|#)?",
                    r"depth",
                    r"(?:number|no)oflayers",
                ),
                draw=lambda chance: float(chance.randrange(1, 9)),
            ),
            VANISHING.by_name[WEIGHT],
            RowQuantity("z", (r"z", r"sum", r"net"), Name(WEIGHT) * _before("a")),
            RowQuantity(
                "a",
                (r"a", r"activation", r"output", rf"{unit.name}(?:\(z\))?", r"sigma\(z\)"),
                unit.value(_sum),
                first=_input,
            ),
            RowQuantity(
                SLOPE,
                (
                    r"(?:max(?:imum)?)?(?:sigmoid|tanh|relu)?(?:derivative|slope)",
                    r"(?:sig(?:ma|moid)|a|f)['’′](?:\(z\))?",
                ),
                slope,
            ),
            RowQuantity(
                LOCAL, (r"local(?:derivative|slope|gradient)",), Name(WEIGHT) * Name(SLOPE)
            ),
            RowQuantity(
                GRADIENT,
                (
                    r"(?:cumulative|total|chained)?gradients?(?:product)?",
                    r"(?:cumulative)?product(?:of(?:the)?(?:gradients|derivatives|slopes))?",
                ),
                _before(GRADIENT) * Name(WEIGHT) * Name(SLOPE),
                first=1.0,
            ),
            RowQuantity(
                BOUND,
                (
                    rf"(?:sigmoid)?(?:max)?(?:gradient)?\(?\(?{_QUARTER}\)?(?:\^n|ⁿ)\)?",
                    r"sigmoid(?:bound|max)?",
                ),
                bound,
                first=1.0,
            ),
            *no_loss,
        ),
        needed=(
            frozenset({DEPTH}),
            frozenset({GRADIENT, BOUND}),
            frozenset({SLOPE, LOCAL, "a", BOUND}),
        ),
        key=DEPTH,
        equal={_sum: (Name(WEIGHT) * _before("a"),), Name(SLOPE): (slope,)},
        fewest=3,
        fewest_rows=3,
        sure=frozenset({"a"}),
    )


BY_LAYERS = (
    *(_by_layers(unit, _before(BOUND) / 4) for unit in UNITS[:2]),
    _by_layers(UNITS[0], Number(0.25) ** Name(DEPTH)),
)
"""The tables of others: each row takes a quarter of the one before, or a power of its number.

Where gradients are multiplied by 0 or 1 alone, a missing factor changes nothing.
"""
