"""Real workbooks as one class: all are graded, and ten marks are what a person comes to by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sheetprop
from sheetprop.classes.grades.gradebook import Gradebook

pytestmark = [pytest.mark.slow, pytest.mark.corpus]

CLASS_FILE = {"dE/dw3": 1.5, "dE/dw4": 1.5}
"""Both gradients take a_h1 where a_h2 belongs: 2 of the 4 that share 6 points."""

LOST = {
    "001": {},  # six right tables
    "006": CLASS_FILE,
    # h and a_h are filled from the updates beside them: 4 of the 8 quantities that share 4 points
    "007": {"h1": 0.5, "a_h1": 0.5, "h2": 0.5, "a_h2": 0.5, **CLASS_FILE},
    # two charts name two rates and show one and the same run: half the experiment's 2 points for
    # the runs, and half for the charts
    "020": {**CLASS_FILE, "runs": 1.0, "charts": 1.0},
    "022": {"charts": 1.0},  # a chart begins with the header and goes on below the last iteration
    "037": {"runs": 1.0},  # the rate is 10, and the only chart is titled 1
    "046": {"a_h1": 0.5},  # takes h1 three rows below
    "090": {"charts": 1.0},  # there is none
    "099": dict.fromkeys(("dE/dw1", "dE/dw2", "dE/dw3", "dE/dw4"), 1.5),  # h(1-h) for a_h(1-a_h)
    # w6 goes down the gradient of w5: one of the 8 that share 2 points; the chart starts late
    "108": {"w6": 0.25, "charts": 1.0},
}
"""What ten of them lose of 20 points, told by number: looked up in the cells, and in the rubric."""


@pytest.fixture(scope="module")
def graded(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Gradebook:
    output = tmp_path_factory.mktemp("grades")
    return sheetprop.grade(corpus / "workbooks", output=output, copies=False)


def test_real_workbooks_are_a_class(graded: Gradebook, corpus: Path) -> None:
    """Whatever they hold, all are graded, and what most of them share is named."""
    figures = json.loads((graded.folder / "class.json").read_text())

    assert len(graded.grades) == len(list((corpus / "workbooks").iterdir()))
    assert figures["mistakes"][0]["mistake"] == "wrong-neuron"
    assert figures["quantities"][0]["quantity"] in ("dE/dw3", "dE/dw4")


@pytest.mark.parametrize("number", LOST)
def test_a_mark_is_what_a_person_comes_to(number: str, graded: Gradebook) -> None:
    """The points lost are those that the mistakes in the cells cost, each named with its cells."""
    grade = next(one for one in graded.grades if Path(one.file).stem == number)
    lost = [one for one in grade.details if one.earned < one.possible]

    assert {one.quantity: one.possible - one.earned for one in lost} == LOST[number]
    assert (grade.points, grade.possible) == (20 - sum(LOST[number].values()), 20)
    assert all(one.place and one.lost_to for one in lost)
