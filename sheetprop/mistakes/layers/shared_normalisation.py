"""SP805: a batch normalisation stands behind two layers, or behind none."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

TWICE = Case(
    "twice",
    "{cells}: {label} is used {times} times.",
    "The two layers before it have different means and spreads, but share one running mean, scale "
    "and shift. And its 2·channels parameters are there once: a sum over the rows counts {extra} "
    "more than the network has. Give each layer its own.",
)
NEVER = Case(
    "never",
    "{cells}: {label} is used {times} times, and {unused} nowhere.",
    "It looks like a slip of a number. The layers share one running mean, scale and shift, and a "
    "layer that is made and never used is counted by the program (2·channels) but by no sum over "
    "the rows. Write {unused} where it belongs.",
)

SHARED_NORMALISATION = Mistake(
    code="SP805",
    name="shared-normalisation",
    summary="one batch normalisation behind two layers, or behind none",
    explanation=(
        "A batch normalisation keeps the mean and spread of the one layer it follows, and learns a "
        "scale and a shift for each of its channels. Shared, it fits neither layer; unused, its "
        "parameters are counted though they do nothing, so totals differ."
    ),
    wrong="conv1, bn1, conv2, bn2, conv3, bn2",
    right="conv1, bn1, conv2, bn2, conv3, bn3",
    cases=(TWICE, NEVER),
    severity="warning",
)
