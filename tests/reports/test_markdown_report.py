"""The report in Markdown: sections, formulas as code, and nothing of a stranger's text obeyed."""

from __future__ import annotations

import re

import pytest
from reported import hostile_report, marked, unreadable_report

from sheetprop.checking.report import Report
from sheetprop.reports import markdown


def test_it_has_a_section_for_each_finding(wrong: Report) -> None:
    """File, verdict, what is right, then each finding with both formulas as code."""
    text = markdown.render([wrong])
    finding = wrong.findings[0]

    assert text.startswith("## ")
    assert "**1 mistake**" in text
    assert "Right: 29 of 31 quantities" in text
    assert "### 1. wrong-neuron: ∂E/∂w3, ∂E/∂w4 (error SP203)" in text
    assert f"- there is: `{finding.found}`" in text
    assert f"- right is: `{finding.expected}`" in text


def test_files_follow_each_other(wrong: Report, right: Report) -> None:
    """Each file is a section of its own."""
    lines = markdown.render([wrong, right]).splitlines()

    assert sum(line.startswith("## ") for line in lines) == 2


def test_marks_are_a_table(wrong: Report) -> None:
    """Every row of the table of marks has its four cells."""
    rows = [line for line in markdown.render([marked(wrong)]).splitlines() if line[:1] == "|"]

    assert len(rows) == 9
    assert {row.count("|") for row in rows} == {5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_h1", r"a\_h1"),
        ("<b>&", r"\<b\>\&"),
        ("[x](y)", r"\[x\](y)"),
        ("`|`", r"\`\|\`"),
        ("- x", r"\- x"),
        ("1. x", r"1\. x"),
        ("a\nb", "a b"),
        ("@x", "&#64;x"),
    ],
)
def test_signs_of_markdown_are_escaped(text: str, expected: str) -> None:
    """What means something in Markdown is shown as it is."""
    assert markdown.plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("=A1", "`=A1`"), ("=`A1`", "`` =`A1` ``"), ("``", "``` `` ```"), ("=A1\n+B1", "`=A1 +B1`")],
)
def test_formulas_are_code_whatever_they_hold(text: str, expected: str) -> None:
    """A backquote in a formula does not end the code."""
    assert markdown.code(text) == expected


@pytest.mark.parametrize("report", [hostile_report(), unreadable_report()], ids=["table", "none"])
def test_texts_of_strangers_are_no_markup(report: Report) -> None:
    """Outside code no bracket of theirs is left unescaped, and nothing unprintable."""
    text = markdown.render([report])
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)

    assert not re.search(r"(?<!\\)<(?:script|b|/)", outside)
    assert not re.search("[\x00-\x09\x0b-\x1f\ud800-\udfff\u202e]", text)
