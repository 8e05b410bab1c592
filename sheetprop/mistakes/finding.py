"""What is said of a mistake: a finding with its places, one for each slip however often made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import NamedTuple

from sheetprop.maths.names import kind
from sheetprop.notation.address import Address
from sheetprop.notation.relative import references

SEVERITIES = ("error", "warning", "note")
CAUSES = (
    *("setting", "input", "target", "bias", "sum", "activation", "error", "total error"),
    *("hidden error", "gradient", "velocity", "weight"),
)
"""Kinds of quantities in the order in which one is computed from another; weights at the end."""

OF_COLUMNS = "SP1"
"""How the codes of missing and mislabelled columns begin: all formulas hang on what is where."""


@dataclass(frozen=True, slots=True)
class Place:
    """A range of one sheet that holds one quantity (None where it holds none).

    `found` is what stands in its first cell, `expected` what belongs there and can be filled over
    it, None where nothing can be offered. `label` is what the sheet calls the quantity, where that
    is another text than its name.
    """

    sheet: str
    range: str
    quantity: str | None = None
    found: str | None = field(default=None, compare=False)
    expected: str | None = field(default=None, compare=False)
    label: str | None = field(default=None, compare=False)

    @property
    def areas(self) -> list[tuple[Address, Address]]:
        """The corners of each area: cells of a quantity that stand apart are one area each."""
        corners = (references(area) for area in self.range.split(","))
        return [(own[0], own[-1]) for own in corners if own]

    @property
    def cells(self) -> Iterator[Address]:
        """Every cell, area by area."""
        for (top, left), (bottom, right) in self.areas:
            yield from product(range(top, bottom + 1), range(left, right + 1))


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


class Draft(NamedTuple):
    """A finding of one quantity, before those that are one slip are joined; `key` tells which."""

    key: tuple[object, ...]
    finding: Finding


def joined(drafts: Iterable[Draft]) -> tuple[Finding, ...]:
    """Return one finding for all drafts of one slip: errors first, and causes before effects.

    What is first mended is what the others calculate from.
    """
    by_key: dict[tuple[object, ...], Finding] = {}
    for draft in drafts:
        key = (draft.finding.severity, *draft.key)
        known = by_key.get(key)
        if known is None:
            by_key[key] = draft.finding
        else:
            by_key[key] = replace(known, places=known.places + draft.finding.places)
    return tuple(sorted(by_key.values(), key=_order))


def _order(finding: Finding) -> tuple[int, int]:
    """Return how severe a finding is, and when in an iteration its first quantity is computed."""
    if finding.code.startswith(OF_COLUMNS):
        return SEVERITIES.index(finding.severity), -1
    kinds = [kind(place.quantity) for place in finding.places if place.quantity is not None]
    turns = [CAUSES.index(one) for one in kinds if one is not None]
    return SEVERITIES.index(finding.severity), min(turns, default=len(CAUSES))
