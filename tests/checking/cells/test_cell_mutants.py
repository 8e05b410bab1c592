"""Sheets of circuits, softmax and Jacobian matrices in random layouts, and what was misread."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cell_sheets import written

from sheetprop.checking.check import check_workbook

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from handmade.cell_cases import CELL_LESSONS, cell_outcome  # noqa: E402

AS_DESCENT = """
node | forward | backward
x | 2 | =C4*IF(B2>=B3,0,1)
z | 3 | =C4*IF(B2>=B3,1,0)
g = min(z,x) | =MIN(B3,B2) | =0.5*C5
loss = 0.5*g | =0.5*B4 | 1
"""
RAISED = """
x | 0.5
y | 2
s = 1/(1+exp(-x)) | =(1+EXP(-B1))^-1
f = s*y | =B3*B2
df/df | 1
df/ds | =B5*B2
df/dy | =B5*B3
df/dx | =B6*B3*(1-B3)
"""
FORWARD_ONLY = """
logits | e^z | softmax
1 | =EXP(A2) | =B2/SUM(B$2:B$4)
2 | =EXP(A3) | =B3/SUM(B$2:B$4)
0.5 | =EXP(A4) | =B4/SUM(B$2:B$4)
"""


@pytest.mark.slow
@pytest.mark.parametrize("lesson", CELL_LESSONS)
def test_mutants_are_found_and_placed(lesson: str) -> None:
    """In any layout and spelling nearly every slip is found in its cell, no right sheet is."""
    right = [cell_outcome(f"right:{lesson}:5:{k}") for k in range(15)]
    wrong = [cell_outcome(f"rows:{lesson}:5:{k}") for k in range(20)]
    missed = [o for o in wrong if not (o.marks["found"] and o.marks["placed"])]

    assert [o.notes for o in right if not all(o.marks.values())] == []
    assert len(missed) <= 1, [o.notes for o in missed]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "lesson"),
    [(AS_DESCENT, "gates"), (RAISED, "gates"), (FORWARD_ONLY, "temperature")],
)
def test_right_sheets_are_told_as_what_they_are(text: str, lesson: str) -> None:
    """A circuit with wires x and g is no descent; -1 as an exponent and no loss change nothing."""
    report = check_workbook(written(text), "sheet")

    assert (report.verdict, [table.lesson for table in report.tables]) == ("correct", [lesson])
