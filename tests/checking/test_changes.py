"""Two reports of one file are compared by what is wrong in them, not by where it stands."""

from __future__ import annotations

from sheetprop.checking.changes import Changes, changes
from sheetprop.checking.report import Finding, Place, Report, TableFound

TABLES = (TableFound("S", "A1:B9", "rows", 2, 0.5, "B1", {}),)


def finding(mistake: str, *quantities: str, column: str = "A") -> Finding:
    places = tuple(Place("S", f"{column}{k}", name) for k, name in enumerate(quantities, 1))
    return Finding(mistake, "SP203", "error", places, "message")


def report(*findings: Finding, unfilled: tuple[str, ...] = ()) -> Report:
    return Report("a.xlsx", "mistakes", tables=TABLES, findings=findings, unfilled=unfilled)


def test_nothing_changed() -> None:
    """A mistake that only moved to another column is no news."""
    before, after = finding("wrong-sign", "w1"), finding("wrong-sign", "w1", column="C")

    assert changes(report(before), report(after)) == Changes()


def test_mended_and_new() -> None:
    """What is gone was mended, what was not there is new; one place of two may be."""
    before = report(finding("wrong-neuron", "w3", "w4"), finding("wrong-sign", "w1"))
    after = report(finding("wrong-neuron", "w4", column="B"), finding("rounded", "w2"))

    found = changes(before, after)

    assert [(f.mistake, [p.quantity for p in f.places]) for f in found.mended] == [
        ("wrong-neuron", ["w3"]),
        ("wrong-sign", ["w1"]),
    ]
    assert [f.mistake for f in found.new] == ["rounded"]


def test_filled_in_and_emptied() -> None:
    """Quantities that have cells now, and those that lost theirs, are named."""
    found = changes(report(unfilled=("w1", "w2")), report(unfilled=("w2", "w3")))

    assert (found.filled, found.emptied) == (("w1",), ("w3",))


def test_what_could_not_be_read_mends_nothing() -> None:
    """A file that is unreadable for once has no mistakes mended."""
    unreadable = Report("a.xlsx", "unreadable", "damaged")

    assert changes(report(finding("wrong-sign", "w1")), unreadable) == Changes()
