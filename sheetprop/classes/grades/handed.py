"""Whether the numbers of a submission are those that its student was handed."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sheetprop.classes.draw import rates_in
from sheetprop.classes.hand_out import RATES, STUDENT
from sheetprop.spec import Spec

OWN = "own"
SAME = 1e-9


def rates_handed(properties: Iterable[Mapping[str, str]], seed: int | None) -> frozenset[float]:
    """Return the rates that worksheets of a class were handed in place of drawn ones."""
    if seed is None:
        return frozenset()
    return frozenset(
        rate
        for own in properties
        if RATES in own
        for rate in rates_in(own[RATES], seed, own.get(STUDENT, ""))
    )


def handed_out_to(
    record: Mapping[str, Any], owners: Sequence[str], drawn: Mapping[str, Spec]
) -> str:
    """Return which of those who hand in together got the numbers; where none did, the first."""
    given = record["given"]
    own = (one for one in owners if given and one in drawn and _has(given, drawn[one]))
    return next(own, owners[0])


def values_of(
    record: Mapping[str, Any],
    student: str,
    drawn: Mapping[str, Spec],
    lesson: Spec | None,
    handed: Collection[float] = (),
) -> str:
    """Return whose numbers a submission has: own, another student's, the lesson's or altered.

    Empty where it has none, or where nobody knows what was handed out. The rates `handed` to the
    class are everybody's own.
    """
    given: Mapping[str, float] = record["given"]
    if not given or student not in drawn:
        return ""
    if _has(given, drawn[student]):
        known = (*drawn[student].learning_rates, *handed)
        others = [rate for rate in record["rates"] if rate and not _is_one_of(rate, known)]
        return f"own, with other rates: {others[0]:g}" if others else OWN
    other = next((one for one, spec in drawn.items() if _has(given, spec)), None)
    if other is not None:
        return f"those of {other}"
    if lesson is not None and _has(given, lesson):
        return "those of the lesson"
    start = drawn[student].start()
    altered = [n for n, value in given.items() if n in start and not _is_same(value, start[n])]
    return f"altered: {', '.join(altered[:4])}{' …' if len(altered) > 4 else ''}"


def run_by_some(
    records: Mapping[str, Mapping[str, Any]], drawn: Mapping[str, Spec], handed: Collection[float]
) -> frozenset[int]:
    """Return which of the rates, by their order, anybody has a table for.

    An exercise may have been handed out with some of the rates that are drawn.
    """
    return frozenset(
        number
        for student, record in records.items()
        for number, rate in enumerate(_asked(student, drawn, handed))
        if _is_one_of(rate, filter(None, record["rates"]))
    )


def not_run(
    record: Mapping[str, Any],
    student: str,
    drawn: Mapping[str, Spec],
    handed: Collection[float],
    some: Collection[int],
) -> list[float]:
    """Return the rates that others have, and a file with fewer tables has none for.

    Who has as many tables with other rates has changed a rate: `values_of` says so.
    """
    found: list[float | None] = record["rates"]
    asked = [rate for k, rate in enumerate(_asked(student, drawn, handed)) if k in some]
    if not 0 < len(found) < len(asked):
        return []
    return [rate for rate in asked if not _is_one_of(rate, filter(None, found))]


def _asked(student: str, drawn: Mapping[str, Spec], handed: Collection[float]) -> list[float]:
    if student not in drawn:
        return []
    return sorted(handed or drawn[student].learning_rates)


def _has(given: Mapping[str, float], spec: Spec) -> bool:
    start = spec.start()
    known = [name for name in given if name in start]
    return bool(known) and all(_is_same(given[name], start[name]) for name in known)


def _is_one_of(rate: float, rates: Iterable[float]) -> bool:
    return any(_is_same(rate, own) for own in rates)


def _is_same(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=SAME, abs_tol=SAME)
