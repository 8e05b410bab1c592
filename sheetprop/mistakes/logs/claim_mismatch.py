"""SP701: what is claimed of a training run is not what its log shows."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

SAYS = "{cell} says {own} ({text}), but the log says {right}."


def _case(name: str, advice: str, severity: str | None = None, says: str = SAYS) -> Case:
    return Case(name, says, advice, severity)


BEST = _case("best", "The best epoch is the one with the highest accuracy (or the lowest loss).")
EPOCH = _case("epoch", "The epoch is the one whose row in the log has that number.")
LAST = _case("last", "The last epoch is the bottom row of the log, not the best one.")
AT = _case("value", "The number is the one in the row of that epoch.")
NOT_ABOVE = _case(
    "not above",
    "“Consistently” is said of every epoch it is about: one on the other side is enough to make "
    "it wrong.",
)
LOWEST = _case("lowest", "The smallest of the last epochs tells whether all of them are above.")
GAP = _case(
    "gap", "The gap is the training accuracy less that on data the network has not learned from."
)
EPOCHS = _case("epochs", "The log has a row for every epoch; count them.")
PARAMETERS = _case(
    "parameters", "The parameters are those of all layers together, biases and scales included."
)
BUDGET = _case("budget", "A budget is kept when all parameters together are within it.")
FORMULA = _case(
    "formula",
    "The formula takes other cells than those of all the epochs it is said of: with other numbers "
    "in the log it would be wrong.",
    "warning",
    "{cell} ({text}) gives {own}, which is right for these numbers, but not for all.",
)
FROM_ONE = _case(
    "counted from one",
    "The log counts its epochs from 0. Say which way you count, or take the number in the log.",
    "note",
    "{cell} says epoch {own} ({text}); the log, which counts from 0, calls it {right}.",
)

CLAIM_MISMATCH = Mistake(
    code="SP701",
    name="claim-mismatch",
    summary="what is claimed of a training run is not what its log shows",
    explanation=(
        "Best and last epoch, a gap, a number of parameters, “consistently above”: each claim can "
        "be looked up in the numbers of the run, and has to be what they say."
    ),
    wrong="best test accuracy 99.43 % in epoch 14, where epoch 17 has 99.56 %",
    right="best test accuracy 99.56 % in epoch 17",
    cases=(
        BEST,
        EPOCH,
        LAST,
        AT,
        NOT_ABOVE,
        LOWEST,
        GAP,
        EPOCHS,
        PARAMETERS,
        BUDGET,
        FORMULA,
        FROM_ONE,
    ),
)
