"""SP801: a layer that gives no output, or not the one that is typed for it."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

NO_ROOM = Case(
    "no room",
    "{cells}: a kernel {reach} wide does not fit into what comes in, {room} wide with its padding; "
    "the output would be {size} wide.",
    "A kernel has to fit into what comes in at least once, padding included: otherwise there is no "
    "place to put it down. Take a smaller kernel or dilation, more padding, or leave out a pooling "
    "layer before it.",
    "warning",
)
TYPED = Case(
    "typed",
    "{cells}: no kernel of {kernel} with stride {stride} and padding {padding} turns {before} "
    "pixels across into {size}; it gives {right}.",
    "The output of a layer follows from what comes in, kernel, stride and padding: "
    "INT((in + 2·padding - dilation·(kernel - 1) - 1)/stride) + 1. Type what it gives, better as a "
    "formula, or change the layer.",
)

PASSED = Case(
    "passed on",
    "{cells}: {layer} gets {before} numbers and is said to give {size}.",
    "What flattens, normalises, drops or bends values gives as many of them as it gets. One of the "
    "two shapes is wrong: see which follows from the layers above.",
)

IMPOSSIBLE_SIZE = Mistake(
    code="SP801",
    name="impossible-size",
    summary="a layer that cannot give the size it is said to have",
    explanation=(
        "A kernel is put down wherever it fits, in steps of the stride, and each place gives one "
        "value. Where it fits nowhere there is no layer, and no other size comes out than the one "
        "that follows."
    ),
    wrong="a 1×1 convolution of stride 1 turns 7×7 into 3×3",
    right="a 1×1 convolution of stride 1 leaves 7×7 as it is",
    cases=(NO_ROOM, TYPED, PASSED),
)
