"""Whether the numbers of a submission are those that its student was handed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sheetprop.spec import Spec

OWN = "own"
SAME = 1e-9


def values_of(
    record: Mapping[str, Any], student: str, drawn: Mapping[str, Spec], lesson: Spec
) -> str:
    """Return whose numbers a submission has: own, another student's, the lesson's or altered.

    Empty where it has none, or where nobody knows what was handed out.
    """
    given: Mapping[str, float] = record["given"]
    if not given or student not in drawn:
        return ""
    if _has(given, drawn[student]):
        others = [rate for rate in record["rates"] if rate and not _is_near(rate, drawn[student])]
        return f"own, with other rates: {others[0]:g}" if others else OWN
    other = next((one for one, spec in drawn.items() if _has(given, spec)), None)
    if other is not None:
        return f"those of {other}"
    if _has(given, lesson):
        return "those of the lesson"
    start = drawn[student].start()
    altered = [n for n, value in given.items() if n in start and not _is_same(value, start[n])]
    return f"altered: {', '.join(altered[:4])}{' …' if len(altered) > 4 else ''}"


def _has(given: Mapping[str, float], spec: Spec) -> bool:
    start = spec.start()
    known = [name for name in given if name in start]
    return bool(known) and all(_is_same(given[name], start[name]) for name in known)


def _is_near(rate: float, spec: Spec) -> bool:
    rates: Sequence[float] = spec.learning_rates
    return any(_is_same(rate, own) for own in rates)


def _is_same(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=SAME, abs_tol=SAME)
