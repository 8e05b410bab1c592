"""The text report: what is right first, the wrong part underlined, colours, marks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from reported import hostile_report, marked, unreadable_report

from sheetprop.checking.report import Report
from sheetprop.reports import text
from sheetprop.reports.look import Look


def lines_of(report: Report) -> list[str]:
    return text.render([report]).splitlines()


def test_what_is_right_comes_first(wrong: Report, right: Report) -> None:
    """The second line counts and names the quantities that are right, in short."""
    assert lines_of(right)[1].split(maxsplit=1) == [
        "right",
        "all 31 quantities – t1 t2 i1 i2 w1…w8 h1 h2 a_h1 a_h2 o1 o2 a_o1 a_o2 E1 E2 E_total",
    ]
    assert "29 of 31 quantities – t1 t2 i1 i2 w1…w8" in lines_of(wrong)[1]
    assert "∂E/∂w5…∂E/∂w8" in lines_of(wrong)[2]


def test_the_wrong_part_is_underlined(wrong: Report) -> None:
    """Beneath the student's formula ^^^ stands under what is wrong, and under nothing else."""
    lines = lines_of(wrong)
    for label, expected in (("there is", ["J32", "J32"]), ("right is", ["L32", "L32"])):
        index = next(k for k, line in enumerate(lines) if line.strip().startswith(label))
        spans = [match.span() for match in re.finditer(r"\^+", lines[index + 1])]

        assert [lines[index][first:end] for first, end in spans] == expected


@pytest.mark.parametrize("sheet", ["数据", "a\u0301b"])
def test_the_underline_counts_columns_of_the_terminal(wrong: Report, sheet: str) -> None:
    """Wide and combining signs before the wrong part do not shift the underline."""
    found, right_one = f"='{sheet}'!A1*B1*C1*D1", f"='{sheet}'!A1*B1*C1*E1"
    finding = replace(wrong.findings[0], found=found, expected=right_one)
    lines = lines_of(replace(wrong, findings=(finding,)))
    underline = next(line for line in lines if set(line.strip()) == {"^"})

    width = {"数据": 17, "a\u0301b": 15}[sheet]
    assert underline == " " * (14 + width) + "^^"


def test_colours_take_the_place_of_the_underline(wrong: Report) -> None:
    """In colours the same parts have a style, and no ^ is shown."""
    shown = text.piece(wrong, 1, Look(has_colours=True)).text
    styled = re.findall(r"\x1b\[[\d;]*4m(.*?)\x1b\[0m", shown)

    assert styled == ["J32", "J32", "L32", "L32"]
    assert "^" not in shown


def test_the_effect_is_said(wrong: Report) -> None:
    """How far the gradient is off stands with the finding, E_total's end with the table."""
    text_of = " ".join(text.render([wrong]).split())

    assert "∂E/∂w3 is off by 0.026 % in Z32 (relative error 0.00026)." in text_of
    assert re.search(r"E_total in iteration 19 is 0\.\d+; in the right run it is 0\.\d+", text_of)


def test_without_mistakes_no_run_is_spoken_of(wrong: Report) -> None:
    """Where nothing is wrong there is nothing to compare E_total with."""
    assert "the right run" in text.render([replace(wrong, pictures=())])
    assert "the right run" not in text.render([replace(wrong, losses=())])


def test_marks_stand_at_the_end(wrong: Report) -> None:
    """Each family has its points as it stands and with follow-through, then all of them."""
    last = lines_of(marked(wrong))[-8:]

    assert " ".join(last[0].split()) == "points for of as it stands with follow-through"
    assert [line.split()[0] for line in last[1:]] == [
        *("forward", "error", "output", "hidden", "updates", "experiment", "all")
    ]
    assert last[4].split() == ["hidden", "gradients", "6", "3", "3"]


@pytest.mark.parametrize("report", [hostile_report(), unreadable_report()], ids=["table", "none"])
def test_texts_of_strangers_do_not_reach_the_terminal(report: Report) -> None:
    """No escape sequence, surrogate or reversal of direction is passed on."""
    for shown in (
        text.render([report]),
        re.sub(r"\x1b\[[\d;]*m", "", text.piece(report, 1, Look(has_colours=True)).text),
    ):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", shown)
        shown.encode()


@pytest.mark.parametrize("width", [40, 57, 80, 120])
def test_no_line_is_wider_than_the_terminal(wrong: Report, width: int) -> None:
    """Lines are broken between words; formulas that nothing marks stay whole, to be copied."""
    look = Look(width=width, is_terminal=True)
    for report in (wrong, marked(wrong), unreadable_report()):
        lines = text.piece(report, 1, look).text.splitlines()
        long = [line for line in lines if len(line) > width and " " in line.strip()]
        assert [line for line in long if not line.strip().startswith(("right is", "="))] == []


@pytest.mark.parametrize("width", [40, 57, 80, 120])
def test_the_underline_stays_on_any_terminal(wrong: Report, width: int) -> None:
    """However narrow it is, ^^^ stands under the same signs."""
    lines = text.piece(wrong, 1, Look(width=width, is_terminal=True)).text.splitlines()
    marked_signs = [
        above[match.start() : match.end()]
        for above, below in pairwise(lines)
        if set(below) == {" ", "^"}
        for match in re.finditer(r"\^+", below)
    ]

    assert "".join(marked_signs) == "J32J32L32L32"
