"""What is said of tables that were handed out and did not come back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetprop.classes.grades.handed import not_run, run_by_some
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
