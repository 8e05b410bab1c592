"""Columns that are nothing known here, in tables whose kind no header says: not judged."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.checking.judging.left_open import left_open
from sheetprop.mistakes.base import NOTHING, Diagnosis
from sheetprop.tables.judgement import Judgement

REASON = (
    "this is none of the activations, errors and rules of learning known here, "
    "and no known mistake makes it one"
)


TELLING = ("activation", "error", "total error")
"""Kinds of quantities that tell which model it is."""


def without_other_models(judgement: Judgement) -> Judgement:
    """Return a judgement that accuses no whole column which only another model may explain.

    A penalty on the weights, another mean of gradients or another activation is no mistake.
    """
    if not judgement.table.spare:
        return judgement
    columns = [wrong for wrong, _ in judgement.named if len(wrong.steps) > wrong.right_elsewhere]
    others = [wrong for wrong, found in judgement.named if wrong in columns and _is_other(found)]
    kinds = {judgement.lesson.quantities[one.quantity].kind for one in others}
    if not kinds.isdisjoint(TELLING):  # then what follows from these is no known one either
        others = columns
    return left_open(judgement, others, REASON)


def _is_other(found: Sequence[Diagnosis]) -> bool:
    return all(one.signature == NOTHING for one in found)
