"""What is said of tables that were handed out and did not come back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest

import sheetprop
from sheetprop.classes.grades.handed import handed_out_to, not_run, run_by_some
from sheetprop.template import load

OWN = {
    "ada": replace(load("classic"), learning_rates=(0.1, 0.5, 2.0)),
    "bo": replace(load("classic"), learning_rates=(0.2, 0.6, 3.0)),
}


@pytest.mark.parametrize(
    ("ada", "bo", "lacking"),
    [
        ([0.1, 0.5, 2.0], [0.2, 3.0], [0.6]),  # a sheet is gone
        ([0.5], [0.6], []),  # handed out with the middle one alone
        ([0.1, 0.5, 2.0], [0.2, 7.0, 3.0], []),  # a rate was changed, which is said elsewhere
        ([0.1, 0.5, 2.0], [], []),
    ],
)
def test_a_table_is_missed_that_others_have(
    ada: list[float], bo: list[float], lacking: list[float]
) -> None:
    """Of the rates that are drawn, only those that anybody has a table for were handed out."""
    records = {"ada": {"rates": ada}, "bo": {"rates": bo}}
    some = run_by_some(records, OWN, ())

    assert not_run(records["bo"], "bo", OWN, (), some) == lacking


def test_a_group_may_hand_in_the_numbers_of_any_of_it() -> None:
    """Where the numbers are nobody's of the group, they are held against the first one's."""
    drawn = {"ada": OWN["ada"], "bo": replace(OWN["bo"], weights=tuple(range(8)))}
    record = {"given": {"w1": 0.0, "w2": 1.0}}

    assert handed_out_to(record, ("ada", "bo"), drawn) == "bo"
    assert handed_out_to({"given": {"w1": 7.0}}, ("ada", "bo"), drawn) == "ada"
    assert handed_out_to({"given": {}}, ("cy",), drawn) == "cy"


@pytest.mark.slow
def test_of_a_group_nobody_is_told_to_have_the_numbers_of_another(tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\n7,Ada Quist\n8,Bo Nyberg\n", encoding="utf-8")
    out = tmp_path / "out"
    sheetprop.build_class(roster, iterations=6, seed=9, output=out)
    handed = tmp_path / "handed" / "submission_55"
    handed.mkdir(parents=True)
    copy(next(out.glob("*-8.xlsx")), handed / "work.xlsx")
    people = "".join(f"  - :name: {n}\n    :sid: '{i}'\n" for i, n in ((7, "Ada"), (8, "Bo")))
    told = f"---\nsubmission_55:\n  :submitters:\n{people}"
    (handed.parent / "submission_metadata.yml").write_text(told, encoding="utf-8")

    book = sheetprop.grade(handed.parent, roster=roster, seed=9, output=tmp_path / "grades")

    assert [(one.student, one.values) for one in book.grades] == [
        ("7", "the group's, handed to 8"),
        ("8", "own"),
    ]
    assert not any("the numbers are" in one.remarks for one in book.grades)
