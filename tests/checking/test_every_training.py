"""Whatever a template can say of a network and its training: built, exercised and checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from slowly import one_in
from trainings import SPECS

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import wanted
from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import FIRST, RateTable
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.spec import Spec
from sheetprop.template import load
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

EACH = pytest.mark.parametrize("spec", one_in(4, SPECS.values()), ids=SPECS)


def checked(workbook: Workbook, folder: Path) -> Report:
    """Return the report of a workbook, written and read back."""
    write(workbook, folder / "x.xlsx")
    return check_workbook(read(folder / "x.xlsx"), "x.xlsx", with_pictures=True)


@pytest.mark.slow
@EACH
def test_the_workbook_is_checked_correct(tmp_path: Path, spec: Spec) -> None:
    """The network and its training are read from formulas, and every value is the witness's."""
    report = checked(layout(spec), tmp_path)

    assert (report.verdict, report.errors, report.not_judged) == ("correct", (), ())
    names = set(Network(spec.architecture).quantities)
    assert [set(picture.matching) for picture in report.pictures] == [names, names]
    assert all(loss.right == pytest.approx(loss.own) for loss in report.losses)


@pytest.mark.slow
@EACH
def test_its_numbers_are_those_of_the_trace(spec: Spec) -> None:
    """Every cell of a run holds what the matrix witness calculates."""
    sheet = layout(spec)["η=0.4"]
    values = run(spec, [0.4], spec.iterations).values
    table = RateTable(Network(spec.architecture), spec.iterations, spec.turns)
    for name, column in table.column.items():
        shown = [sheet.cells[FIRST + step, column].value for step in range(spec.iterations)]
        assert shown == pytest.approx(values[name][0], rel=1e-12, abs=1e-15), name


@pytest.mark.slow
@EACH
@pytest.mark.parametrize(
    ("variant", "verdict"),
    [("blank", "incomplete"), ("faded", "incomplete"), ("find-the-bug", "mistakes")],
)
def test_its_exercises_are_checked(tmp_path: Path, spec: Spec, variant: str, verdict: str) -> None:
    """Empty answers are no mistakes, planted ones are found."""
    report = checked(make(spec, wanted(variant)).workbook, tmp_path)

    assert report.verdict == verdict


@pytest.mark.slow
@EACH
def test_the_derivation_agrees_with_the_table(spec: Spec) -> None:
    """Each line that the table has too gives the same number."""
    cells = layout(spec)["Derivation"].cells
    marks = [
        cell.value
        for (row, column), cell in cells.items()
        if row > 3 and column == 4 and cell.formula
    ]

    assert len(marks) > 10
    assert set(marks) == {"✓"}


@EACH
def test_the_gradient_check_agrees(spec: Spec) -> None:
    """On the page of differences every gradient is the slope of E_total."""
    texts = [cell.value for cell in layout(spec)["Gradient check"].cells.values()]

    assert "differs" not in texts
    assert texts.count("agrees") >= len(Network(spec.architecture).parameters)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["class", "eva6", "high-rates", "xor", "softmax"])
def test_shipped_lessons_are_checked_correct(tmp_path: Path, name: str) -> None:
    """What a shipped template builds has no mistake, in any of its runs."""
    assert checked(layout(replace(load(name), iterations=12)), tmp_path).verdict == "correct"
