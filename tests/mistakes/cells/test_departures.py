"""A number that leaves what its column carries on is wrong there, and only there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from worksheets import Table, checked, in_tables

STEPS = range(1, Table().iterations)
CARRIED = Table().changed("t2", "={t2[-1]}", STEPS).changed("i1", "={i1[-1]}", STEPS)


@pytest.mark.slow
@pytest.mark.parametrize("content", [0.98, "=TRUE", "=0.98", "={t2[-1]}+0.0001"])
def test_a_target_that_becomes_another_number(tmp_path: Path, content: float | str) -> None:
    """Typed or calculated, in one row: an error in that cell, and in no other."""
    report = checked(tmp_path, CARRIED.changed("t2", content, [3]))

    assert [(one.severity, one.places) for one in in_tables(report)] == [
        ("error", (CARRIED.place("t2", 3, 3),))
    ]
    assert report.errors[0].expected == CARRIED.filled("={t2[-1]}", 3)


@pytest.mark.slow
def test_another_example_from_some_row_on(tmp_path: Path) -> None:
    """Where more than one number changes, the network goes on to another example."""
    changed = CARRIED.changed("t2", 0.5, [3]).changed("i1", 0.2, [3])

    assert checked(tmp_path, changed).verdict == "correct"


@pytest.mark.slow
def test_functions_without_a_tree_over_fixed_cells(tmp_path: Path) -> None:
    """What is judged by its values may be fixed to the first row of what stays the same."""
    first = Table().address("t2", 0)
    fixed = f"${first[0]}${first[1:]}"
    gradient = f"=VALUE(({{a_o2}}-{fixed})*{{a_o2}}*(1-{{a_o2}})*{{a_h2}})"

    assert checked(tmp_path, CARRIED.changed("dE/dw8", gradient)).verdict == "correct"


@pytest.mark.slow
def test_a_right_value_of_another_table(tmp_path: Path) -> None:
    """One cell taken from another run is one finding, not also a number in its place."""
    other = Table("b").changed("h1", "={w1}*'a'!C32+{w2}*{i2}", [4])
    report = checked(tmp_path, Table("a"), other)

    assert [one.mistake for one in report.errors] == ["other-table"]


@pytest.mark.slow
@pytest.mark.parametrize("row", ["IF(ROW()={row},-{cell},{cell})", "{cell}*(1-2*(ROW()={row}))"])
def test_a_row_that_comes_back_to_what_it_left(tmp_path: Path, row: str) -> None:
    """One formula fills the column, and gives another number in one row of it."""
    table = Table("run", first_line=8, iterations=12)
    given = {"t1": 0.01, "t2": 0.99, "i1": 0.05, "i2": 0.1}
    labels: dict[str, str | float] = {}
    for line, (name, number) in enumerate(given.items(), 1):
        labels |= {f"A{line}": name, f"B{line}": number}
        table = table.changed(name, f"=$B${line}", range(12))
    address = table.address("t2", 4)
    formula = "=" + row.format(row=re.sub("[A-Z]", "", address), cell="$B$2")
    changed = table.changed("t2", formula, range(1, 12))
    report = checked(tmp_path, changed, further={"run": labels})

    assert [place.range for one in report.errors for place in one.places] == [address]
