"""The smallest exercise: one iteration drawn with a box for each answer, then filled down."""

from __future__ import annotations

from dataclasses import replace
from zipfile import ZipFile

import pytest
from networks import RELU

from sheetprop.checking.check import check_file, check_workbook
from sheetprop.errors import SpecError
from sheetprop.exercises.make import make
from sheetprop.exercises.smallest.drawn import wires
from sheetprop.exercises.smallest.places import Places
from sheetprop.exercises.wanted import wanted
from sheetprop.exercises.workbook import recalculated
from sheetprop.maths.network import Network
from sheetprop.notation.address import address
from sheetprop.spec import Spec
from sheetprop.template import any_lesson, load
from sheetprop.workbooks.page import NETWORK
from sheetprop.workbooks.sheet import Cell, Workbook
from sheetprop.workbooks.writing.write import write

CLASSIC = replace(load("classic"), learning_rates=(0.5,), iterations=4)


def made(spec: Spec = CLASSIC) -> tuple[Workbook, Workbook]:
    """Return the exercise and its solution."""
    found = make(spec, wanted("smallest", has_solution=True), has_solution=True)
    assert found.solution
    return found.workbook, found.solution


def verdicts(workbook: Workbook) -> list[object]:
    """Return what the page says of its boxes."""
    cells = workbook.sheets[1].cells.values()
    return [c.value for c in cells if c.formula and "ISNUMBER" in c.formula]


def with_box(workbook: Workbook, old: str, new: str) -> Workbook:
    """Return the workbook with something else in one formula of the page."""
    (page,) = (sheet for sheet in workbook.sheets if sheet.name == NETWORK)
    cells = {
        at: c._replace(formula=c.formula.replace(old, new)) if c.formula else c
        for at, c in page.cells.items()
    }
    sheets = [replace(s, cells=cells) if s is page else s for s in workbook.sheets]
    return replace(workbook, sheets=recalculated(sheets, workbook.names))


@pytest.mark.slow
def test_empty_boxes_are_not_attempted_and_filled_ones_are_right(tmp_path) -> None:
    """The exercise is incomplete without a finding, its solution correct, read from their files."""
    for number, book in enumerate(made()):
        write(book, tmp_path / f"{number}.xlsx")
    blank, solved = (check_file(tmp_path / f"{number}.xlsx") for number in range(2))

    assert (blank.verdict, blank.findings, solved.verdict) == ("incomplete", (), "correct")
    assert blank.not_attempted == 19 * 4 + 8 * 3


@pytest.mark.slow
def test_boxes_are_judged_as_they_are_typed() -> None:
    """Boxes filled in are right while the rows below wait; a wrong one is marked, and named."""
    blank, solution = made()
    page = solution[NETWORK]
    sheets = [page if sheet.name == NETWORK else sheet for sheet in blank.sheets]
    solved = with_box(replace(blank, sheets=tuple(sheets)), "", "")
    places = Places(Network(CLASSIC.architecture))
    i2, right, wrong = (address(*places.value(name)) for name in ("i2", "a_h2", "a_h1"))
    slips = with_box(solved, f"*{right}*(1-{right})*{i2}", f"*{wrong}*(1-{wrong})*{i2}")
    report = check_workbook(slips, "book.xlsx")

    assert verdicts(solved) == ["✓"] * 19
    assert sorted(map(str, verdicts(slips))) == ["✓"] * 18 + ["✗"]
    assert [finding.mistake for finding in report.errors] == ["wrong-neuron"]
    assert {place.quantity for place in report.errors[0].places} == {"dE/dw4"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mazur", "eva6"])
@pytest.mark.parametrize("language", ["en", "de", "hi"])
def test_it_is_made_of_other_networks_and_in_all_languages(name: str, language: str) -> None:
    """Biases and other numbers, and other names of the sheets, change nothing."""
    spec = replace(any_lesson(name, language), learning_rates=(0.5,), iterations=3)
    blank, solved = made(spec)

    assert check_workbook(blank, "b.xlsx").verdict == "incomplete"
    assert check_workbook(solved, "s.xlsx").verdict == "correct"
    assert Cell("✗") not in [Cell(text) for text in verdicts(solved)]


def test_a_network_with_several_samples_is_refused() -> None:
    """There is one box for each part, so that an iteration looks at one sample."""
    with pytest.raises(SpecError, match="one sample at a time"):
        made(replace(load("xor"), iterations=3))


def test_every_connection_is_drawn_and_no_two_parts_share_a_cell() -> None:
    """A line leads from each source to the boxes of a weight, and from there to its neuron."""
    network = Network(RELU.architecture)
    places = Places(network)
    drawn = list(wires(places))
    weights = sum(wire.text.startswith("w") for wire in drawn)
    biases = sum(wire.text.startswith("b") for wire in drawn)
    cells = [at for name in places.named for at in (places.named[name], places.value(name))]

    assert (weights, biases) == (2 * len(network.weights), 6)
    assert len(cells) == len(set(cells))


@pytest.mark.slow
def test_lines_stand_in_the_file_as_lines(tmp_path) -> None:
    """A drawing has a connector for each line, and boxes without filling around the neurons."""
    exercise, _ = made()
    write(exercise, tmp_path / "book.xlsx")
    with ZipFile(tmp_path / "book.xlsx") as file:
        parts = [file.read(name).decode() for name in file.namelist() if "drawings/draw" in name]
    (drawing,) = (part for part in parts if "<xdr:cxnSp" in part)

    assert drawing.count("<xdr:cxnSp") == 2 * 8 + 2 + 2
    assert drawing.count("<a:noFill/>") == 2 + 2 + 2 + 2 + 1
    assert "txBox" not in drawing
