"""A network whose table is calculated rightly may still be odd: that is told, and stays right."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from odd_layers import FINE, Layer, changed, network, typed
from slowly import one_in

from sheetprop.checking.check import check_workbook
from sheetprop.checking.report import Report
from sheetprop.workbooks.sheet import Value


def report(
    layers: Sequence[Layer], beside: Sequence[tuple[str, Value]] = (), total: Value = None
) -> Report:
    """Return what is found in a table of layers of an image 28 pixels across."""
    return check_workbook(network(layers, beside, total), "network")


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
    found = check_workbook(typed(3), "network")

    (one,) = found.errors
    assert (one.mistake, one.places[0].range) == ("impossible-size", "F6")
    assert "turns 7 pixels across into 3; it gives 7" in one.message
