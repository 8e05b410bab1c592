"""What follows from a plan: sizes, receptive fields, parameters."""

from __future__ import annotations

import pytest

from sheetprop.errors import SheetpropError
from sheetprop.training.plan import NETWORKS, Layer, Plan, network, plan_of, told


def test_the_standard_network_has_its_sizes() -> None:
    """Sides, maps and receptive fields are those worked out by hand."""
    steps = NETWORKS["standard"].steps

    assert [step.side for step in steps] == [12, 12, 6, 6, 4, 1, 1]
    assert [step.channels for step in steps] == [8, 16, 16, 24, 32, 32, 10]
    assert [step.field for step in steps] == [5, 9, 11, 19, 27, 39, 39]
    assert [step.place for step in steps] == [0, 3, 6, 7, 10, 13, 15]


@pytest.mark.parametrize(
    ("name", "count"), [("standard", 12_210), ("light", 5_324), ("course", 7_934)]
)
def test_parameters_are_counted(name: str, count: int) -> None:
    """Weights, scales, shifts and biases are counted, statistics are not."""
    assert network(name).parameters == count


def test_a_plain_convolution_has_a_bias_only() -> None:
    """Without normalisation there is one number more for each map, not two."""
    assert Plan((Layer("conv", 4, 3, is_plain=True),)).parameters == 4 * 9 + 4


def test_a_plan_survives_its_log() -> None:
    """What is told of a plan makes the same plan."""
    plan = Plan((Layer("conv", 4, 3, dropout=0.1), Layer("gap"), Layer("linear", 10)))

    assert plan_of(told(plan)) == plan


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ((Layer("conv", 4, 29),), "layer 1: a window of 29 does not fit"),
        ((Layer("conv", 4, 3), Layer("linear", 10)), "layer 2: a linear layer must follow"),
    ],
)
def test_what_does_not_fit_is_told(layers: tuple[Layer, ...], sentence: str) -> None:
    """The layer is named by its number."""
    with pytest.raises(SheetpropError, match=sentence):
        _ = Plan(layers).steps


def test_what_is_no_layer_is_told() -> None:
    """Unknown kinds and unknown words of a log are not ignored."""
    for foreign in ({"kind": "attention"}, {"kind": "conv", "dilation": 2}, {}):
        with pytest.raises(SheetpropError, match="layer 1: is none of"):
            plan_of([foreign])


def test_an_unknown_network_is_told() -> None:
    """The sentence names those there are."""
    with pytest.raises(SheetpropError, match="the networks are standard, light"):
        network("large")
