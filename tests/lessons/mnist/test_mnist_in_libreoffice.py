"""LibreOffice calculates in the workbook what NumPy says the network answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import libreoffice
import numpy as np
import pytest
from checking.layouts.small_network import words_in

from sheetprop.lessons.mnist.draw_sheet import CHOICE, DRAW, names_of
from sheetprop.lessons.mnist.layout import layout
from sheetprop.lessons.mnist.places import maps_of
from sheetprop.training.forward import outputs, probabilities
from sheetprop.training.shipped_networks import TrainedNetwork, shipped, shipped_digits
from sheetprop.workbooks.sheet import Cell, Workbook
from sheetprop.workbooks.writing.write import write

CHOSEN = [0, 7, 14, 29]
TOP_OF_DRAWING = 39


def typed(workbook: Workbook, cells: dict[tuple[int, int], Cell]) -> Workbook:
    """Return the workbook with other cells on Draw, as somebody types them."""
    draw = workbook[DRAW]
    changed = replace(draw, cells={**draw.cells, **cells})
    return replace(workbook, sheets=(changed, *workbook.sheets[1:]))


def logits_in(values: dict[str, libreoffice.Values], network: TrainedNetwork) -> list[object]:
    last = maps_of(network.plan)[-1]
    return [values[last.sheet][last.at(digit, 0, 0)] for digit in range(10)]


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("name", "chosen"), [("standard", CHOSEN), ("light", CHOSEN), ("course", CHOSEN[:1])]
)
def test_logits_are_those_of_numpy(name: str, chosen: list[int], tmp_path: Path) -> None:
    """Chosen digits and a drawn one get the same logits, the same answer and no error anywhere."""
    network, digits = shipped(name), shipped_digits()
    drawing = np.zeros((28, 28))
    drawing[4:24, 13:15] = np.linspace(0.5, 1, 20)[:, None]
    of_drawing = {
        (TOP_OF_DRAWING + y, 2 + x): Cell(float(drawing[y, x]))
        for y, x in zip(*np.nonzero(drawing), strict=True)
    }
    images = [*(digits.images[k] / 255 for k in chosen), drawing]
    made = layout(network, words_in())
    names = names_of(digits, words_in())
    inputs = [{CHOICE: Cell(names[k + 1])} for k in chosen]
    paths = []
    for number, cells in enumerate([*inputs, {CHOICE: Cell(names[0]), **of_drawing}]):
        paths.append(tmp_path / f"{number}.xlsx")
        write(typed(made, cells), paths[-1])
    found = libreoffice.recalculated(paths, tmp_path)

    expected = outputs(network.plan, network.weights, np.array(images))[-1]
    for values, logits in zip(found, expected, strict=True):
        cells = [cell for sheet in values.values() for cell in sheet.values()]
        assert not [cell for cell in cells if isinstance(cell, libreoffice.Error)]
        assert logits_in(values, network) == pytest.approx(logits, abs=1e-9)
        assert values[DRAW][7, 31] == logits.argmax()
        assert values[DRAW][8, 33] == pytest.approx(probabilities(logits).max(), abs=1e-9)
    first = made.sheets
    for sheet in first:  # what is stored is what is calculated
        for at, cell in sheet.cells.items():
            if cell.formula is not None and isinstance(cell.value, (int, float)):
                assert found[0][sheet.name][at] == pytest.approx(cell.value, abs=1e-9)
