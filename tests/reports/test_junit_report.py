"""The report as JUnit XML: valid, with a case for each quantity and a failure for each error."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from reported import hostile_report, marked, report_of, unreadable_report
from worksheets import ORDER, Table

from sheetprop.checking.report import Report
from sheetprop.reports import junit


def suites(*reports: Report) -> list[ElementTree.Element]:
    """Return the suites of a document, whose counts must be the sums of theirs."""
    root = ElementTree.fromstring(junit.render(reports))
    found = root.findall("testsuite")
    for count in ("tests", "failures", "errors", "skipped"):
        assert int(root.attrib[count]) == sum(int(suite.attrib[count]) for suite in found)
    return found


def test_every_quantity_is_a_case(wrong: Report, right: Report) -> None:
    """A suite for each file has a case for each quantity, and those in error fail."""
    first, second = suites(wrong, right)

    assert {case.attrib["name"] for case in first.iter("testcase")} == set(ORDER)
    failed = [c.attrib["name"] for c in first.iter("testcase") if c.find("failure") is not None]
    assert failed == ["dE/dw3", "dE/dw4"]
    assert (first.attrib["tests"], first.attrib["failures"]) == ("31", "2")
    assert (second.attrib["tests"], second.attrib["failures"]) == ("31", "0")


def test_a_failure_says_what_is_wrong(wrong: Report) -> None:
    """Type, message and text of a failure hold the mistake, both formulas and the places."""
    failure = next(suites(wrong)[0].iter("failure"))
    finding = wrong.findings[0]

    assert failure.attrib["type"] == "wrong-neuron"
    assert failure.attrib["message"] == finding.message
    for said in (finding.found, finding.expected, "Sheet1!Z32:Z51, AA32:AA51"):
        assert said in (failure.text or "")


def test_an_empty_quantity_is_skipped(tmp_path: Path) -> None:
    """What the worksheet leaves out neither passes nor fails."""
    suite = suites(report_of(tmp_path, Table().changed("E_total", None)))[0]
    case = next(c for c in suite.iter("testcase") if c.attrib["name"] == "E_total")

    assert case.find("skipped") is not None or case.find("failure") is not None


def test_a_warning_fails_nothing(tmp_path: Path) -> None:
    """A warning is output of its case."""
    suite = suites(report_of(tmp_path, Table().changed("h1", 0.0275, [0])))[0]
    case = next(c for c in suite.iter("testcase") if c.attrib["name"] == "h1")

    assert suite.attrib["failures"] == "0"
    assert "SP301" in (case.findtext("system-out") or "")


def test_a_file_that_cannot_be_checked_is_an_error() -> None:
    """It has one case, which is neither passed nor failed."""
    suite = suites(unreadable_report())[0]

    assert (suite.attrib["tests"], suite.attrib["errors"]) == ("1", "1")


@pytest.mark.parametrize("report", [hostile_report(), unreadable_report()], ids=["table", "none"])
def test_it_is_valid_whatever_cells_hold(report: Report) -> None:
    """Markup and characters that XML may not have do not break the document."""
    assert junit.render([report]).isascii()

    assert "<script>" in suites(report)[0].attrib["name"] + str(report.reason)


def test_marks_are_properties(wrong: Report) -> None:
    """The points of each family and of all stand before the cases."""
    suite = suites(marked(wrong))[0]
    found = {p.attrib["name"]: p.attrib["value"] for p in suite.iter("property")}

    assert suite[0].tag == "properties"
    assert found["points hidden gradients followed"] == "3"
    assert len(found) == 21
