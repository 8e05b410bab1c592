"""How much of each quantity is right, from the ledger of its cells, before any rubric.

Each formula is judged on the student's own values, so that a mistake costs once, and it costs the
same however long the run is and whatever its learning rate: a quantity with a wrong cell or a typed
number earns nothing, in whatever many rows. Where earlier mistakes leave only zeros or saturated
activations there is nothing to follow, and what comes after them earns nothing.

What is still empty earns nothing, and nor does what was given: numbers, and the formulas that an
exercise came with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheetprop.checking.ledger.entries import Account, Entry, Ledger
from sheetprop.checking.report import Report
from sheetprop.checking.score import EXPERIMENT, FORMULAS
from sheetprop.mistakes.finding import Finding

LOSS = "E_total"
_NOTHING = "the values it follows from are all 0 or saturated: nothing shows that it is right"


@dataclass(frozen=True, slots=True)
class Share:
    """What one quantity of a family earns, from 0 to 1, where it stands, and why.

    `lost_to` names the mistake that costs it, as ``SP203 wrong-neuron``; empty where none does. As
    it `stands`, a quantity is right when neither it nor anything is wrong that it is computed from
    in the same iteration, an update in the one before; so that too hangs on no rate and no length.
    """

    family: str
    quantity: str
    place: str
    share: float
    why: str
    lost_to: str = ""
    stands: bool = True


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a quantity earns in one table."""

    share: float
    place: str
    why: str
    lost: Entry | None = None


def right_shares(report: Report) -> tuple[Share, ...]:
    """Return the shares of a report that has its ledger and its pictures; none without a table.

    A lesson that is no network needs no pictures: what its quantities follow from is known. What
    follows from a formula that was handed out wrong does not stand worse for it.
    """
    if report.parts:
        return tuple(_of_parts(report))
    if any(table.lesson for table in report.tables):
        return tuple(_of_lesson(report))
    families = {name: f for picture in report.pictures for name, f in picture.families.items()}
    behind = {name: own for picture in report.pictures for name, own in picture.behind.items()}
    judged = {name: least for name in families if (least := _least(report, name)) is not None}
    wrong = _wrong(report, judged)
    found = []
    for name, one in judged.items():
        share, why = (
            (0.0, _NOTHING)
            if one.share and _may_be_trivial(report, name) and _is_trivial(report, name)
            else (one.share, one.why)
        )
        stands = not wrong & {name, *behind.get(name, ())}
        lost_to = _named(report, name, one.lost)
        found.append(Share(families[name], name, one.place, share, why, lost_to, stands))
    return (*found, *(_experiment(report) if families else ()))


def _of_lesson(report: Report) -> Iterator[Share]:
    """Yield the shares of each computed quantity in each table of a lesson."""
    for table, account in zip(report.tables, report.ledger.accounts, strict=True):
        judged = {
            name: one
            for name in table.behind
            if (one := _in_table(report, account, name)) is not None
        }
        wrong = _wrong(report, judged)
        for name, one in judged.items():
            stands = not wrong & {name, *table.behind[name]}
            lost_to = _named(report, name, one.lost)
            yield Share(FORMULAS, name, one.place, one.share, one.why, lost_to, stands)


def _of_parts(report: Report) -> Iterator[Share]:
    """Yield the shares of the parts of a lesson of arrays."""
    judged = {
        part.name: _earned(report, dict(part.entries), part.place)
        for part in report.parts
        if any(entry.kind != "given" for entry, _ in part.entries)
    }
    wrong = _wrong(report, judged)
    for part in report.parts:
        if part.name in judged:
            one = judged[part.name]
            stands = not wrong & {part.name, *part.behind}
            lost_to = _named(report, part.name, one.lost)
            yield Share(FORMULAS, part.name, one.place, one.share, one.why, lost_to, stands)


def _wrong(report: Report, judged: Mapping[str, _Judged]) -> set[str]:
    """Return what is wrong by the student's own doing, numbers that were typed left aside."""
    wrong = {name for name, one in judged.items() if one.lost and one.lost.kind != "typed"}
    return wrong - set(report.planted)


def _may_be_trivial(report: Report, name: str) -> bool:
    """Whether zeros may cost it: of find-the-bug only what was wrong has to be shown right."""
    return not report.planted or name in report.planted


def _is_trivial(report: Report, name: str) -> bool:
    """Whether its values follow from nothing but zeros or saturated activations, by a mistake.

    Rounding costs nothing, and what follows from a gradient that was rounded to 0 loses nothing.
    """
    rounded = {
        place.quantity
        for finding in report.findings
        if finding.mistake == "rounded"
        for place in finding.places
    }
    return any(
        name not in picture.matching and picture.trivial.get(name, frozenset()) - rounded
        for picture in report.pictures
    )


def named(finding: Finding) -> str:
    """Return how a finding is called: its code and its name."""
    return f"{finding.code} {finding.mistake}"


def _named(report: Report, name: str, lost: Entry | None) -> str:
    """Return the mistake that cost a quantity its points; that of a right typed number is a remark.

    The ledger takes such a cell for typed and not for wrong.
    """
    if lost is None:
        return ""
    if lost.finding is not None:
        return named(report.findings[lost.finding])
    return _typed(report, name)


def _typed(report: Report, name: str) -> str:
    """Return the mistake by which a quantity has typed numbers, if it has any."""
    found = (one for one in report.findings if one.mistake == "typed-number")
    about = (one for one in found if any(place.quantity == name for place in one.places))
    return next(map(named, about), "")


def _least(report: Report, name: str) -> _Judged | None:
    """Return what a quantity earns in the table where it is worst; None where it is only given."""
    judged = (_in_table(report, account, name) for account in report.ledger.accounts)
    return min((one for one in judged if one), key=lambda one: one.share, default=None)


def _in_table(report: Report, account: Account, name: str) -> _Judged | None:
    entries = dict(_entries(account, report.ledger, name))
    if not entries:
        return None
    place = account.table.sheet
    if account.table.holds(name):
        place = "!".join(account.where(name))
    return _earned(report, entries, place)


def _earned(report: Report, entries: Mapping[Entry, int], place: str) -> _Judged:
    """Return what cells earn together, so many of each entry."""
    count = sum(entries.values())
    lost = next((e for e in entries if e.kind in ("wrong", "typed") or _is_own_error(e)), None)
    if lost is not None:
        return _Judged(0.0, place, _why(report, lost), lost)
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
    return f"{named(finding)}: {finding.message}"


def _entries(account: Account, ledger: Ledger, name: str) -> Iterator[tuple[Entry, int]]:
    """Yield what the cells of a quantity are that need a formula, and how many are so."""
    counts: dict[Entry, int] = {}
    for one in account.quantities.get(name, ()):
        asked = account.table.asked_of(name, one.first, one.last)
        counts[one.entry] = counts.get(one.entry, 0) + asked
    for other in (*account.outside, *ledger.elsewhere):
        if other.quantity == name:
            counts[other.entry] = counts.get(other.entry, 0) + other.count
    yield from ((entry, n) for entry, n in counts.items() if n and entry.kind != "given")


def _experiment(report: Report) -> Iterator[Share]:
    """Yield the shares of runs and charts, as far as there are formulas of E_total to be shown."""
    parts = [_filled(report, account) for account in report.ledger.accounts]
    filled = min((part for part in parts if part is not None), default=0.0)
    mistakes = {finding.mistake: finding for finding in report.findings}
    for part, costly in EXPERIMENT.items():
        lost = next((mistakes[name] for name in costly if name in mistakes), None)
        if lost is None:
            lost_to = _typed(report, LOSS) if filled < 1 else ""
            yield Share(
                "experiment", part, "", filled, f"{filled:.0%} of E_total is there", lost_to
            )
            continue
        place = f"{lost.places[0].sheet}!{lost.places[0].range}" if lost.places else ""
        why = f"{named(lost)}: {lost.message}"
        yield Share("experiment", part, place, 0.0, why, named(lost), stands=False)


def _filled(report: Report, account: Account) -> float | None:
    """Return what part of E_total has formulas; None where none is asked for."""
    entries = dict(_entries(account, report.ledger, LOSS))
    count = sum(entries.values())
    empty = sum(
        n for e, n in entries.items() if e.kind in ("blank", "typed") or _is_typed(report, e)
    )
    return 1 - empty / count if count else None


def _is_typed(report: Report, entry: Entry) -> bool:
    return entry.finding is not None and report.findings[entry.finding].mistake == "typed-number"
