"""Circular references stop nothing: formulas are judged, and the circle is said once."""

from __future__ import annotations

from pathlib import Path

from worksheets import Table, checked

from sheetprop.reports import text as text_report


def test_a_circle_is_said_once(tmp_path: Path) -> None:
    """An activation that takes the sum some rows below closes a circle through the updates."""
    report = checked(tmp_path, Table().changed("a_h1", "=1/(1+EXP(-{h1[+3]}))"))
    found = [(one.mistake, one.severity) for one in report.findings if one.code != "SP502"]

    assert found == [("wrong-iteration", "error"), ("error-value", "warning")]

    circle = next(one for one in report.findings if one.mistake == "error-value")
    cells = circle.message.split(": ")[1].rstrip(".").split(" → ")

    assert cells[0] == cells[-1]
    assert len(cells) > 3
    assert [place.range for place in circle.places] == cells[:-1]


def test_a_cell_that_needs_itself(tmp_path: Path) -> None:
    """The shortest circle is one cell; the other columns are judged as ever."""
    report = checked(tmp_path, Table().changed("E_total", "={E1}+{E2}+{E_total}*0"))

    assert "E_total" in {p.quantity for f in report.findings for p in f.places}
    assert len([one for one in report.findings if one.mistake == "error-value"]) == 1
    assert {p.quantity for f in report.errors for p in f.places} <= {"E_total"}
    assert "circle" in text_report.render([report])
