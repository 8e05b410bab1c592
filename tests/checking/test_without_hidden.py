"""Networks without a hidden layer are recognised where they learn by the slope of their error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from slowly import slowly

from sheetprop.checking.check import check_file, check_workbook
from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import HEAD
from sheetprop.notation.address import column_letters
from sheetprop.spec import Architecture, Spec
from sheetprop.workbooks.sheet import Workbook
from sheetprop.workbooks.writing.write import write

SHAPES = [
    Architecture((2, 1)),
    Architecture((3, 2), output_activation="tanh", biases="each"),
    Architecture((1, 3), loss="cross-entropy", biases="shared"),
]


def lesson(shape: Architecture) -> Workbook:
    weights = tuple(0.1 + 0.15 * k for k in range(shape.weight_count))
    biases = (0.2, -0.1, 0.3)[: shape.bias_count]
    data = ((0.3, 0.7, 0.9)[: shape.layers[0]], (0.9, 0.2, 0.6)[: shape.layers[-1]])
    return layout(Spec("perceptron", shape, *data, weights, (0.5,), 8, biases))


@pytest.mark.slow
@pytest.mark.parametrize("shape", [SHAPES[0], *slowly(SHAPES[1:])], ids=str)
def test_a_right_one_is_correct(shape: Architecture, tmp_path: Path) -> None:
    """All columns are found and none is accused."""
    write(lesson(shape), tmp_path / "book.xlsx")
    report = check_file(tmp_path / "book.xlsx")

    assert report.verdict == "correct"
    assert len(report.tables) == 1
    assert report.tables[0].iterations == 8


def test_a_wrong_one_is_told() -> None:
    """A lost slope is found in its column alone."""
    book = lesson(SHAPES[0])
    sheet = book["η=0.5"]
    columns = {str(c.value): at[1] for at, c in sheet.cells.items() if at[0] == HEAD}
    output = column_letters(columns["a_o1"])
    wrong = {
        at: cell._replace(
            formula=(cell.formula or "").replace(f"*(1-{output}{at[0]})", ""), value=None
        )
        for at, cell in sheet.cells.items()
        if at[0] > HEAD and at[1] == columns["∂E/∂w2"]
    }
    changed = replace(sheet, cells={**sheet.cells, **wrong})
    sheets = tuple(changed if one is sheet else one for one in book.sheets)
    (error,) = check_workbook(Workbook(sheets), "book.xlsx").errors

    assert error.mistake == "missing-factor"
    assert {place.quantity for place in error.places} == {"dE/dw2"}
