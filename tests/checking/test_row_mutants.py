"""A small sample of the benchmark's tables of lessons in rows, right ones and wrong ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from handmade.row_cases import row_outcome  # noqa: E402
from handmade.row_tables import LESSONS  # noqa: E402

COUNTS = {"optimizers": (6, 10), "sigmoid": (10, 10), "descent": (1, 0)}
"""How many right and wrong tables, where each takes long."""


@pytest.mark.slow
def test_a_slip_is_found_in_a_table() -> None:
    """A slip in one table of layers is found in its cells."""
    outcome = row_outcome("rows:architecture:5:0")

    assert all(outcome.marks.values()), outcome.notes


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_mutants_are_found_and_placed(lesson: str) -> None:
    """In any layout and spelling nearly every mistake is found in its cells, no right table is."""
    rights, wrongs = COUNTS.get(lesson, (20, 30))
    right = [row_outcome(f"right:{lesson}:5:{k}") for k in range(rights)]
    wrong = [row_outcome(f"rows:{lesson}:5:{k}") for k in range(wrongs)]
    missed = [o for o in wrong if not (o.marks["found"] and o.marks["placed"])]

    assert [o.notes for o in right if not all(o.marks.values())] == []
    assert len(missed) <= 1, [o.notes for o in missed]


@pytest.mark.slow
def test_a_slope_is_of_the_weights_that_its_update_begins_with() -> None:
    """With the velocity of the row above nothing makes new weights of a row old ones."""
    outcome = row_outcome("rows:optimizers:1202:98")

    assert all(outcome.marks.values()), outcome.notes


@pytest.mark.slow
@pytest.mark.parametrize("number", [15, 29])
def test_rmsprop_on_a_network_has_a_rate_and_an_alpha(number: int) -> None:
    """A cell is one of them, not both; and means as large as slopes let each term count."""
    outcome = row_outcome(f"rows:descent:1201:{number}")

    assert all(outcome.marks.values()), outcome.notes
