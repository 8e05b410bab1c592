from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sheetprop.maths.expr import Name, evaluate
from sheetprop.maths.units import ACTIVATIONS, LOSSES

STEP = 1e-6
A, Z, T = Name("a"), Name("z"), Name("t")
within_one = st.floats(0.02, 0.98)


def value(expr, **values):
    return evaluate(expr, lambda name: values[name.name])


def difference(function, x):
    return (function(x + STEP) - function(x - STEP)) / (2 * STEP)


@pytest.mark.parametrize("unit", ACTIVATIONS.values(), ids=lambda unit: unit.name)
@given(z=st.floats(-6, 6))
def test_the_slope_of_an_activation_is_its_derivative(unit, z):
    """∂a/∂z as declared equals the central difference, away from a kink."""
    assume(unit.name != "relu" or abs(z) > 10 * STEP)
    slope = unit.slope(A, Z)
    declared = 1.0 if slope is None else value(slope, a=value(unit.value(Z), z=z), z=z)

    assert declared == pytest.approx(difference(lambda x: value(unit.value(Z), z=x), z), abs=1e-8)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda unit: unit.name)
@pytest.mark.parametrize("outputs", [1, 2, 5])
@given(t=st.floats(0, 1), a=within_one)
def test_the_slope_of_a_loss_is_its_derivative(loss, outputs, t, a):
    """∂E/∂a as declared equals the central difference, for any number of outputs."""
    declared = value(loss.slope(T, A, outputs), t=t, a=a)
    by_difference = difference(lambda x: value(loss.value(T, A, outputs), t=t, a=x), a)

    assert declared == pytest.approx(by_difference, rel=1e-5, abs=1e-8)


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("sigmoid", 0.0, 0.5),
        ("sigmoid", 0.3775, 0.59326999210719),
        ("tanh", 0.5, math.tanh(0.5)),
        ("relu", -2.0, 0.0),
        ("relu", 2.0, 2.0),
        ("identity", -2.0, -2.0),
    ],
)
def test_an_activation_has_its_known_values(name, z, expected):
    """Values that every textbook gives."""
    assert value(ACTIVATIONS[name].value(Z), z=z) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("half squared error", 0.125),
        ("squared error", 0.25),
        ("mean squared error", 0.125),
        ("cross-entropy", math.log(2)),
    ],
)
def test_a_loss_has_its_known_value(name, expected):
    """The error of an output of ½ with the target 1, one of two outputs."""
    assert value(LOSSES[name].value(T, A, 2), t=1.0, a=0.5) == pytest.approx(expected, rel=1e-15)


def test_the_slope_of_relu_at_the_kink_is_zero():
    """At z = 0, where there is no derivative, the usual choice is 0."""
    assert value(ACTIVATIONS["relu"].slope(A, Z), a=0.0, z=0.0) == 0.0
