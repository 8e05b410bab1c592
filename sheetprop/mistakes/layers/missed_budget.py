"""SP807: a network does not keep to what the sheet asks of it."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

FIELD = Case(
    "receptive field",
    "{cells}: the receptive field ends at {own} pixels, {bound} are asked for.",
    "What a value at the end sees of the image is all that it can answer by. Each further 3×3 "
    "convolution adds 2 steps of the jump there: late ones, or a stride or dilation, widen it most "
    "cheaply.",
)
PARAMETERS = Case(
    "parameters",
    "{cells}: the layers have {own} parameters, {bound} are allowed.",
    "A convolution from many channels to many costs most: let a 1×1 convolution before it make "
    "fewer of them, or end with an average in place of a fully connected layer.",
)

MISSED_BUDGET = Mistake(
    code="SP807",
    name="missed-budget",
    summary="more parameters, or a smaller receptive field, than the sheet itself asks for",
    explanation=(
        "A network is made for a task: so many parameters may it have, and so much of the image "
        "should it see. The sheet says both, and its own numbers do not meet them."
    ),
    wrong="receptive field 24 where the image has 28 pixels across",
    right="receptive field 28",
    cases=(FIELD, PARAMETERS),
    severity="warning",
)
