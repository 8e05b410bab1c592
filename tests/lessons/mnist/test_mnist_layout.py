"""What stands in the workbook of a trained network, and how it is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from checking.layouts.small_network import words_in

import sheetprop
from sheetprop.cli import main
from sheetprop.lessons.mnist.about_sheets import ARCHITECTURE, LOG
from sheetprop.lessons.mnist.draw_sheet import DRAW
from sheetprop.lessons.mnist.layout import layout
from sheetprop.lessons.mnist.occlusion_sheet import OCCLUSION
from sheetprop.lessons.mnist.places import Maps, kernels_of, maps_of
from sheetprop.lessons.mnist.stored_digits import as_stored, with_fewer_digits
from sheetprop.lessons.parts.paper import on_paper
from sheetprop.training.forward import outputs, probabilities
from sheetprop.training.shipped_networks import shipped, shipped_digits, shipped_mistakes
from sheetprop.workbooks.chart_look import share_ends
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Workbook

# Functions that Excel 2007, LibreOffice and Google Sheets have.
EVERYWHERE = {
    "AVERAGE", "EXP", "IF", "INDEX", "INT", "LARGE", "MATCH", "MAX", "MIN", "N", "REPT", "SUM",
    "SUMPRODUCT",
}  # fmt: skip


@pytest.fixture(scope="module")
def light() -> Workbook:
    return layout(shipped("light"), words_in(), chosen=4)


def test_every_number_of_every_layer_has_its_cell(light: Workbook) -> None:
    """Each value that NumPy calculates stands where the maps say, beside a formula."""
    network, digits = shipped("light"), shipped_digits()
    values = outputs(network.plan, network.weights, digits.images[4:5] / 255)
    for maps, found in zip(maps_of(network.plan), values, strict=True):
        numbers = found[0].reshape(maps.channels, maps.side, maps.side)
        cells = light[maps.sheet].cells
        for (channel, y, x), value in np.ndenumerate(numbers):
            cell = cells[maps.at(channel, y, x)]
            assert cell.value == value
            assert cell.formula is not None
    answer = light[DRAW].cells[7, 31].value
    assert answer == values[-1].argmax()


def test_the_axis_of_accuracies_ends_at_all_and_begins_below_the_smallest(light: Workbook) -> None:
    """From a twentieth at or below every share on; an axis to 1.2 would promise more than all."""
    assert isinstance(look := light[LOG].look, Look)
    assert look.charts[1].ends == (0.8, 1.0)
    assert share_ends([0.26, 0.99]) == (0.25, 1.0)


def test_only_functions_that_all_programs_have(light: Workbook) -> None:
    """No program shows #NAME? in any cell, and no formula is longer than a cell holds."""
    formulas = [c.formula for s in light.sheets for c in s.cells.values() if c.formula]
    found = {name for text in formulas for name in re.findall(r"\b([A-Z]+)\(", text)}

    assert found <= EVERYWHERE
    assert max(map(len, formulas)) < 8192


def test_places_do_not_overlap() -> None:
    """Maps with zeros around them and kernels of all layers have cells of their own."""
    maps = Maps("A", 5, 12, edge=1)
    cells = [maps.at(c, y, x) for c in range(5) for y in range(-1, 13) for x in range(-1, 13)]
    assert len(cells) == len({*cells, *map(maps.heading, range(5))}) - 5
    found = []
    for kernels in filter(None, kernels_of(shipped("light").plan.steps)):
        for channel in range(kernels.step.channels):
            found.append(kernels.bias(channel))
            for source in range(kernels.step.channels_in):
                (top, left), (bottom, right) = kernels.area(channel, source)
                found += [(y, x) for y in range(top, bottom + 1) for x in range(left, right + 1)]
    assert len(found) == len(set(found))


def test_the_architecture_says_what_the_plan_says(light: Workbook) -> None:
    """The total below the table is the number of parameters."""
    steps = shipped("light").plan.steps

    assert light[ARCHITECTURE].cells[6 + len(steps), 12].value == 5324


def test_the_log_draws_the_worst_mistakes(light: Workbook) -> None:
    """Each of twelve is told with label and answer, and its ink is that of the stored image."""
    cells, log = light[LOG].cells, shipped("light").log["test"]
    images = shipped_mistakes("light")
    captions = {at: str(c.value) for at, c in cells.items() if "read as" in str(c.value)}

    assert len(captions) == len(images) == 12
    places = zip(sorted(captions), log["surest_mistakes"], images, strict=False)
    for (row, column), mistake, image in places:
        told = f"{mistake['label']}, read as {mistake['answer']}"
        assert captions[row, column].startswith(told)
        drawn = [[cells.get((row + 1 + y, column + x)) for x in range(28)] for y in range(28)]
        assert [[0 if c is None else c.value for c in line] for line in drawn] == image.tolist()


def test_occlusion_is_what_the_network_says_of_covered_images(light: Workbook) -> None:
    """For a block at the rim and one in the middle, NumPy is asked again."""
    network, image = shipped("light"), shipped_digits().images[4] / 255
    answer = outputs(network.plan, network.weights, image[None])[-1].argmax()
    for y, x in ((0, 0), (3, 3), (2, 4)):
        covered = image.copy()
        covered[4 * y : 4 * y + 4, 4 * x : 4 * x + 4] = 0
        left = probabilities(outputs(network.plan, network.weights, covered[None])[-1])[0, answer]
        cell = light[OCCLUSION].cells[6 + y, 2 + x]
        assert cell.value == pytest.approx(left, abs=6e-5)
        assert str(cell.formula).startswith("=IF(Draw!")


def test_of_the_stored_digits_only_the_title_is_printed(light: Workbook) -> None:
    """Hundreds of rows of ink are for formulas; names of images alone would fill a page each."""
    look = light.sheets[-1].look
    assert isinstance(look, Look)
    assert look.printed is not None

    assert look.printed[0] == 1
    assert sum(look.widths[column] for column in range(1, look.printed[1] + 1)) > 80


def test_no_printed_page_cuts_a_map_or_a_picture(light: Workbook) -> None:
    for name in ("Conv2", "Occlusion", LOG):
        look = on_paper(light[name]).look
        assert isinstance(look, Look)
        assert look.paper is not None
        for (top, left), (bottom, right) in (each for own in look.scales for each in own.ranges):
            assert not [row for row in look.paper.rows if top - 1 <= row < bottom]
            assert not [column for column in look.paper.columns if left <= column < right]


@pytest.mark.slow
def test_the_command_writes_a_small_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is below half a MB, and its cells come back as they were made, with 11 digits."""
    path = tmp_path / "digits.xlsx"

    assert main(["build", "mnist", "-o", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert path.stat().st_size < 500_000
    made = with_fewer_digits(layout(as_stored(shipped("standard")), words_in()))
    found = read(path)
    assert [sheet.name for sheet in found.sheets] == [sheet.name for sheet in made.sheets]
    for name in ("Conv2", "Linear", DRAW):
        formulas = {at: cell for at, cell in made[name].cells.items() if cell.formula}
        assert {at: found[name].cells[at] for at in formulas} == formulas


@pytest.mark.slow
@pytest.mark.parametrize("name", ["light", "course"])
def test_a_check_calls_it_correct(name: str, tmp_path: Path) -> None:
    """The workbook as it was built has nothing against it, in the child process that judges."""
    path = sheetprop.build("mnist", network=name, output=tmp_path / "digits.xlsx")
    (report,) = sheetprop.check(path)

    assert (report.verdict, list(report.findings)) == ("correct", [])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"template": "mnist", "iterations": 5}, "iterations: does not go with mnist"),
        ({"template": "mnist", "variant": "blank"}, 'variant: must be "worked"'),
        (
            {"template": "mnist", "network": "large"},
            'network: must be "standard", "light" or "course"',
        ),
        ({"template": "classic", "network": "light"}, "network: is for mnist only"),
        ({"template": "classic", "unfolded": True}, "unfolded: is for mnist only"),
        ({"template": "pooling", "unfolded": True}, "unfolded: is for mnist only"),
    ],
)
def test_what_does_not_go_together_is_told(arguments: dict[str, object], told: str) -> None:
    """One sentence, and nothing is written."""
    with pytest.raises(sheetprop.SheetpropError, match=told):
        sheetprop.build(**arguments)
