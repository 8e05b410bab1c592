"""What may be claimed of a training run, and the words that people claim it with."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.checking.logs.numbers import Said
from sheetprop.mistakes.words import Case
from sheetprop.workbooks.sheet import Address

BEST, LAST, AT, REACHED, ABOVE, GAP = "best", "last", "at", "reached", "above", "gap"
EPOCHS, PARAMETERS, BUDGET = "epochs", "parameters", "budget"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said of a run in a cell.

    `kind` is what is said; `number` the number said for it; `epoch` the epoch said with it, which
    `is_ordinal` where it is counted ("the 15th epoch"). `split` and `metric` are None where the
    text names none. Of `ABOVE`, the claim is of the last `count` epochs, or of those from `start`
    on; `is_strict` where the bound itself is too little; `is_below` for the other direction.
    `problem` says why it cannot be judged. `is_cell` where the number has a cell of its
    own, and `is_live` where a formula gives it.
    """

    kind: str
    sheet: str
    cell: Address
    text: str
    number: Said | None = None
    epoch: int | None = None
    is_ordinal: bool = False
    split: str | None = None
    metric: str | None = None
    count: int | None = None
    start: int | None = None
    is_strict: bool = True
    is_below: bool = False
    problem: str | None = None
    is_cell: bool = False
    is_live: bool = False
    context: str = ""


RIGHT, WRONG, UNTOLD = "right", "wrong", "untold"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a claim is: `RIGHT`, `WRONG`, `UNTOLD`; why, and what the log says instead.

    A right one may have a `case`, too: a remark.
    """

    kind: str
    reason: str = ""
    case: Case | None = None
    own: str = ""
    right: str = ""
    off: float | None = None


OK = Verdict(RIGHT)
NO_COLUMN = "the log has no column that it is said of"
UNCLEAR = "it is right for some epochs, and the text does not say of which it is"
