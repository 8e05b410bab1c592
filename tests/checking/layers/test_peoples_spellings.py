"""Tables of layers with sizes as texts, headers in two rows, titles inside, and no stride."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from slowly import one_in

from sheetprop.checking.check import check_workbook
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook

Rows = list[Sequence[Value]]
HEADERS = ("Layer", "Kernel", "Stride", "Padding", "Channels", "Output size", "RF", "Jump")
IMAGE = ("input", None, None, None, 1, 28, 1, 1)
LAYERS = (("conv1", 3, 1, 1, 16), ("pool", 2, 2, 0, 16), ("conv2", 5, 1, 2, 10))


def formulas(row: int, before: int, kernel: object) -> tuple[str, str, str]:
    size = f"=INT((F{before}+2*D{row}-{kernel})/C{row})+1"
    return size, f"=G{before}+({kernel}-1)*H{before}", f"=H{before}*C{row}"


def with_texts(style: str) -> Rows:
    """Return layers whose kernels are texts, with their numbers typed into the formulas."""
    rows: Rows = [HEADERS, IMAGE]
    for row, (label, kernel, *rest) in enumerate(LAYERS, 3):
        text = style.replace("k", str(kernel))
        rows.append((label, text, *rest, *formulas(row, row - 1, kernel)))
    return rows


def in_two_rows() -> Rows:
    """Return layers below a line of merged headers and one of single ones."""
    rows: Rows = [("Layer", "Kernel", "Stride", "Padding", "Output", None, "Seen")]
    rows += [(*[None] * 4, *HEADERS[4:]), IMAGE]
    rows += [(*one, *formulas(row, row - 1, f"B{row}")) for row, one in enumerate(LAYERS, 4)]
    return rows


def with_titles() -> Rows:
    """Return layers with an empty row and a title between."""
    first, *others = LAYERS
    rows: Rows = [HEADERS, IMAGE, (), ("Block 1",), (*first, *formulas(5, 2, "B5")), ()]
    rows.append(("Output block",))
    rows += [
        (*one, *formulas(row, 5 if row == 8 else row - 1, f"B{row}"))
        for row, one in enumerate(others, 8)
    ]
    return rows


def without_stride() -> Rows:
    """Return convolutions of stride 1 without a column for it."""
    rows: Rows = [("Layer", "Kernel", "Padding", "Output size", "RF"), ("input", None, None, 28, 1)]
    for row, (kernel, padding) in enumerate(((3, 1), (3, 0), (5, 2)), 3):
        size = f"=D{row - 1}+2*C{row}-B{row}+1"
        rows.append((f"conv{row}", kernel, padding, size, f"=E{row - 1}+B{row}-1"))
    return rows


def printed(size: str) -> Rows:
    """Return a table of texts and numbers alone; its last output is as it is said to be."""
    return [
        ("Layer", "Kernel size", "Stride", "Padding", "Output shape", "Receptive field"),
        ("input", None, None, None, "28x28x1", 1),
        ("conv1", "3×3", 1, 1, "28x28x16", 3),
        ("pool", "2×2", 2, 0, "14x14x16", 4),
        ("conv2", "1×1", 1, 0, size, 4),
    ]


def book(rows: Rows) -> Workbook:
    cells = {
        (row, column): Cell(None, value) if str(value).startswith("=") else Cell(value)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    }
    return Workbook((Sheet("Network", cells),))


RIGHT = [
    (with_texts("k×k"), "G5"),
    (with_texts("kxk"), "G5"),
    (with_texts("(k, k)"), "H5"),
    (in_two_rows(), "G6"),
    (with_titles(), "G9"),
    (printed("14x14x10"), None),
    (printed("14*14*10"), None),
]


@pytest.mark.parametrize("case", one_in(7, RIGHT))
def test_a_right_table_is_right_and_a_wrong_cell_is_found(case: tuple[Rows, str | None]) -> None:
    """However sizes and headers are written, no right cell is accused and a wrong one is."""
    rows, cell = case
    made = book(rows)
    found = check_workbook(made, "network")

    assert (found.verdict, found.errors) == ("correct", ())
    if cell is not None:
        (sheet,) = made.sheets
        place = int(cell[1:]), ord(cell[0]) - ord("A") + 1
        formula = f"{sheet.cells[place].formula}+1"
        wrong = Workbook((Sheet("Network", {**sheet.cells, place: Cell(None, formula)}),))
        errors = check_workbook(wrong, "network").errors
        assert {place.range for one in errors for place in one.places} == {cell}


def test_a_stride_left_out_may_be_one() -> None:
    """A table without a column for the stride is right where its formulas take it as 1."""
    assert check_workbook(book(without_stride()), "network").verdict == "correct"


def test_a_printed_shape_that_no_layer_gives_is_told() -> None:
    """A size written as a text is judged as the number it says."""
    (one,) = check_workbook(book(printed("12x12x10")), "network").errors

    assert (one.mistake, one.places[0].range) == ("impossible-size", "E5")
