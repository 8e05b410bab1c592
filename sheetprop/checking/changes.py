"""What changed between two reports of one file: which mistakes were mended, and which are new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sheetprop.checking.report import Finding, Place, Report

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """Findings with those of their places that are `mended` or `new`; `filled` and `emptied` cells.

    A finding that stays in some of its places is among both reports' findings, and mended in the
    others. Quantities whose cells were filled in, or emptied, are named.
    """

    mended: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    filled: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()


def changes(before: Report, after: Report) -> Changes:
    """Return what changed from one report of a file to the next.

    A mistake in a quantity is the same one wherever its cells have moved to.
    """
    if not after.tables and before.tables:  # nothing was judged, so nothing was mended
        return Changes()
    return Changes(
        mended=tuple(_only_in(before, after)),
        new=tuple(_only_in(after, before)),
        filled=tuple(name for name in before.unfilled if name not in after.unfilled),
        emptied=tuple(name for name in after.unfilled if name not in before.unfilled),
    )


def _only_in(report: Report, other: Report) -> Iterator[Finding]:
    """Yield the findings of a report in the places in which the other has no such finding."""
    known = {_key(finding, place) for finding in other.findings for place in finding.places}
    without_place = {(f.mistake, f.message) for f in other.findings if not f.places}
    for finding in report.findings:
        places = tuple(place for place in finding.places if _key(finding, place) not in known)
        if places or (
            not finding.places and (finding.mistake, finding.message) not in without_place
        ):
            yield replace(finding, places=places)


def _key(finding: Finding, place: Place) -> Key:
    return (finding.mistake, place.sheet, place.quantity or place.range)
