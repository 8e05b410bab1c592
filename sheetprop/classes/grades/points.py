"""What shares are worth by a rubric, and what a teacher has decided otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheetprop.checking.report import Mark
from sheetprop.checking.score import Rubric
from sheetprop.classes.grades.overrides import Override
from sheetprop.classes.grades.shares import Share


@dataclass(frozen=True, slots=True)
class Point:
    """What one quantity of a family earned of what it is worth, where it stands, and why."""

    family: str
    quantity: str
    place: str
    earned: float
    possible: float
    why: str
    lost_to: str = ""
    as_it_stands: float = 0.0


def points(shares: Sequence[Share], rubric: Rubric) -> tuple[Point, ...]:
    """Return the points of the shares, in the order of the rubric; a family's are worth the same.

    As it stands nothing earns more than with follow-through.
    """
    found = []
    for family, worth in rubric.points.items():
        own = [one for one in shares if one.family == family]
        for one in own:
            each = worth / len(own)
            earned = each * one.share
            stands = earned if one.stands else 0.0
            place = (one.family, one.quantity, one.place)
            found.append(Point(*place, earned, each, one.why, one.lost_to, stands))
    return tuple(found)


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


def by_family(found: Sequence[Point]) -> tuple[Mark, ...]:
    """Return the sums of the families, as reports show them."""
    families = dict.fromkeys(one.family for one in found)
    return tuple(
        Mark(
            family,
            sum(one.possible for one in found if one.family == family),
            sum(one.as_it_stands for one in found if one.family == family),
            sum(one.earned for one in found if one.family == family),
        )
        for family in families
    )
