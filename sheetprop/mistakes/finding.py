"""What is said of a mistake: a finding with its places, one for each slip however often made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Place:
    """A range of one sheet that holds one quantity (None where it holds none).

    `found` is what stands in its first cell, `expected` what belongs there and can be filled over
    it, None where nothing can be offered.
    """

    sheet: str
    range: str
    quantity: str | None = None
    found: str | None = field(default=None, compare=False)
    expected: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake, however many cells it was filled into.

    `found` and `expected` are the formulas at the first cell of the first place; `message` says
    what the formula computes and what belongs there; `relative_error` is |wrong - right| / |right|
    at the student's own numbers there, None where it has no meaning; `why` tells this student what
    is wrong with it.
    """

    mistake: str
    code: str
    severity: str
    places: tuple[Place, ...]
    message: str
    found: str | None = None
    expected: str | None = None
    relative_error: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Draft:
    """A finding of one quantity, before those that are one slip are joined; `key` tells which."""

    key: tuple[object, ...]
    finding: Finding


def joined(drafts: Iterable[Draft]) -> tuple[Finding, ...]:
    """Return one finding for all drafts of one slip, errors first, in the order of the sheet."""
    by_key: dict[tuple[object, ...], Finding] = {}
    for draft in drafts:
        key = (draft.finding.severity, *draft.key)
        known = by_key.get(key)
        if known is None:
            by_key[key] = draft.finding
        else:
            by_key[key] = replace(known, places=known.places + draft.finding.places)
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    return tuple(sorted(by_key.values(), key=lambda finding: order[finding.severity]))
