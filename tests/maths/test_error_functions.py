"""What every registered error function must have."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_activations import shown

from sheetprop.maths import trace
from sheetprop.maths.expr import Name, evaluate
from sheetprop.maths.losses import LOSSES
from sheetprop.words import languages, texts_of

STEP = 1e-6
A, T, E, NEW = Name("a"), Name("t"), Name("e"), Name("n")
EACH = pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
within_one = st.floats(0.02, 0.98)


def value(expr, **values):
    return evaluate(expr, lambda name: values[name.name])


@EACH
@pytest.mark.parametrize("outputs", [1, 2, 5])
@given(t=st.floats(0, 1), a=within_one)
def test_the_slope_of_a_loss_is_its_derivative(loss, outputs, t, a):
    """∂E/∂a as declared equals the central difference, for any number of outputs."""
    declared = value(loss.slope(T, A, outputs), t=t, a=a)
    up, down = (value(loss.value(T, A, outputs), t=t, a=a + d) for d in (STEP, -STEP))

    assert declared == pytest.approx((up - down) / (2 * STEP), rel=1e-5, abs=1e-8)


@EACH
@given(t=st.floats(0, 1), a=within_one)
def test_the_witness_agrees(loss, t, a):
    """The matrix witness, written apart, has the same value and slope."""
    by_witness, slope_by_witness = trace._LOSSES[loss.name]
    arrays = np.array([t, 0.5]), np.array([a, 0.5])

    assert value(loss.value(T, A, 2), t=t, a=a) == pytest.approx(by_witness(*arrays)[0], abs=1e-15)
    assert value(loss.slope(T, A, 2), t=t, a=a) == pytest.approx(slope_by_witness(*arrays)[0])


@EACH
@pytest.mark.parametrize("outputs", [1, 3])
def test_the_tie_tells_right_from_wrong(loss, outputs):
    """An error that is right holds; one that is off by a thousandth does not."""
    pairs = [(0.01, 0.75), (0.99, 0.77), (0.5, 0.2), (0.3, 0.31)]
    t, a = ([*column] for column in zip(*pairs, strict=True))
    right = [value(loss.value(T, A, outputs), t=x, a=y) for x, y in pairs]
    for factor, expected in ((1.0, True), (1.001, False), (2.0, False)):
        (ties,) = shown([loss.tie(E, T, A, outputs)], e=[e * factor for e in right], t=t, a=a)
        assert ties == [expected] * 4


@EACH
def test_the_moved_error_differs_by_the_right_amount(loss):
    """The difference of two moved errors is that of the errors, without their formula."""
    t, z, outputs = 0.3, 0.4, 2
    a, up, down = (1 / (1 + math.exp(-x)) for x in (z, z + 0.1, z - 0.2))
    new = [0.1, -0.2] if loss.takes_change else [up, down]
    (moved,) = shown([loss.moved(T, A, NEW, outputs)], t=[t, t], a=[a, a], n=new)

    right = [value(loss.value(T, A, outputs), t=t, a=x) for x in (up, down)]
    assert moved[0] - moved[1] == pytest.approx(right[0] - right[1], rel=1e-12)


@EACH
@pytest.mark.parametrize("language", languages())
def test_every_language_has_its_words(loss, language):
    """The sheet Start names the error function in every language."""
    assert texts_of(language)[f"start_{loss.key}"]


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
