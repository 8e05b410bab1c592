"""The report for people: the verdict, then for each mistake where, what, what instead, and why."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from worksheets import GRADIENTS, RIGHT, WEIGHTS, Table, checked

from sheetprop.checking.check import check_file
from sheetprop.checking.report import NotJudged, Report
from sheetprop.reports.text import render

WRONG = Table()
for quantity in ("dE/dw3", "dE/dw4"):
    WRONG = WRONG.changed(quantity, RIGHT[quantity].replace("a_h2", "a_h1"))


def text_of(report: Report) -> str:
    """Return the text of one report."""
    return render([report])


def words(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def test_a_mistake_has_place_formulas_and_reason(tmp_path: Path) -> None:
    """Place, the formula there, the right formula and the explanation all stand in the report."""
    report = checked(tmp_path, WRONG)

    text = text_of(report)

    finding = report.errors[0]
    assert finding.found
    assert finding.expected
    for said in ("SP203", "wrong-neuron", "∂E/∂w3", "∂E/∂w4", "Sheet1!Z32:Z39, AA32:AA39"):
        assert said in text
    assert finding.found in text
    assert finding.expected in text
    assert words(finding.message).split(". ")[0] in words(text)
    assert words(finding.why) in words(text)
    assert "w3 (G32) leads into h2" in finding.why
    assert "0.026 %" in text


def test_first_line_is_file_and_verdict(tmp_path: Path) -> None:
    """The first line names the file and says what came out."""
    for table, said in (
        (Table(), "correct"),
        (WRONG, "1 mistake"),
        (WRONG.changed("h1", "={w1}"), "2 mistakes"),
        (Table().changed("E_total", None), "incomplete"),
    ):
        first = text_of(checked(tmp_path, table)).splitlines()[0]

        assert first.startswith(str(tmp_path / "student.xlsx"))
        assert said in first


def test_reason_stands_in_the_first_line(tmp_path: Path) -> None:
    """A file that cannot be judged has one line, with the reason."""
    report = check_file(tmp_path / "missing.xlsx")
    assert report.reason

    text = text_of(report)

    assert "\n" not in text
    assert report.reason in text
    assert "unreadable" in text


def test_tables_are_named_with_their_rate(tmp_path: Path) -> None:
    """Every table is listed with its range, its iterations and η with its cell."""
    text = text_of(checked(tmp_path, Table(), Table(sheet="Two", rate=0.5, iterations=1)))

    assert "Sheet1!A31:AE39: 8 iterations, η = 2 (G30)" in text
    assert "Two!A31:AE32: 1 iteration, η = " in text


@pytest.mark.slow
def test_many_places_are_cut_short(tmp_path: Path) -> None:
    """A slip in very many columns names the first ones and says how many more there are."""
    table = Table()
    for gradient in (*GRADIENTS, *WEIGHTS):
        table = table.changed(gradient, 0.123)

    text = text_of(checked(tmp_path, table))

    assert re.search(r"and \d+ more", text)


def test_lines_are_not_too_long(tmp_path: Path) -> None:
    """Sentences are wrapped at a hundred characters; formulas stay whole."""
    for line in text_of(checked(tmp_path, WRONG)).splitlines()[1:]:
        assert len(line) <= 100 or "=" in line


def test_what_was_not_judged_is_said(tmp_path: Path) -> None:
    """Cells that could not be judged are listed with the reason."""
    cells = NotJudged("Sheet1", "I32:I39", "the function WEBSERVICE cannot be evaluated")

    text = words(text_of(replace(checked(tmp_path, Table()), not_judged=(cells,))))

    assert "not judged" in text
    assert "Sheet1!I32:I39" in text
    assert cells.reason in text


def test_warnings_are_remarks(tmp_path: Path) -> None:
    """A worksheet with warnings alone is correct, with a remark."""
    first = text_of(checked(tmp_path, Table().changed("h1", 0.0275, [0]))).splitlines()[0]

    assert "correct" in first
    assert "remark" in first
    assert "mistake" not in first.removeprefix(str(tmp_path))
