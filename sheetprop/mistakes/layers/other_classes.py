"""SP804: the last layer has not one channel for each class."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

FEWER = Case(
    "fewer",
    "{cells}: the last layer has {channels} channels, but there are {classes} classes.",
    "Each class needs a channel of its own to answer with: some can never be named. Give the last "
    "layer {classes} channels.",
)
MORE = Case(
    "more",
    "{cells}: the last layer has {channels} channels for {classes} classes.",
    "Channels without a class learn to be small, and take part in the softmax all the same. Give "
    "the last layer {classes} channels, or add one that has so many.",
)

OTHER_CLASSES = Mistake(
    code="SP804",
    name="other-classes",
    summary="the last layer has not one channel for each class",
    explanation=(
        "A network that tells classes apart ends with one number for each of them: so many "
        "channels has its last layer."
    ),
    wrong="10 classes, 1×1 convolution to 8 channels at the end",
    right="10 classes, 1×1 convolution to 10 channels at the end",
    cases=(FEWER, MORE),
    severity="warning",
)
