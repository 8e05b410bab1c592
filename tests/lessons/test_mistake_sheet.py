"""The sheet Mistake: the right and the wrong gradient side by side, and what tells them apart."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import libreoffice
import numpy as np
import pytest
from networks import RELU

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.errors import SpecError
from sheetprop.exercises.make import make
from sheetprop.exercises.planted.slips import slip_of
from sheetprop.exercises.wanted import wanted
from sheetprop.maths.trace import run
from sheetprop.mistakes import MISTAKES
from sheetprop.notation.text import to_text
from sheetprop.template import load
from sheetprop.words import ENGLISH, languages, words_of
from sheetprop.workbooks.sheet import ExcelError, Sheet, Workbook
from sheetprop.workbooks.writing.write import write

CLASSIC = load("classic")
REWRITING = [mistake.name for mistake in MISTAKES if mistake.is_rewrite and not mistake.is_of_rows]
OTHERS = {
    "mazur": load("mazur"),
    "in turn": load("xor"),
    "relu": RELU,
}


@cache
def built(spec: str = "classic", mistake: str = "wrong-neuron", rows: int = 9) -> Workbook:
    lesson = CLASSIC if spec == "classic" else OTHERS[spec]
    lesson = replace(lesson, learning_rates=lesson.learning_rates[:2], iterations=rows)
    return make(lesson, wanted(with_mistake=mistake)).workbook


def head(sheet: Sheet) -> int:
    """The row of the names of both runs' columns."""
    (row,) = {at[0] for at, c in sheet.cells.items() if c.value == "E_total, wrong"}
    return row


def column(sheet: Sheet, number: int) -> list[object]:
    first = head(sheet) + 1
    last = max(row for row, _ in sheet.cells)
    return [sheet.cells[row, number].value for row in range(first, last + 1)]


def verdicts(sheet: Sheet, number: int) -> dict[str, object]:
    """The verdicts of the gradient check in a column, by weight."""
    (top,) = {at[0] for at, c in sheet.cells.items() if c.value == "right gradient"}
    rows = range(top + 1, head(sheet) - 2)
    found = {r: sheet.cells.get((r, 1)) for r in rows}
    return {str(c.value): sheet.cells[r, number].value for r, c in found.items() if c and c.value}


def sentences(sheet: Sheet) -> list[str]:
    return [str(c.value) for (_, k), c in sheet.cells.items() if k == 1 and len(str(c.value)) > 90]


def wrong_losses(rows: int, rate: float) -> list[float]:
    """E_total with a_h1 for a_h2 in the slope of the gradients of w3 and w4, by hand."""
    i, t = np.array(CLASSIC.inputs), np.array(CLASSIC.targets)
    w = np.array(CLASSIC.weights).reshape(2, 2, 2)
    losses = []
    for _ in range(rows):
        a = 1 / (1 + np.exp(-w[0] @ i))
        o = 1 / (1 + np.exp(-w[1] @ a))
        losses.append(float(0.5 * ((t - o) ** 2).sum()))
        delta = (o - t) * o * (1 - o)
        slopes = np.full(2, a[0] * (1 - a[0]))
        back = w[1].T @ delta * slopes
        w = np.stack([w[0] - rate * np.outer(back, i), w[1] - rate * np.outer(delta, a)])
    return losses


@pytest.mark.slow
def test_the_mistake_is_the_one_that_hides_best() -> None:
    """Of all wrong neurons, it is the slope of h1 in the gradients of w3 and w4."""
    trees = slip_of(CLASSIC, "SP203").trees

    assert list(trees) == ["dE/dw3", "dE/dw4"]
    assert to_text(trees["dE/dw4"].tree).endswith("· a_h1 · (1 - a_h1) · i2")


@pytest.mark.slow
def test_both_runs_are_those_of_numpy() -> None:
    """The right E_total is the trace's, the wrong one that of a loop with the mistake in it."""
    sheet = built()["Mistake"]
    trace = run(CLASSIC, CLASSIC.learning_rates[:1], 9).values["E_total"][0]

    np.testing.assert_allclose(np.array(column(sheet, 2), float), trace, rtol=1e-13)
    wrong = wrong_losses(9, CLASSIC.learning_rates[0])
    np.testing.assert_allclose(np.array(column(sheet, 3), float), wrong, rtol=1e-13)
    apart = np.abs(np.subtract(column(sheet, 2), column(sheet, 3)))
    np.testing.assert_array_equal(np.array(column(sheet, 4), float), apart)


def test_the_gradient_check_finds_it_and_the_curves_do_not() -> None:
    """Only the wrong gradients of w3 and w4 differ, and the sentences say so in numbers."""
    sheet = built()["Mistake"]
    found = verdicts(sheet, 10)
    curves, _, check = sentences(sheet)

    assert set(verdicts(sheet, 7).values()) == {"agrees"}
    assert {name for name, verdict in found.items() if verdict == "differs"} == {"w3", "w4"}
    assert curves.startswith("No curve of E_total shows it: in 8 updates")
    assert "of 8 gradients, 0 differ from the slope where they are calculated right" in check
    assert "and 2 with the mistake (by 0.0002624 at most)" in check


@pytest.mark.slow
def test_check_takes_only_the_rate_sheets_for_worksheets() -> None:
    """Its heads are formulas, as on Slope: nothing on it is judged, and the runs are correct."""
    report = check_workbook(built(), "book.xlsx")

    assert (report.verdict, report.findings, report.not_judged) == ("correct", (), ())
    assert [table.sheet for table in report.tables] == ["η=0.1", "η=0.2"]


@pytest.mark.slow
@pytest.mark.parametrize("spec", ["classic", *OTHERS])
@pytest.mark.parametrize("mistake", REWRITING)
def test_every_rewriting_mistake_can_be_shown(mistake: str, spec: str) -> None:
    """Nothing on the sheet is an error, the right gradients agree, and check says correct."""
    book = built(spec, mistake)
    sheet = book["Mistake"]
    errors = {at for at, c in sheet.cells.items() if isinstance(c.value, ExcelError)}
    report = check_workbook(book, "book.xlsx")

    assert not errors
    assert set(verdicts(sheet, 7).values()) == {"agrees"}
    assert column(sheet, 2) != column(sheet, 3)
    assert (report.verdict, report.findings) == ("correct", ())


@pytest.mark.slow
@pytest.mark.parametrize("mistake", [n for n in REWRITING if n not in ("factor-of-two",)])
def test_a_wrong_gradient_is_found_by_differences(mistake: str) -> None:
    """Whatever moves a weight elsewhere than downhill differs from the slope of E_total."""
    assert "differs" in verdicts(built(mistake=mistake)["Mistake"], 10).values()


@pytest.mark.slow
def test_a_mistake_in_the_error_alone_leaves_the_gradients_right() -> None:
    """Where E is doubled but no gradient, the sheet says that the check does not show it."""
    sheet = built(mistake="factor-of-two")["Mistake"]

    assert set(verdicts(sheet, 10).values()) == {"agrees"}
    assert "does not show this one: all 8" in sentences(sheet)[2]


@pytest.mark.slow
@pytest.mark.parametrize("language", [one for one in languages() if one != ENGLISH])
def test_the_sheet_speaks_the_language(language: str) -> None:
    """Name, headings and sentences are those of the language; check is not misled by it."""
    lesson = replace(load("classic", language), learning_rates=(0.5,), iterations=5)
    book = make(lesson, wanted(with_mistake="wrong-neuron")).workbook
    words = words_of(lesson)
    texts = {c.value for c in book[words["sheet_mistake"]].cells.values()}

    assert {words["mistake_what"], words["mistake_check"], words["mistake_runs"]} <= texts
    assert check_workbook(book, "book.xlsx").verdict == "correct"


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"with_mistake": "wrong-neurn"}, 'did you mean "wrong-neuron"'),
        ({"with_mistake": "no-chart"}, "must be a mistake that rewrites formulas"),
        ({"with_mistake": "SP203", "variant": "blank"}, "goes only with variant"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    asked: dict[str, str], problem: str, tmp_path: Path
) -> None:
    """A mistake without formulas, a slip of the pen and an exercise get one sentence each."""
    with pytest.raises(SpecError, match=problem):
        sheetprop.build(output=tmp_path / "book.xlsx", **asked)  # type: ignore[arg-type]


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.why_not() is not None, reason=str(libreoffice.why_not()))
def test_libreoffice_agrees(tmp_path: Path) -> None:
    """Recalculated by LibreOffice, numbers and sentences are those of the file."""
    book = built()
    write(book, tmp_path / "book.xlsx")
    values = libreoffice.recalculated([tmp_path / "book.xlsx"], tmp_path)[0]["Mistake"]
    for at, cell in book["Mistake"].cells.items():
        if isinstance(cell.value, float):
            # Differences of numbers nearly equal have few digits left.
            assert values[at] == pytest.approx(cell.value, rel=1e-3, abs=1e-14), at
        elif cell.formula and at[1] == 1:
            assert values[at] == cell.value, at


@pytest.mark.slow
def test_a_curve_that_hardly_falls_is_not_said_to_pass_for_learning() -> None:
    """Where the right run learns, more than 95 % left in the wrong one is seen in its curve.

    A weight of the step after has its sign on this sheet, too: ⁺.
    """
    flat = built(mistake="missing-update", rows=100)["Mistake"]
    texts = [str(cell.value) for cell in built(mistake="updated-weight")["Mistake"].cells.values()]

    assert sentences(flat)[0].startswith("Here the curve shows it")
    assert any("⁺" in text for text in texts)
    assert not any("[+1]" in text for text in texts)
