"""SP806: the parameters in total are not those of the layers together."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

SAYS = "{cells} says {own} parameters in total, but the rows come to {right}"
BIAS = Case(
    "without biases",
    SAYS + ": it lacks the biases.",
    "Biases are learned like weights: one for each output channel of a layer that has them.",
)
NORM = Case(
    "without normalisation",
    SAYS + ": it lacks the batch normalisations.",
    "A batch normalisation learns a scale and a shift for each channel: 2·channels.",
)
LAYER = Case(
    "one layer",
    SAYS + ": the difference is what stands in {row}.",
    "The sum has to run over all layers, each of them once.",
)
OTHER = Case(
    "another",
    SAYS + ".",
    "The total is the sum of the column over all layers, each of them once.",
)

WRONG_TOTAL = Mistake(
    code="SP806",
    name="wrong-total",
    summary="the parameters in total are not those of the layers together",
    explanation=(
        "The parameters of a network are those of all its layers: weights, biases, and the scales "
        "and shifts of normalisations, each counted once."
    ),
    wrong="total = 160+4640, with 16 biases and 32 for the normalisation in the rows",
    right="total = SUM over all rows",
    cases=(BIAS, NORM, LAYER, OTHER),
)
