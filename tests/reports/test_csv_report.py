"""Reports as a table that a spreadsheet program may open."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from reported import marked

from sheetprop.checking.report import Report
from sheetprop.reports import FORMATS
from sheetprop.reports.csv import COLUMNS


def rows(*reports: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(FORMATS["csv"].render(reports))))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str) -> None:
    """A file called like a formula, or a reason that begins like one, is a text."""
    (row,) = rows(Report(f"{sign}cmd|' /c calc'!A0.xlsx", "unreadable", f"{sign}1+1"))

    assert [value for value in row.values() if value[:1] in "=+-@\t\r" and value] == []


def test_a_line_for_each_file(wrong: Report, right: Report) -> None:
    """Verdict, counts and marks stand in columns of their own."""
    found = rows(marked(wrong), right)

    assert [row["verdict"] for row in found] == ["mistakes", "correct"]
    assert (found[0]["errors"], found[0]["mistakes"]) == ("1", "wrong-neuron")
    assert float(found[0]["points"]) <= float(found[0]["points_possible"])
    assert list(found[0]) == list(COLUMNS)
