"""What cells of one quantity earn together, by the entries that they have in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetprop.checking.ledger.entries import Entry
from sheetprop.checking.report import Report
from sheetprop.mistakes.finding import Finding


@dataclass(frozen=True, slots=True)
class Judged:
    """What a quantity earns in one table, or in all of them: so many right cells of so many.

    `open` says what is with the others; `lost` is the entry that costs all of it, for which `why`
    is told.
    """

    right: int
    count: int
    place: str
    open: str = ""
    lost: Entry | None = None
    told: str = ""

    @property
    def share(self) -> float:
        """The part of its points, from 0 to 1."""
        return 0.0 if self.lost is not None else self.right / self.count

    @property
    def why(self) -> str:
        """What it earns so much for."""
        if self.lost is not None:
            return self.told
        if self.open:
            return f"{self.right} of {self.count} cells: {self.open}"
        return f"{self.count} cells right"


def earned(report: Report, entries: Mapping[Entry, int], place: str) -> Judged:
    """Return what cells earn together, so many of each entry."""
    count = sum(entries.values())
    lost = next((e for e in entries if _is_lost(e)), None)
    if lost is not None:
        return Judged(0, count, place, lost=lost, told=_why(report, lost))
    right = sum(n for entry, n in entries.items() if entry.kind == "right" or entry.follows)
    rest = next((e.how for e in entries if e.kind in ("blank", "not_judged")), "")
    return Judged(right, count, place, rest)


def _is_lost(entry: Entry) -> bool:
    """Whether a cell costs its quantity everything: it is wrong, or a number, right or not."""
    is_own_error = entry.kind == "error" and not entry.follows
    return entry.kind in ("wrong", "typed") or entry.is_number or is_own_error


def _why(report: Report, entry: Entry) -> str:
    if entry.finding is None:
        return entry.how
    finding = report.findings[entry.finding]
    return f"{named(finding)}: {finding.message}"


def named(finding: Finding) -> str:
    """Return how a finding is called: its code and its name."""
    return f"{finding.code} {finding.mistake}"
