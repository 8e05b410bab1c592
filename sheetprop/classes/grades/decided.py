"""What a teacher has decided about points otherwise than the rubric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheetprop.checking.marks.points import Point
from sheetprop.classes.grades.overrides import Override


def decided(found: Sequence[Point], overrides: Sequence[Override]) -> tuple[Point, ...]:
    """Return the points with what the teacher decided about findings, each shown as that."""
    for one in overrides:
        if one.finding:
            found = tuple(_with(found, one))
    return tuple(found)


def _with(found: Sequence[Point], override: Override) -> Iterator[Point]:
    """Yield the points with one decision: a dropped finding costs nothing, another its points."""
    meant = [one for one in found if override.is_about(one.lost_to, one.quantity)]
    worth = sum(one.possible for one in meant)
    for one in found:
        if one not in meant:
            yield one
            continue
        lost = one.possible - one.earned
        if override.is_dropped:
            lost = 0.0
        elif override.points is not None:
            lost = min(override.points, worth) * (one.possible / worth if worth else 0.0)
        told = f"{override.told()} · {one.why}"
        yield replace(one, earned=one.possible - lost, why=told)
