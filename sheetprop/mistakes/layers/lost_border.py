"""SP802: a stride that does not fit leaves a border of the image that no kernel looks at."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

PIXELS = Case(
    "of pixels",
    "{cells}: a border as wide as {lost} is never looked at, since the stride {stride} does not "
    "fit.",
    "The last step would leave the image, so it is not made, and what lies behind the one before "
    "is lost. Nothing is counted wrong. Pad the image, or take a kernel, stride or size for which "
    "in + 2·padding - dilation·(kernel - 1) - 1 is a multiple of the stride.",
)
PADDING = Case(
    "of padding",
    "{cells}: the stride {stride} does not fit, so of the padding a border as wide as {lost} is "
    "never looked at.",
    "All pixels are seen, but the padding counts on one side more than on the other: the image is "
    "looked at a little off its middle. Many published networks do that.",
    "note",
)

LOST_BORDER = Mistake(
    code="SP802",
    name="lost-border",
    summary="a border of what comes into a layer is never looked at",
    explanation=(
        "A kernel moves in steps of the stride and stops before it would leave the image. Where "
        "they do not go evenly, what is left over on the right and below is seen by nothing."
    ),
    wrong="kernel 2 and stride 2 on 7 pixels: 3 places, 1 pixel lost",
    right="kernel 2 and stride 2 on 8 pixels: 4 places",
    cases=(PIXELS, PADDING),
    severity="warning",
)
