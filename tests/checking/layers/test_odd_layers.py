"""A network whose table is calculated rightly may still be odd: that is told, and stays right."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from slowly import one_in

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.workbooks.sheet import Cell, Sheet, Value, Workbook

HEADERS = ("layer", "kernel", "stride", "padding", "channels", "output size", "RF", "jump")
Layer = tuple[str, int, int, int, int]
FINE: tuple[Layer, ...] = (
    ("conv1", 3, 1, 1, 16),
    ("bn1", 1, 1, 0, 16),
    ("pool1", 2, 2, 0, 16),
    ("conv2", 3, 1, 1, 10),
    ("bn2", 1, 1, 0, 10),
)


def report(
    layers: Sequence[Layer], beside: Sequence[tuple[str, Value]] = (), total: Value = None
) -> Report:
    """Return what is found in a table of layers of an image 28 pixels across."""
    rows: list[Sequence[Value]] = [
        (*HEADERS, "parameters"),
        ("image", None, None, None, 1, 28, 1, 1),
    ]
    for row, layer in enumerate(layers, 3):
        size = f"=INT((F{row - 1}+2*D{row}-B{row})/C{row})+1"
        field = f"=G{row - 1}+(B{row}-1)*H{row - 1}"
        counted = {
            "c": f"=B{row}^2*E{row - 1}*E{row}",
            "b": f"=2*E{row}",
            "p": 0,
        }[layer[0][0]]
        rows.append((*layer, size, field, f"=H{row - 1}*C{row}", counted))
    if total is not None:
        rows.append(("total parameters", *[None] * 7, total))
    rows += [(), (), *beside]
    cells = {
        (row, column): Cell(None, value) if str(value).startswith("=") else Cell(value)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    }
    made = Workbook((Sheet("Network", cells),))
    return check_workbook(made, "network")


def changed(step: int, layer: Layer) -> list[Layer]:
    return [layer if k == step else one for k, one in enumerate(FINE)]


Odd = tuple[Sequence[Layer], Sequence[tuple[str, Value]], str, str]
ODD: list[Odd] = [
    (changed(2, ("pool1", 2, 3, 0, 16)), (), "lost-border", "F5"),
    (changed(3, ("conv2", 15, 1, 0, 10)), (), "impossible-size", "F6"),
    (changed(3, ("conv2", 1, 1, 1, 10)), (), "padded-point", "D6"),
    (changed(4, ("bn1", 1, 1, 0, 10)), (), "shared-normalisation", "I4"),
    (FINE, [("number of classes", 11)], "other-classes", "E7"),
    (FINE, [("Receptive field ≥ 28", None)], "missed-budget", "G7"),
    (FINE, [("max parameters", 1500)], "missed-budget", "I6"),
]


@pytest.mark.parametrize("odd", one_in(7, ODD))
def test_what_is_odd_is_told_and_right(odd: Odd) -> None:
    """Each oddity is a warning by name at its cell, says why, and leaves the table correct."""
    layers, beside, mistake, cell = odd
    found = report(layers, beside)

    assert found.verdict == "correct"
    (one,) = found.findings
    assert (one.mistake, one.severity) == (mistake, "warning")
    assert one.places[0].range.startswith(cell)
    assert one.message.startswith(cell)
    assert not {"{", "}"} & {*one.message, *one.why}


def test_a_sound_network_is_not_accused() -> None:
    """Layers that fit, named once, with classes, budgets and a total that are met, are fine."""
    asked = [("classes", 10), ("max parameters", 1700), ("RF ≥ 8", None)]
    found = report(FINE, asked, "=SUM(I3:I7)")

    assert (found.verdict, found.findings) == ("correct", ())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("total", "said"),
    [(1584, "lacks the batch normalisations"), ("=SUM(I3:I6)", "lacks"), (1500, "come to 1,636")],
)
def test_a_wrong_total_is_wrong(total: Value, said: str) -> None:
    """A total below the parameters that is not their sum is an error, with what belongs there."""
    found = report(FINE, (), total)

    assert found.verdict == "mistakes"
    (one,) = found.errors
    assert (one.mistake, one.places[0].range) == ("wrong-total", "I8")
    assert said in one.message or "what stands in I7" in one.message
    assert one.expected == "=SUM(I2:I7)"


def test_a_printed_size_that_no_layer_gives_is_told() -> None:
    """A 1×1 convolution cannot turn 7×7 into 3×3, also where all sizes are typed."""
    rows: list[Sequence[Value]] = [
        ("layer", "kernel", "stride", "padding", "channels", "output size", "parameters"),
        ("input", None, None, None, 1, 28, None),
        ("conv1", 3, 1, 1, 16, 28, 144),
        ("pool", 2, 2, 0, 16, 14, 0),
        ("pool", 2, 2, 0, 16, 7, 0),
        ("conv2", 1, 1, 0, 10, 3, 160),
    ]
    cells = {
        (row, column): Cell(value)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    }
    found = check_workbook(Workbook((Sheet("Network", cells),)), "network")

    (one,) = found.errors
    assert (one.mistake, one.places[0].range) == ("impossible-size", "F6")
    assert "turns 7 pixels across into 3; it gives 7" in one.message
