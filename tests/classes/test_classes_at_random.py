"""Classes made at random are graded as they are made: a small one of each kind.

`benchmarks/classes.py` grades 200 students of each kind.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from classes import graded, made  # noqa: E402
from handmade.handed_in import EXCHANGED, RIGHT, WRONG  # noqa: E402

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("kind", "students"), [(RIGHT, 6), (WRONG, 12), (EXCHANGED, 3)])
def test_a_class_is_graded_as_it_is_made(kind: str, students: int, tmp_path: Path) -> None:
    """Right work has full marks, one mistake costs its points, others' numbers are said to be."""
    works = made(kind, 3, students, tmp_path)
    outcomes = list(graded(kind, 3, works, tmp_path))

    assert [one.failures for one in outcomes] == [{}] * students
