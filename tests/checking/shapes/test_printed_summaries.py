"""Summaries of layers as libraries print them, put into a sheet, and shapes in one cell."""

from __future__ import annotations

import pytest
from cell_sheets import checked, right_and_slipped

from sheetprop.checking.shapes.shape import Shape, shape_in

KERAS = """
Layer (type) | Output Shape | Param #
conv2d (Conv2D) | (None, 26, 26, 32) | 320
batch_normalization (BatchNormalization) | (None, 26, 26, 32) | 128
max_pooling2d (MaxPooling2D) | (None, 13, 13, 32) | 0
dropout (Dropout) | (None, 13, 13, 32) | 0
conv2d_1 (Conv2D) | (None, 11, 11, 64) | 18496
flatten (Flatten) | (None, 7744) | 0
dense (Dense) | (None, 10) | 77450
Total params: || =SUM(C2:C8)
"""
TORCH = """
Layer (type) | Output Shape | Param #
Conv2d-1 | [-1, 16, 28, 28] | 160
BatchNorm2d-2 | [-1, 16, 28, 28] | 32
ReLU-3 | [-1, 16, 28, 28] | 0
MaxPool2d-4 | [-1, 16, 14, 14] | 0
Conv2d-5 | [-1, 32, 12, 12] | 4640
Linear-6 | [-1, 10] | 46090
"""
FORMULAS = """
Layer | Input shape | Kernel size | Filters | Output shape | Params
Conv2D | 28x28x1 | 3 | 16 | 26x26x16 | =(C2*C2*1+1)*D2
Conv2D | 26x26x16 | 3 | 32 | 24x24x32 | =(C3*C3*16+1)*D3
Conv2D | 24x24x32 | 3 | 10 | 22x22x10 | =(C4*C4*32+1)*D4
"""
SLIPS = [
    (KERAS, "18496", "18946", "C6"),
    (KERAS, "77450", "7750", "C8"),
    (KERAS, "| 128", "| 64", "C3"),
    (KERAS, "=SUM(C2:C8)", "=SUM(C2:C7)", "C9"),
    (TORCH, "4640", "4460", "C6"),
    (FORMULAS, "(C3*C3*16+1)*D3", "(C3*C3*32+1)*D3", "F3"),
]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("28x28x16", Shape(16, 12544, 28)),
        ("(None, 26, 26, 32)", Shape(32, 21632, 26, is_printed=True)),
        ("[-1, 16, 28, 28]", Shape(16, 12544, 28, is_printed=True)),
        ("(None, 128)", Shape(128, 128, None, is_printed=True)),
        ("3x3x1x16", None),
        ("3", None),
    ],
)
def test_a_text_is_read_as_the_shape_that_it_says(text: str, shape: Shape | None) -> None:
    """Channels are last, or first where the other two are alike; a kernel is no shape."""
    assert shape == shape_in(text)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "right", "wrong", "cell"), SLIPS)
def test_a_slip_is_found_where_it_stands(text: str, right: str, wrong: str, cell: str) -> None:
    """The summary as it is printed is correct, and one wrong number is the only cell found."""
    assert right_and_slipped(text, right, wrong) == ("correct", {cell})


@pytest.mark.slow
def test_nothing_is_reported_of_cells_that_the_sheet_does_not_have() -> None:
    """What shapes tell is read as numbers, and stands in no range of the report."""
    table = checked(KERAS).tables[0]

    assert (table.range, dict(table.quantities)) == ("C1:C8", {"parameters": "C2:C8"})


@pytest.mark.slow
def test_a_layer_that_alone_leaves_out_its_bias_is_left_open() -> None:
    """It may be meant, or forgotten: where as many others have one, nothing tells."""
    report = checked(KERAS, "18496", "18432")

    assert (report.verdict, [one.range for one in report.not_judged]) == ("undecided", ["C6"])


@pytest.mark.slow
def test_what_only_passes_values_on_gives_as_many_as_it_gets() -> None:
    """One of two shapes is wrong where flattening makes more, or fewer, numbers of an image."""
    text = """
Layer (type) | Output Shape | Param #
conv2d (Conv2D) | (None, 26, 26, 32) | 320
max_pooling2d (MaxPooling2D) | (None, 13, 13, 32) | 0
flatten (Flatten) | (None, 5408) | 0
dense (Dense) | (None, 10) | 54090
"""

    assert right_and_slipped(text, "13, 13", "12, 12") == ("correct", {"B3", "B4"})
