"""SP803: padding before a kernel of one pixel."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

PADDED = Case(
    "padded",
    "{cells}: padding {padding} before a 1×1 kernel makes the image {more} pixels wider, with "
    "nothing in them.",
    "A kernel of one pixel loses no border, so there is nothing to make up for. What is added "
    "holds the bias alone, and all later layers calculate with it. Take padding 0.",
)

PADDED_POINT = Mistake(
    code="SP803",
    name="padded-point",
    summary="padding before a 1×1 convolution",
    explanation=(
        "Padding makes up for the border that a wide kernel loses. A kernel of one pixel loses "
        "none: padding only adds values that say nothing about the image."
    ),
    wrong="kernel 1, padding 1",
    right="kernel 1, padding 0",
    cases=(PADDED,),
    severity="warning",
)
