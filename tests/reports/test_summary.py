"""Behind the reports of several files stands what they have in common."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from reported import unreadable_report

from sheetprop.checking.report import Finding, Place, Report
from sheetprop.reports import FORMATS
from sheetprop.reports.summary import MOST_UNJUDGED, entry, lines


def with_mistakes(file: str, *names: str, seconds: float = 0.1) -> Report:
    findings = tuple(Finding(n, "SP203", "error", (Place("S", "A1"),), "m") for n in names)
    return Report(file, "mistakes", findings=findings, seconds=seconds)


REPORTS = [
    Report("a.xlsx", "correct", seconds=0.2),
    with_mistakes("b.xlsx", "wrong-neuron", "wrong-sign", "wrong-neuron", seconds=3.21),
    with_mistakes("c.xlsx", "wrong-neuron", seconds=7.0),
    Report("d.xlsx", "unreadable", "it is empty"),
]


def summed_up(reports: Sequence[Report]) -> list[tuple[str, str]]:
    return list(lines([entry(report) for report in reports]))


def test_verdicts_are_counted() -> None:
    """The first line says how many files there are, and how many have each verdict."""
    assert summed_up(REPORTS)[0] == ("4 workbooks", "1 correct, 2 mistakes, 1 unreadable")


def test_what_is_shared_is_named_once_for_each_file() -> None:
    """A mistake is counted by files, not by findings, the most frequent first."""
    assert summed_up(REPORTS)[1] == ("shared", "wrong-neuron in 2, wrong-sign in 1")


def test_the_slowest_and_the_unjudged_are_named() -> None:
    """Seconds are told where they are worth it, and reasons where nothing could be judged."""
    assert summed_up(REPORTS)[2:] == [
        ("slowest", "c.xlsx 7.0 s, b.xlsx 3.2 s"),
        ("not judged", "d.xlsx: unreadable: it is empty"),
    ]


def test_a_long_list_of_unjudged_files_is_cut() -> None:
    """A thousand files that cannot be read do not push the summary off the screen."""
    found = summed_up([Report(f"{k}", "unreadable", "x") for k in range(1000)])

    assert len(found) == 1 + MOST_UNJUDGED + 1
    assert found[-1] == ("not judged", f"and {1000 - MOST_UNJUDGED} more")


def test_only_text_has_a_summary() -> None:
    """Whatever a program reads has nothing behind it; of one file there is nothing to sum up."""
    assert "4 workbooks: " in FORMATS["text"].render(REPORTS)
    assert "workbook" not in FORMATS["text"].render(REPORTS[:1])
    assert len(FORMATS["csv"].render(REPORTS).splitlines()) == 5
    objects = [json.loads(line) for line in FORMATS["json"].render(REPORTS).splitlines()]
    assert [one["file"] for one in objects] == [report.file for report in REPORTS]


@pytest.mark.parametrize("form", FORMATS)
def test_a_hostile_reason_stays_on_its_line(form: str) -> None:
    """The summary shows nothing of a stranger raw."""
    text = FORMATS[form].render([unreadable_report(), Report("\x1b[2J.xlsx", "correct")])

    assert "\x1b" not in text
