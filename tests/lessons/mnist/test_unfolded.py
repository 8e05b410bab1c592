"""Batch normalisation as it was trained gives what the folded weights give, in every map."""

from __future__ import annotations

from pathlib import Path

import libreoffice
import pytest
from checking.layouts.small_network import with_cells, words_in

import sheetprop
from sheetprop.checking.check import check_workbook
from sheetprop.lessons.mnist.layout import layout
from sheetprop.lessons.mnist.unfolded import with_unfolded
from sheetprop.lessons.mnist.unfolded_sheet import UNFOLDED
from sheetprop.training import tensors
from sheetprop.training.forward import EPSILON
from sheetprop.training.shipped_networks import FOLDER, shipped
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.reading.read import read
from sheetprop.workbooks.sheet import Cell, Workbook
from sheetprop.workbooks.styles import STYLES
from sheetprop.workbooks.writing.write import write

ROWS = range(6, 58)
"""Those of the 52 maps of the network `light` that are normalised."""


@pytest.fixture(scope="module")
def made() -> Workbook:
    network = shipped("light")
    arrays = tensors.read(FOLDER / "light.safetensors")
    return with_unfolded(layout(network, words_in()), network.plan, arrays, words_in())


@pytest.mark.slow
def test_epsilon_is_no_zero(made: Workbook) -> None:
    """It is shown in all its digits: four behind the point would be zeros."""
    (at,) = (at for at, cell in made[UNFOLDED].cells.items() if cell.value == EPSILON)
    look = made[UNFOLDED].look
    assert isinstance(look, Look)

    assert "num_format" not in STYLES[look.styles[at]]


@pytest.mark.slow
@pytest.mark.libreoffice
def test_unfolded_and_folded_agree(made: Workbook, tmp_path: Path) -> None:
    """Kernels, bias and the first number of each map are the same, in LibreOffice, too."""
    path = tmp_path / "unfolded.xlsx"
    write(made, path)
    (found,) = libreoffice.recalculated([path], tmp_path)
    own = {at: cell.value for at, cell in made[UNFOLDED].cells.items()}
    for values in (own, found[UNFOLDED]):
        for row in ROWS:
            assert values[row, 8] == pytest.approx(values[row, 9], abs=1e-12)
            assert values[row, 10] == pytest.approx(0, abs=1e-12)
            assert values[row, 13] == pytest.approx(0, abs=1e-12)
    assert (ROWS.stop, 3) not in own


@pytest.mark.slow
def test_the_sheet_is_judged_with_the_others(made: Workbook) -> None:
    """As it was built it is correct, whatever rounding leaves; a wrong scale's cell is named."""
    assert check_workbook(made, "light.xlsx").verdict == "correct"
    shown = {at: made[UNFOLDED].cells[at] for at in ((40, 10), (44, 13))}
    other = {at: Cell(float(cell.value) + 9e-16, cell.formula) for at, cell in shown.items()}
    stale = {(57, 13): Cell(1e-7, made[UNFOLDED].cells[57, 13].formula)}
    report = check_workbook(with_cells(made, UNFOLDED, {**other, **stale}), "light.xlsx")
    assert [place.range for one in report.findings for place in one.places] == ["M57"]
    slip = with_cells(made, UNFOLDED, {(6, 7): Cell(None, "=C6/(F6+$C$3)")})
    report = check_workbook(slip, "light.xlsx")

    assert ("error", "G6") in {
        (one.severity, place.range) for one in report.findings for place in one.places
    }


@pytest.mark.slow
def test_a_template_asks_for_it(tmp_path: Path) -> None:
    """The key unfolded adds the sheet after the weights, and so does the option."""
    path = tmp_path / "own.toml"
    path.write_text(
        'lesson = "mnist"\n[mnist]\nnetwork = "light"\nunfolded = true\n'
        '[texts]\ntitle = "t"\nabout = "a"\n'
    )
    built = sheetprop.build(path, output=tmp_path / "own.xlsx")
    asked = sheetprop.build("mnist", network="light", unfolded=True, output=tmp_path / "asked.xlsx")
    report = sheetprop.check(built)[0]

    assert UNFOLDED in {sheet.name for sheet in read(asked).sheets}
    assert report.verdict == "correct"
    assert UNFOLDED in {table.sheet for table in report.tables}
