"""Biases shared by a layer whose headers are exchanged are not one bias for each neuron."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slowly import slowly

from sheetprop.checking.check import check_workbook
from sheetprop.lessons.layout import layout
from sheetprop.spec import Architecture, Spec
from sheetprop.workbooks.sheet import Cell, Workbook

SHAPES = [(2, 2, 1), (2, 2, 2), (3, 3, 3)]


def with_exchanged_biases(shape: tuple[int, ...]) -> Workbook:
    architecture = Architecture(shape, biases="shared", train_biases=False)
    weights = tuple(0.1 + 0.05 * k for k in range(architecture.weight_count))
    inputs, targets = (tuple(0.1 + 0.2 * k for k in range(n)) for n in (shape[0], shape[-1]))
    spec = Spec("shared", architecture, inputs, targets, weights, (0.5,), 5, (0.35, 0.6))
    book = layout(spec, (0.5,), 5)
    sheet = next(one for one in book.sheets if one.name.startswith("η="))
    cells = dict(sheet.cells)
    places = {cell.value: place for place, cell in cells.items() if cell.value in ("b1", "b2")}
    cells[places["b1"]], cells[places["b2"]] = Cell("b2"), Cell("b1")
    changed = (replace(one, cells=cells) if one is sheet else one for one in book.sheets)
    return Workbook(tuple(changed), book.names)


@pytest.mark.slow
@pytest.mark.parametrize("shape", [SHAPES[0], *slowly(SHAPES[1:])])
def test_only_the_headers_are_wrong(shape: tuple[int, ...]) -> None:
    """The formulas are right, and the headers are told to be exchanged."""
    report = check_workbook(with_exchanged_biases(shape), "student.xlsx")

    assert report.errors == ()
    assert {finding.mistake for finding in report.findings} <= {"mislabelled-column", "no-chart"}
