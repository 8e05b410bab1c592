"""Real workbooks, where a folder of them is at hand: what is known about each is found."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sheetprop.checking.check import check_file
from sheetprop.checking.report import Report, TableFound
from sheetprop.reports import json as json_report

pytestmark = pytest.mark.corpus

TABLES, RATES, WRONG = 156 / 158, 150 / 156, 150 / 156
"""The shares that are found: tables, learning rates, and sets of wrong columns of a table."""

TEXTS = 22 / 26
"""The share of wrong texts found: some are right, with a superscript that is not plain text."""

OWN_COLUMNS = {"iter", "eta"}
"""Columns in the list of known ones that are no quantities."""

SECONDS = 15.0  # a hang, not slowness: other programs may be running


@cache
def report_of(path: Path) -> Report:
    return check_file(path)


def truth(corpus: Path) -> list[tuple[dict[str, Any], Report]]:
    """Return what is known of each workbook, with its report."""
    lines = (corpus / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    known = [json.loads(line) for line in lines]
    return [(one, report_of(corpus / "workbooks" / one["file"])) for one in known]


def ranges(known: dict[str, Any]) -> dict[str, str]:
    """Return the range of every quantity of a known table."""
    first, last = known["first_row"], known["last_row"]
    return {
        name: f"{column}{first}:{column}{last}" if first != last else f"{column}{first}"
        for name, column in known["columns"].items()
        if name not in OWN_COLUMNS
    }


def match(known: dict[str, Any], report: Report) -> TableFound | None:
    """Return the table of a report that is a known one: most of its columns are where they are."""
    if known["orientation"] != "iterations in rows":
        return None
    wanted = ranges(known).items()
    for table in report.tables:
        same = len(wanted & table.quantities.items())
        if table.sheet == known["sheet"] and same > len(wanted) / 2:
            return table
    return None


def pairs(corpus: Path) -> list[tuple[dict[str, Any], TableFound | None, Report]]:
    """Return every known table with what was found for it."""
    return [
        (known, match(known, report), report)
        for one, report in truth(corpus)
        for known in one["tables"]
    ]


def first_row(place: str) -> int:
    return int("".join(filter(str.isdigit, place.split(":")[0])) or 0)


def wrong_columns(known: dict[str, Any], report: Report) -> set[str | None]:
    """Return the quantities with an error in the rows of a known table."""
    return {
        place.quantity
        for finding in report.errors
        for place in finding.places
        if place.sheet == known["sheet"]
        and known["first_row"] <= first_row(place.range) <= known["last_row"]
    }


def test_every_file_ends_in_a_report(corpus: Path) -> None:
    """No real workbook raises anything; each has a verdict that can be written, in short time."""
    files = sorted((corpus / "workbooks").iterdir())
    assert files
    for file in files:
        report = report_of(file)

        assert json.loads(json_report.render([report]))["verdict"] == report.verdict
        assert report.verdict in ("correct", "mistakes", "incomplete"), (file.name, report.reason)
        assert report.seconds < SECONDS, file.name


def test_other_workbooks_end_in_a_report(corpus: Path) -> None:
    """Workbooks of other kinds raise nothing either, and have a verdict or a reason."""
    for file in sorted(path for path in (corpus / "other").rglob("*") if path.is_file()):
        report = report_of(file)

        assert report.reason or report.tables, file.name


def test_a_right_one_is_correct(corpus: Path) -> None:
    """A workbook with several right tables is correct without a finding of an error."""
    report = report_of(corpus / "workbooks" / "001.xlsx")

    assert report.verdict == "correct"
    assert report.errors == ()


@pytest.mark.parametrize("number", ["006", "008"])
def test_the_class_mistake(number: str, corpus: Path) -> None:
    """The mistake of the class file is the only one found, over all rows of both columns."""
    report = report_of(corpus / "workbooks" / f"{number}.xlsx")

    assert [finding.mistake for finding in report.errors] == ["wrong-neuron"]

    finding = report.errors[0]

    assert {(p.quantity, p.range) for p in finding.places} == {
        (name, table.quantities[name]) for table in report.tables for name in ("dE/dw3", "dE/dw4")
    }
    first = report.tables[0].quantities["a_h2"].split(":")[0]
    assert finding.expected
    assert f"{first}*(1-{first})" in finding.expected


def test_tables_are_found(corpus: Path) -> None:
    """Nearly all known tables are found, rows and columns exactly."""
    found = [table is not None for _, table, _ in pairs(corpus)]

    assert sum(found) / len(found) >= TABLES


def test_columns_are_found(corpus: Path) -> None:
    """In a table that is found every quantity is in its column."""
    for known, table, report in pairs(corpus):
        if table is not None:
            wanted = ranges(known)
            found = {name: table.quantities.get(name) for name in wanted}

            assert found == wanted, report.file


def test_rates_are_found(corpus: Path) -> None:
    """Nearly all known learning rates are found."""
    right = [
        table.learning_rate == pytest.approx(known["learning_rate"]["value"])
        for known, table, _ in pairs(corpus)
        if table is not None and known["learning_rate"]
    ]

    assert sum(right) / len(right) >= RATES


def test_wrong_columns_are_found(corpus: Path) -> None:
    """The columns with wrong formulas are those that are known, in nearly all tables."""
    right = []
    for known, table, report in pairs(corpus):
        if table is not None:
            wanted = {issue["quantity"] for issue in known["issues"] if issue["verdict"] == "wrong"}
            right.append(wrong_columns(known, report) == wanted)

    assert sum(right) / len(right) >= WRONG


def test_no_wrong_column_is_missed(corpus: Path) -> None:
    """No column that is known to be wrong goes unnoticed in a table that is found."""
    for known, table, report in pairs(corpus):
        if table is not None:
            wanted = {issue["quantity"] for issue in known["issues"] if issue["verdict"] == "wrong"}

            assert wanted <= wrong_columns(known, report), report.file


def test_nearly_every_mistake_has_a_name(corpus: Path) -> None:
    """At most three in a hundred findings of errors are unexplained."""
    names = [finding.mistake for _, report in truth(corpus) for finding in report.errors]

    assert names.count("unexplained") <= 0.03 * len(names)


def test_wrong_texts_are_found(corpus: Path) -> None:
    """The example that is known of a workbook's wrong texts is among those found."""
    found = []
    for one, report in truth(corpus):
        known = re.search(r"formula text wrong in \d+ cells? e\.g\. ([A-Z]+\d+) ", one["remarks"])
        if known:
            texts = [finding for finding in report.findings if finding.code == "SP601"]
            found.append(known[1] in {place.range for text in texts for place in text.places})

    assert sum(found) / len(found) >= TEXTS
