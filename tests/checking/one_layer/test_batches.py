"""Samples that are looked at together: rows of a block, lists beside the table, side by side."""

from __future__ import annotations

import pytest
from checking.one_layer.drawing import Columns, accused, checked, sheet

from sheetprop.workbooks.sheet import Cell, Sheet

OR = ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1))
POINTS = ((1, 2.1), (2, 3.9), (3, 6.2), (4, 8.1), (5, 9.8))


def blocks(mean: str, epochs: int = 3) -> Sheet:
    """Return logistic regression in blocks: four samples, and a row of what their gradients are."""
    heads = ["x1", "x2", "y", "w1", "w2", "b", "z", "p", "loss", "dw1", "dw2", "db"]
    cells = {(1, 1): Cell("rate"), (1, 2): Cell(0.3)}
    cells |= {(3, k): Cell(head) for k, head in enumerate(heads, 1)}
    for epoch in range(epochs):
        top = 4 + 5 * epoch
        for k, sample in enumerate(OR):
            row = top + k
            for column, number in enumerate(sample, 1):
                cells[row, column] = Cell(number)
            for column, gradient in zip("DEF", "JKL", strict=True):
                last = f"={column}{row - 5}-$B$1*{gradient}{row - 1}"
                carried = f"={column}{row - 1}" if k else last
                first = row == 4
                cells[row, ord(column) - 64] = Cell(0.1) if first else Cell(None, carried)
            formulas = [
                f"=D{row}*A{row}+E{row}*B{row}+F{row}",
                f"=1/(1+EXP(-G{row}))",
                f"=-(C{row}*LN(H{row})+(1-C{row})*LN(1-H{row}))",
                f"=(H{row}-C{row})*A{row}",
                f"=(H{row}-C{row})*B{row}",
                f"=H{row}-C{row}",
            ]
            cells |= {(row, 7 + n): Cell(None, text) for n, text in enumerate(formulas)}
        for column in "IJKL":
            text = f"={mean}({column}{top}:{column}{top + 3})"
            cells[top + 4, ord(column) - 64] = Cell(None, text)
    return Sheet("Sheet1", cells)


DISTANCE = "({m}*$A$4:$A$8+{c}-$B$4:$B$8)"
LISTED: Columns = {
    "x": (None, None),
    "y": (None, None),
    "m": (0, "={m<}-$B$1*{dm<}"),
    "c": (0, "={c<}-$B$1*{dc<}"),
    "J": (f"=SUMPRODUCT({DISTANCE}^2)/(2*COUNT($A$4:$A$8))",) * 2,
    "dm": (f"=SUMPRODUCT({DISTANCE}*$A$4:$A$8)/COUNT($A$4:$A$8)",) * 2,
    "dc": (f"=SUMPRODUCT({DISTANCE})/COUNT($A$4:$A$8)",) * 2,
}


def with_list() -> Sheet:
    """Return regression on a list of points beside the table."""
    table = sheet(LISTED, 9, 0.02)
    points = {(4 + k, c): Cell(n) for k, one in enumerate(POINTS) for c, n in enumerate(one, 1)}
    return Sheet(table.name, {**table.cells, **points})


@pytest.mark.slow
@pytest.mark.parametrize("mean", ["AVERAGE", "SUM"])
def test_blocks_are_correct(mean: str) -> None:
    """Whether the update takes the mean of the gradients or their sum."""
    assert checked(blocks(mean)).verdict == "correct"


@pytest.mark.slow
def test_a_slip_in_a_block_is_found_in_its_cell() -> None:
    """The gradient of one sample takes the other input; an average leaves out a row."""
    assert "J11" in accused(checked(blocks("AVERAGE"), J11="=(H11-C11)*B11"))
    assert accused(checked(blocks("AVERAGE"), K13="=AVERAGE(K9:K11)")) == {"K13"}
    assert accused(checked(blocks("SUM"), E9="=E4-$B$1*J8")) == {"E9"}


@pytest.mark.slow
def test_a_list_of_samples_is_read() -> None:
    """Every gradient is a sum over the list; one that ends too early is wrong."""
    assert checked(with_list()).verdict == "correct"
    short = "=SUMPRODUCT((C6*$A$4:$A$7+D6-$B$4:$B$7)*$A$4:$A$7)/COUNT($A$4:$A$8)"
    assert accused(checked(with_list(), F6=short)) == {"F6"}
