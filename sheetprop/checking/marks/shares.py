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
from dataclasses import dataclass, replace

from sheetprop.checking.ledger.entries import Account, Entry, Ledger
from sheetprop.checking.marks.judged import Judged, earned, named
from sheetprop.checking.report import Report
from sheetprop.checking.score import EXPERIMENT, FORMULAS

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
    judged = {name: one for name in families if (one := _together(report, name)) is not None}
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
        part.name: earned(report, dict(part.entries), part.place)
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


def _wrong(report: Report, judged: Mapping[str, Judged]) -> set[str]:
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


def _together(report: Report, name: str) -> Judged | None:
    """Return what a quantity earns in all tables; None where it is only given.

    A mistake costs all of it in whichever table it is made. What is empty costs its part of the
    cells, be they rows or a whole table: who left the sheet of one rate empty has done the others.
    """
    judged = [_in_table(report, account, name) for account in report.ledger.accounts]
    found = [one for one in judged if one is not None]
    lost = next((one for one in found if one.lost is not None), None)
    if lost is not None or not found:
        return lost
    least = min(found, key=lambda one: one.share)
    right, count = sum(one.right for one in found), sum(one.count for one in found)
    return replace(least, right=right, count=count) if least.open else least


def _in_table(report: Report, account: Account, name: str) -> Judged | None:
    entries = dict(_entries(account, report.ledger, name))
    if not entries:
        return None
    place = account.table.sheet
    if account.table.holds(name):
        place = "!".join(account.where(name))
    return earned(report, entries, place)


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
    """Yield the shares of runs and charts, as far as formulas make what they show."""
    parts = [_calculated(report, account) for account in report.ledger.accounts]
    count = sum(of for _, of in parts)
    if not count and all(account.table.is_exercise for account in report.ledger.accounts):
        return  # E_total was handed out
    filled = sum(part for part, _ in parts) / count if count else 0.0
    mistakes = {finding.mistake: finding for finding in report.findings}
    for part, costly in EXPERIMENT.items():
        lost = next((mistakes[name] for name in costly if name in mistakes), None)
        if lost is None:
            lost_to = _typed(report, LOSS) if filled < 1 else ""
            yield Share(
                "experiment", part, "", filled, f"{filled:.0%} of E_total is calculated", lost_to
            )
            continue
        place = f"{lost.places[0].sheet}!{lost.places[0].range}" if lost.places else ""
        why = f"{named(lost)}: {lost.message}"
        yield Share("experiment", part, place, 0.0, why, named(lost), stands=False)


def _calculated(report: Report, account: Account) -> tuple[int, int]:
    """Return how many cells of E_total formulas make, of how many where one is asked for.

    Of columns of made-up numbers they make nothing.
    """
    entries = dict(_entries(account, report.ledger, LOSS))
    count = sum(entries.values())
    missing = sum(n for e, n in entries.items() if e.kind == "blank" or _is_number(report, e))
    if any(_is_made_up(report, account, name) for name in _behind(report, LOSS)):
        missing = count
    return count - missing, count


def _behind(report: Report, name: str) -> frozenset[str]:
    """Return all that a quantity comes from, in its own iteration and in those before."""
    behind = {n: own for picture in report.pictures for n, own in picture.behind.items()}
    here = behind.get(name, frozenset())
    return here.union(*(behind.get(one, ()) for one in here))


def _is_made_up(report: Report, account: Account, name: str) -> bool:
    """Whether all that is asked of a quantity are typed numbers, not all known to be right."""
    own = [entry for entry, _ in _entries(account, report.ledger, name)]
    return all(_is_number(report, one) for one in own) and any(one.kind != "typed" for one in own)


def _is_number(report: Report, entry: Entry) -> bool:
    is_found = entry.finding is not None
    is_wrong = is_found and report.findings[entry.finding or 0].mistake == "typed-number"
    return entry.is_number or entry.kind == "typed" or is_wrong
