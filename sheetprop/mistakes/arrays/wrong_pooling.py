"""SP272: the mean of a window for its largest number, or the other way."""

from __future__ import annotations

import re

from sheetprop.lazily.patterns import pattern
from sheetprop.mistakes.array_formula import ArrayFormula, Made, named
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

OTHER = Case(
    "other",
    "takes the {taken} of {window}, not the {belongs}",
    "One layer pools all windows in one way: max pooling keeps the largest number of each, average "
    "pooling the mean.",
)
NAMES = {"MAX": "largest", "AVERAGE": "mean", "MIN": "smallest", "SUM": "sum"}
_FUNCTION = pattern(r"^=(MAX|AVERAGE|MIN)\(([^()]+)\)$", re.I)
_MEAN = pattern(r"^=SUM\(([^()]+)\)/\d+$", re.I)


def _made(formula: ArrayFormula) -> Made:
    found, mean = _FUNCTION.match(formula.text), _MEAN.match(formula.text)
    if len(formula.areas) != 1 or not (found or mean):
        return
    window = found[2] if found else mean[1] if mean else ""
    own = found[1].upper() if found else "AVERAGE"
    for other, name in NAMES.items():
        if other != own:
            blanks = {
                "taken": name,
                "belongs": NAMES[own],
                "window": named(formula.areas[0], formula.sheet),
            }
            yield f"={other}({window})", OTHER, blanks


WRONG_POOLING = Mistake(
    code="SP272",
    name="wrong-pooling",
    summary="the mean of a window for its largest number, or the other way",
    explanation=(
        "Max pooling keeps the largest number of a window, average pooling the mean of all. Both "
        "in one map is no layer, and the gradient goes back by another way."
    ),
    wrong="=AVERAGE(D4:E5) among =MAX(B2:C3)",
    right="=MAX(D4:E5)",
    cases=(OTHER,),
    rank=215,
    in_arrays=_made,
)
