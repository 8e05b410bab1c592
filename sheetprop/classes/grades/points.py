"""The points of a submission, quantity by quantity, from the ledger of its cells.

Each formula is judged on the student's own values, so that a mistake costs once, and it costs the
same however long the run is: a quantity with a wrong cell or a typed number earns nothing, in
whatever many rows. What is still empty earns nothing either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sheetprop.checking.ledger.entries import Account, Entry, Ledger
from sheetprop.checking.report import Mark, Marks, Report
from sheetprop.checking.score import EXPERIMENT, Rubric

LOSS = "E_total"


@dataclass(frozen=True, slots=True)
class Point:
    """What one quantity of a family earned of what it is worth, where it stands, and why."""

    family: str
    quantity: str
    place: str
    earned: float
    possible: float
    why: str


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a quantity earns in one table, from 0 to 1."""

    share: float
    place: str
    why: str


def points(report: Report, rubric: Rubric) -> tuple[Point, ...]:
    """Return the points of a report that has its ledger and its pictures; none without a table."""
    families = {name: f for picture in report.pictures for name, f in picture.families.items()}
    found: list[Point] = []
    for family, worth in rubric.points.items():
        if family == "experiment":
            found += _experiment(report, worth) if families else ()
            continue
        judged = {
            name: least
            for name, its in families.items()
            if its == family and (least := _least(report, name)) is not None
        }
        each = worth / len(judged) if judged else 0.0
        for name, one in judged.items():
            found.append(Point(family, name, one.place, each * one.share, each, one.why))
    return tuple(found)


def with_points(report: Report, rubric: Rubric, found: tuple[Point, ...]) -> Report:
    """Return the report with these points as its marks, for whoever reads it."""
    if report.marks is None:
        return report
    stands = {mark.family: mark.as_it_stands for mark in report.marks.families}
    families = []
    for family in rubric.points:
        own = [point for point in found if point.family == family]
        if own:
            possible, earned = (sum(p.possible for p in own), sum(p.earned for p in own))
            as_it_stands = stands.get(family)
            least = None if as_it_stands is None else min(as_it_stands, earned)
            families.append(Mark(family, possible, least, earned))
    return replace(report, marks=Marks(rubric.source, tuple(families), report.marks.problem))


def _least(report: Report, name: str) -> _Judged | None:
    """Return what a quantity earns in the table where it is worst; None where it is only given."""
    judged = (_in_table(report, account, name) for account in report.ledger.accounts)
    return min((one for one in judged if one), key=lambda one: one.share, default=None)


def _in_table(report: Report, account: Account, name: str) -> _Judged | None:
    entries = dict(_entries(account, report.ledger, name))
    count = sum(entries.values())
    if not count:
        return None
    place = account.table.sheet
    if account.table.holds(name):
        place = "!".join(account.where(name))
    lost = next((e for e in entries if e.kind in ("wrong", "typed") or _is_own_error(e)), None)
    if lost is not None:
        return _Judged(0.0, place, _why(report, lost))
    right = sum(n for entry, n in entries.items() if entry.kind == "right" or entry.follows)
    rest = next((e for e in entries if e.kind in ("blank", "not_judged")), None)
    told = f"{right} of {count} cells: {rest.how}" if rest else f"{count} cells right"
    return _Judged(right / count, place, told)


def _is_own_error(entry: Entry) -> bool:
    return entry.kind == "error" and not entry.follows


def _why(report: Report, entry: Entry) -> str:
    if entry.finding is None:
        return entry.how
    finding = report.findings[entry.finding]
    return f"{finding.code} {finding.mistake}: {finding.message}"


def _entries(account: Account, ledger: Ledger, name: str) -> Iterator[tuple[Entry, int]]:
    """Yield what the cells of a quantity are that need a formula, and how many are so."""
    counts: dict[Entry, int] = {}
    for one in account.quantities.get(name, ()):
        counts[one.entry] = counts.get(one.entry, 0) + one.count
    for other in (*account.outside, *ledger.elsewhere):
        if other.quantity == name:
            counts[other.entry] = counts.get(other.entry, 0) + other.count
    yield from ((entry, n) for entry, n in counts.items() if entry.kind != "given")


def _experiment(report: Report, worth: float) -> Iterator[Point]:
    """Yield the points for runs and charts, as far as there is an E_total to be shown."""
    shares = [_filled(account, report.ledger) for account in report.ledger.accounts]
    filled = min(shares, default=0.0)
    mistakes = {finding.mistake: finding for finding in report.findings}
    each = worth / len(EXPERIMENT)
    for part, costly in EXPERIMENT.items():
        lost = next((mistakes[name] for name in costly if name in mistakes), None)
        why = f"{filled:.0%} of E_total is there" if lost is None else f"{lost.code} {lost.message}"
        place = ""
        if lost is not None and lost.places:
            place = f"{lost.places[0].sheet}!{lost.places[0].range}"
        yield Point("experiment", part, place, 0.0 if lost else each * filled, each, why)


def _filled(account: Account, ledger: Ledger) -> float:
    entries: Mapping[Entry, int] = dict(_entries(account, ledger, LOSS))
    count = sum(entries.values())
    blank = sum(n for entry, n in entries.items() if entry.kind == "blank")
    return 1 - blank / count if count else 0.0
