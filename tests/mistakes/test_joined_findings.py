"""Findings of one slip are joined; others stay apart, the errors first."""

from __future__ import annotations

import pytest

from sheetprop.mistakes.finding import Draft, Finding, Place, joined
from sheetprop.notation.address import fixed


def draft(key: str, severity: str = "error", place: str = "A1") -> Draft:
    """Return a draft of a finding in one cell."""
    found = Finding("wrong-sign", "SP201", severity, (Place("S", place),), f"message at {place}")
    return Draft((key,), found)


def test_same_slip_is_joined() -> None:
    """Drafts with one key are one finding with the places of all, said as at the first."""
    (found,) = joined([draft("k", place="A1"), draft("k", place="B1"), draft("k", place="C1")])

    assert [place.range for place in found.places] == ["A1", "B1", "C1"]
    assert found.message == "message at A1"


def test_other_slips_and_severities_stay_apart() -> None:
    """Another key or another severity is another finding."""
    drafts = [draft("k"), draft("j"), draft("k", "warning"), draft("k", "note")]

    assert len(joined(drafts)) == 4


def test_errors_come_first_in_the_order_found() -> None:
    """Errors stand before warnings, warnings before notes, and each in the order of the sheet."""
    drafts = [
        draft("a", "note", "A1"),
        draft("b", "warning", "A2"),
        draft("c", "error", "A3"),
        draft("d", "warning", "A4"),
        draft("e", "error", "A5"),
    ]

    assert [f.places[0].range for f in joined(drafts)] == ["A3", "A5", "A2", "A4", "A1"]


def test_nothing_is_nothing() -> None:
    """Without drafts there are no findings, and joining changes no draft."""
    one = draft("k")

    assert joined([]) == ()
    assert joined([one, one._replace()])[0].places == one.finding.places * 2


@pytest.mark.parametrize(("cell", "text"), [((30, 7), "$G$30"), ((1, 27), "$AA$1")])
def test_fixed(cell: tuple[int, int], text: str) -> None:
    """A fixed address has both dollar signs."""
    assert fixed(cell) == text
