"""The points of a file, quantity by quantity, from the ledger of its cells.

*With follow-through* each formula is judged on the student's own values, so that a mistake costs
once, and it costs the same however long the run is: a quantity with a wrong cell or a typed number
earns nothing, in whatever many rows. Where earlier mistakes leave only zeros or saturated
activations there is nothing to follow, and what comes after them earns nothing. *As it stands* a
quantity earns what has a formula, if its values are those of the right run, so that all that comes
after a wrong formula is wrong too.

What is still empty earns nothing, and nor does what was given: numbers, and the formulas that an
exercise came with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheetprop.checking.ledger.entries import Account, Entry, Ledger
from sheetprop.checking.report import Mark, Marks, Report
from sheetprop.checking.score import EXPERIMENT, Rubric

LOSS = "E_total"
_NOTHING = "the values it follows from are all 0 or saturated: nothing shows that it is right"


@dataclass(frozen=True, slots=True)
class Point:
    """What one quantity of a family earned of what it is worth, where it stands, and why.

    `earned` is with follow-through; `stands` what it earned as it stands, None if that is unknown.
    """

    family: str
    quantity: str
    place: str
    earned: float
    possible: float
    why: str
    stands: float | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a quantity earns in one table, from 0 to 1, and what part of it is there at all."""

    share: float
    there: float
    place: str
    why: str


def marks(report: Report, rubric: Rubric) -> Marks | None:
    """Return the marks of a report that has pictures; None where no table was recognised."""
    if not report.pictures:
        return None
    found = points(report, rubric)
    problem = next((p.problem for p in report.pictures if p.problem), None)
    families = []
    for family in rubric.points:
        if own := [point for point in found if point.family == family]:
            stands = [point.stands for point in own if point.stands is not None]
            as_it_stands = sum(stands) if len(stands) == len(own) else None
            earned, possible = sum(p.earned for p in own), sum(p.possible for p in own)
            families.append(Mark(family, possible, as_it_stands, earned))
    is_known = all(mark.as_it_stands is not None for mark in families)
    return Marks(rubric.source, tuple(families), None if is_known else problem)


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
        found += [_point(report, family, name, one, each) for name, one in judged.items()]
    return tuple(found)


def _point(report: Report, family: str, name: str, judged: _Judged, worth: float) -> Point:
    earned, why = worth * judged.share, judged.why
    if earned and any(name in one.trivial - one.matching for one in report.pictures):
        earned, why = 0.0, _NOTHING
    stands: float | None = 0.0
    if judged.there and any(picture.problem for picture in report.pictures):
        stands = None
    elif all(name in picture.matching for picture in report.pictures):
        stands = worth * judged.there
    return Point(family, name, judged.place, earned, worth, why, stands)


def _least(report: Report, name: str) -> _Judged | None:
    """Return what a quantity earns in the table where it is worst; None where it is only given."""
    judged = (_in_table(report, account, name) for account in report.ledger.accounts)
    return min((one for one in judged if one), key=lambda one: one.share, default=None)


def _in_table(report: Report, account: Account, name: str) -> _Judged | None:
    entries = dict(_entries(account, report.ledger, name))
    count = sum(entries.values())
    if not count:
        return None
    place = f"{account.table.sheet}!{account.table.range_text(name)}"
    if not account.table.holds(name):
        place = account.table.sheet
    lost = next((e for e in entries if e.kind in ("wrong", "typed") or _is_own_error(e)), None)
    if lost is not None:
        return _Judged(0.0, _there(report, entries) / count, place, _why(report, lost))
    right = sum(n for entry, n in entries.items() if entry.kind == "right" or entry.follows)
    rest = next((e for e in entries if e.kind in ("blank", "not_judged")), None)
    told = f"{right} of {count} cells: {rest.how}" if rest else f"{count} cells right"
    return _Judged(right / count, _there(report, entries) / count, place, told)


def _there(report: Report, entries: Mapping[Entry, int]) -> int:
    """Return how many cells have a formula that gives a value, right or wrong."""
    return sum(
        n
        for entry, n in entries.items()
        if entry.kind == "right" or (entry.kind == "wrong" and not _is_typed(report, entry))
    )


def _is_typed(report: Report, entry: Entry) -> bool:
    return entry.finding is not None and report.findings[entry.finding].mistake == "typed-number"


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
    table = account.table
    for one in account.quantities.get(name, ()):
        asked = table.asked_of(name, one.first, one.last)
        counts[one.entry] = counts.get(one.entry, 0) + asked
    for other in (*account.outside, *ledger.elsewhere):
        if other.quantity == name:
            counts[other.entry] = counts.get(other.entry, 0) + other.count
    yield from ((entry, n) for entry, n in counts.items() if n and entry.kind != "given")


def _experiment(report: Report, worth: float) -> Iterator[Point]:
    """Yield the points for runs and charts, as far as there are formulas of E_total to be shown."""
    shares = [_filled(report, account) for account in report.ledger.accounts]
    filled = min((share for share in shares if share is not None), default=0.0)
    mistakes = {finding.mistake: finding for finding in report.findings}
    each = worth / len(EXPERIMENT)
    for part, costly in EXPERIMENT.items():
        lost = next((mistakes[name] for name in costly if name in mistakes), None)
        why = f"{filled:.0%} of E_total is there" if lost is None else f"{lost.code} {lost.message}"
        place = ""
        if lost is not None and lost.places:
            place = f"{lost.places[0].sheet}!{lost.places[0].range}"
        earned = 0.0 if lost else each * filled
        yield Point("experiment", part, place, earned, each, why, earned)


def _filled(report: Report, account: Account) -> float | None:
    """Return what part of E_total has formulas; None where none is asked for."""
    entries = dict(_entries(account, report.ledger, LOSS))
    count = sum(entries.values())
    empty = sum(
        n for e, n in entries.items() if e.kind in ("blank", "typed") or _is_typed(report, e)
    )
    return 1 - empty / count if count else None
