"""The sheet Predict: nothing until something is typed, then a verdict that is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from laid_out import laid_out
from networks import RELU
from slowly import one_in

from sheetprop.calculating.calculated import calculated
from sheetprop.checking.check import check_workbook
from sheetprop.exercises.make import make
from sheetprop.exercises.wanted import wanted
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.spec import Spec
from sheetprop.template import load
from sheetprop.words import Words, languages, words_of
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Workbook

CLASSIC = load("classic")
RATES = (0.5, 1000.0)
ROWS = 12
ANSWER, VERDICT = 8, 9
KEYS = ("rises", "gradient", "dead", "rate")


@cache
def book(spec: str = "classic") -> Workbook:
    lesson = CLASSIC if spec == "classic" else RELU
    return laid_out(lesson, RATES if spec == "classic" else None, ROWS)


def places(sheet: Sheet) -> dict[str, Address]:
    """The cells of the answers, by the key of the question."""
    assert isinstance(sheet.look, Look)
    styled = {at for at, style in sheet.look.styles.items() if style == "long answer"}
    rows = sorted({row for row, column in styled if column == ANSWER})
    return dict(zip(KEYS, ((row, ANSWER) for row in rows), strict=True))


def answered(
    workbook: Workbook, answers: Mapping[str, str | float], target: float | None = None
) -> dict[str, object]:
    """The verdicts after somebody has answered, and typed another target into the evidence."""
    (sheet,) = (s for s in workbook.sheets if s.name == "Predict")
    at = places(sheet)
    typed = {at[key]: Cell(answer) for key, answer in answers.items()}
    if target is not None:
        typed[37, 3] = Cell(target)
    cells = {a: Cell(None, c.formula) if c.formula else c for a, c in sheet.cells.items()} | typed
    new = replace(sheet, cells=cells)
    sheets = calculated([new if s is sheet else s for s in workbook.sheets], workbook.names)
    (done,) = (s for s in sheets if s.name == "Predict")
    return {key: done.cells[row, VERDICT].value for key, (row, _) in at.items()}


def after_one_update(spec: Spec, rate: float, **given: tuple[float, ...]) -> dict[str, list[float]]:
    """What NumPy finds in two iterations with other targets or inputs."""
    trace = run(replace(spec, **given), [rate], 2).values  # type: ignore[arg-type]
    return {name: values[0].tolist() for name, values in trace.items()}


def move(before: float, after: float) -> str:
    return "falls" if after < before else "rises" if after > before else "stays the same"


@pytest.mark.slow
def test_nothing_is_said_before_something_is_typed() -> None:
    """Every verdict is an empty text as the file comes."""
    assert set(answered(book(), {}).values()) <= {"", None}


@pytest.mark.parametrize("target", one_in(3, [0.5, 0.3, 0.99]))
def test_the_largest_rate_with_other_targets(target: float) -> None:
    """Right is what E_total does in NumPy, and everything else is not."""
    losses = after_one_update(CLASSIC, max(RATES), targets=(target, target))["E_total"]
    truth = move(*losses)
    for answer in ("falls", "rises", "stays the same"):
        verdict = str(answered(book(), {"rises": answer}, target)["rises"])
        assert verdict.startswith("✓") == (answer == truth), answer


@pytest.mark.slow
def test_the_largest_gradient() -> None:
    """Only the weight with the largest gradient of NumPy's is right."""
    trace = run(CLASSIC, RATES[:1], 1).values
    weights = Network(CLASSIC.architecture).parameters
    sizes = {name: abs(float(trace[f"dE/d{name}"][0][0])) for name in weights}
    best = max(sizes, key=lambda name: sizes[name])
    for answer in (best, *[name for name in weights if name != best][:2], "x"):
        verdict = str(answered(book(), {"gradient": answer})["gradient"])
        assert verdict.startswith("✓") == (answer == best), answer


@pytest.mark.slow
@pytest.mark.parametrize("spec", ["classic", "relu"])
def test_a_dead_input_moves_no_weight(spec: str) -> None:
    """Whatever the network, w1 stays the same without i1, as in NumPy."""
    lesson = CLASSIC if spec == "classic" else RELU
    w1 = after_one_update(lesson, 0.1, inputs=(0.0, *lesson.inputs[1:]))["w1"]

    assert w1[0] == w1[1]
    assert str(answered(book(spec), {"dead": "stays the same"})["dead"]).startswith("✓")
    assert not str(answered(book(spec), {"dead": "falls"})["dead"]).startswith("✓")


@pytest.mark.slow
@pytest.mark.parametrize("spec", one_in(2, ["relu", "classic"]))
def test_the_best_rate(spec: str) -> None:
    """Right is the rate with the least E_total in NumPy, after as many updates as there are."""
    lesson = CLASSIC if spec == "classic" else RELU
    rates = RATES if spec == "classic" else lesson.learning_rates
    losses = run(lesson, rates, ROWS).values["E_total"][:, -1]
    best = rates[int(np.argmin(losses))]
    for rate in rates:
        verdict = str(answered(book(spec), {"rate": rate})["rate"])
        assert verdict.startswith("✓") == (rate == best), rate


@pytest.mark.slow
@pytest.mark.parametrize("spec", ["classic", "relu"])
def test_the_evidence_is_that_of_numpy(spec: str) -> None:
    """Every number of both what-ifs is the trace's, before the update and after it."""
    lesson = CLASSIC if spec == "classic" else RELU
    sheet = book(spec)["Predict"]
    rates = RATES if spec == "classic" else lesson.learning_rates
    target = sheet.cells[37, 3].value
    assert isinstance(target, float)
    expected = {
        3: after_one_update(lesson, max(rates), targets=(target,) * len(lesson.targets)),
        5: after_one_update(lesson, rates[0], inputs=(0.0, *lesson.inputs[1:])),
    }
    for first, values in expected.items():
        for row, name in enumerate(Network(lesson.architecture).quantities, 41):
            shown = [sheet.cells[row, first + k].value for k in (0, 1)]
            assert shown == pytest.approx(values[name], rel=1e-12, abs=1e-18), name


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
def test_it_is_asked_in_every_language(language: str) -> None:
    """Title and answers are those of the language, and check takes nothing for a worksheet."""
    spec = replace(load("classic", language), learning_rates=(0.5, 2.0), iterations=5)
    words: Words = words_of(spec)
    workbook = make(spec, wanted()).workbook
    sheet = workbook[words["sheet_predict"]]
    report = check_workbook(workbook, "book.xlsx")

    assert sheet.cells[1, 1].value == words["predict_title"]
    assert not any(isinstance(cell.value, ExcelError) for cell in sheet.cells.values())
    assert (report.verdict, report.findings) == ("correct", ())


def test_every_question_leads_to_its_evidence() -> None:
    """Each link goes to a sheet of the workbook and a cell that has something."""
    sheet = book()["Predict"]
    assert isinstance(sheet.look, Look)
    links = [link for (row, _), link in sheet.look.links.items() if row > 4]

    assert len(links) == 4
    assert len([cell for cell in map(cell_of, links) if cell is not None]) == 4


def cell_of(link: str) -> Cell | None:
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    name, _, where = link.rpartition("!")
    letters, row = coordinate_from_string(where)
    return book()[name.strip("'")].cells.get((row, column_index_from_string(letters)))


def test_start_leads_to_it_with_a_line() -> None:
    """The list of sheets says what it is for; an exercise has no such sheet and no such line."""
    texts = {c.value for c in book()["Start"].cells.values()}
    assert "Predict: questions to answer first" in texts

    blank = make(replace(CLASSIC, iterations=3, learning_rates=(0.5,)), wanted("blank")).workbook
    assert "Predict" not in {sheet.name for sheet in blank.sheets}
