"""Mistakes made on purpose are found again, each in its place and under its name."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from exercise_books import a_spec

from sheetprop.checking.check import check_file, check_workbook
from sheetprop.checking.report import Place
from sheetprop.errors import SpecError
from sheetprop.exercises.bugged import range_of, with_bugs
from sheetprop.exercises.make import make
from sheetprop.exercises.planted.bugs import draw_bugs, most_mistakes
from sheetprop.exercises.solution_sheet import SOLUTION_SHEET
from sheetprop.exercises.wanted import wanted
from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import RateTable
from sheetprop.maths.network import Network
from sheetprop.template import load
from sheetprop.workbooks.writing.write import write

SPEC = replace(load("classic"), learning_rates=(0.5, 2.0), iterations=12)
OTHERS = [
    replace(load("mazur"), iterations=8),
    a_spec(
        (2, 3, 3, 2), hidden="tanh", output="identity", loss="mean squared error", biases="each"
    ),
    a_spec((2, 2, 2), hidden="relu", loss="cross-entropy", biases="shared", rates=(0.1,), seed=3),
]


def hold_to_its_mistakes(tmp_path, spec, number, seed):
    table = RateTable(Network(spec.architecture), spec.iterations)
    right = layout(spec, spec.learning_rates, spec.iterations)
    bugs, wrong = with_bugs(right, table, number, seed)
    write(wrong, tmp_path / "wrong.xlsx")
    report = check_file(tmp_path / "wrong.xlsx")
    runs = [sheet.name for sheet in wrong.sheets if sheet.name.startswith("η=")]

    assert len({bug.quantity for bug in bugs}) == number
    assert report.verdict == "mistakes"
    assert {(one.mistake, place) for one in report.errors for place in one.places} == {
        (bug.mistake.name, Place(run, range_of(table, bug), bug.quantity))
        for bug in bugs
        for run in runs
    }
    assert not [one.mistake for one in report.findings if one.mistake == "stale-value"]


@pytest.mark.parametrize("seed", range(3))
def test_every_mistake_is_found(tmp_path, seed):
    """Check finds just the mistakes that were made, by name and in all their rows and sheets."""
    hold_to_its_mistakes(tmp_path, SPEC, 1 + seed % 4, seed)


@pytest.mark.parametrize("spec", OTHERS, ids=lambda spec: str(spec.architecture.layers))
def test_every_mistake_is_found_in_other_networks(tmp_path, spec):
    """As in the classic network."""
    hold_to_its_mistakes(tmp_path, spec, 2, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
def test_every_mistake_is_found_whatever_the_seed(tmp_path, seed):
    """Many worksheets, with up to as many mistakes as there may be."""
    hold_to_its_mistakes(tmp_path, SPEC, 1 + seed % most_mistakes(Network(SPEC.architecture)), seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("spec", OTHERS, ids=lambda spec: str(spec.architecture.layers))
def test_every_mistake_is_found_in_other_networks_whatever_the_seed(tmp_path, spec, seed):
    """As in the classic network."""
    hold_to_its_mistakes(tmp_path, spec, 1 + seed % 3, seed)


def test_a_seed_is_a_worksheet(tmp_path):
    """The same seed gives the same bytes, another one other mistakes."""
    for name, seed in (("one", 4), ("same", 4), ("other", 5)):
        write(make(SPEC, wanted("find-the-bug", None, 2, seed)).workbook, tmp_path / name)
    one, same, other = ((tmp_path / name).read_bytes() for name in ("one", "same", "other"))

    assert one == same
    assert one != other


def test_the_solution_tells_every_mistake(tmp_path):
    """The right workbook with a sheet that gives place, name, both formulas and the reason."""
    made = make(SPEC, wanted("find-the-bug", None, 3, 8), has_solution=True)
    table = RateTable(Network(SPEC.architecture), SPEC.iterations)
    bugs = {b.quantity: b for b in draw_bugs(table.network, 12, 3, random.Random(8))}
    write(made.solution, tmp_path / "solution.xlsx")
    told = made.solution[SOLUTION_SHEET].cells
    rows = [[told[row, column].value for column in range(1, 7)] for row in range(6, 9)]

    assert check_file(tmp_path / "solution.xlsx").verdict == "correct"
    for place, shown, mistake, wrong, right, why in rows:
        bug = next(b for n, b in bugs.items() if shown == n.replace("dE/d", "∂E/∂"))
        first = place.split(":")[0]
        assert (place, mistake) == (range_of(table, bug), bug.mistake.name)
        assert made.workbook["η=0.5"].cells[cell(first)].formula == wrong
        assert made.solution["η=0.5"].cells[cell(first)].formula == right
        assert bug.variant.phrase in why
        assert made.solution["η=0.5"].look.styles[cell(first)] == "answer"


def cell(text):
    from openpyxl.utils.cell import coordinate_to_tuple

    return coordinate_to_tuple(text)


def test_too_many_mistakes():
    """More than a third of all formulas cannot be wrong at once."""
    with pytest.raises(SpecError, match="10 mistakes are too many for classic: at most 9"):
        make(SPEC, wanted("find-the-bug", None, 10))


def test_a_network_without_a_hidden_layer():
    """What check knows, it can also be given with mistakes."""
    book = make(a_spec((2, 1)), wanted("find-the-bug")).workbook

    assert check_workbook(book, "book").verdict == "mistakes"


@pytest.mark.parametrize("template", ["softmax", "xor"])
def test_networks_with_terms_and_samples(template):
    """Momentum, decay and samples in turn are no reason to look for long."""
    book = make(load(template), wanted("find-the-bug", None, 2)).workbook

    assert check_workbook(book, "book").verdict == "mistakes"


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long
