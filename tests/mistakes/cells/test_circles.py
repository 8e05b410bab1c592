"""Circular references stop nothing: formulas are judged, and the circle is said once."""

from __future__ import annotations

from pathlib import Path

import pytest
from worksheets import Table, checked, in_tables


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

    assert [(one.mistake, one.severity) for one in in_tables(report)] == [
        ("wrong-iteration", "error")
    ]
    assert {p.quantity for f in report.errors for p in f.places} == {"E_total"}
    assert "E_total refers to itself" in report.errors[0].message


def test_a_sum_that_seems_right_with_itself(tmp_path: Path) -> None:
    """A cell that is said to be its own value has none, though the equation holds for any."""
    report = checked(tmp_path, Table().changed("h1", "={h1}+0", [5]))

    assert [(one.mistake, one.severity) for one in in_tables(report)] == [
        ("wrong-iteration", "error")
    ]
    assert report.errors[0].expected == Table().filled("={w1}*{i1}+{w2}*{i2}", 5)


@pytest.mark.slow
@pytest.mark.parametrize("rows", ["{0}:{0}", "{0}$1:{0}$99"])
def test_a_range_holds_the_cell_that_takes_it(rows: str, tmp_path: Path) -> None:
    """INDEX takes one row of it, but the program waits for all: that is said."""
    column = Table().address("w1", 0).rstrip("0123456789")
    text = f"=INDEX({rows.format(column)},ROW()-1)-{{eta}}*{{dE/dw1[-1]}}"
    report = checked(tmp_path, Table(iterations=4).changed("w1", text))

    messages = [one.message for one in report.findings if one.mistake == "error-value"]
    assert [f"{column}33 refers to itself, and can never be calculated."] == messages
