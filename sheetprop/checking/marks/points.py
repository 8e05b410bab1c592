"""What shares are worth by a rubric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheetprop.checking.marks.mended import mended, shares
from sheetprop.checking.marks.shares import Share
from sheetprop.checking.report import Mark, Marks, Report
from sheetprop.checking.score import FORMULAS, Rubric


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


def points(given: Sequence[Share], rubric: Rubric) -> tuple[Point, ...]:
    """Return the points of the shares, in the order of the rubric; a family's are worth the same.

    As it stands nothing earns more than with follow-through.
    """
    found = []
    for family, worth in (*rubric.points.items(), (FORMULAS, rubric.of_lessons)):
        own = [one for one in given if one.family == family]
        for one in own:
            each = worth / len(own)
            earned = each * one.share
            stands = earned if one.stands else 0.0
            place = (one.family, one.quantity, one.place)
            found.append(Point(*place, earned, each, one.why, one.lost_to, stands))
    return tuple(found)


def marks(report: Report, rubric: Rubric) -> Marks | None:
    """Return the marks of a report, of a network's with pictures; None where nothing has any."""
    has_lesson = report.parts or any(table.lesson for table in report.tables)
    if not report.pictures and not has_lesson:
        return None
    found = by_family(points(shares(report), rubric))
    problem = next((picture.problem for picture in report.pictures if picture.problem), None)
    if problem is not None:
        found = tuple(replace(one, as_it_stands=None) for one in found)
    return Marks(rubric.source, found, problem, mended(report))


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
