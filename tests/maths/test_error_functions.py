"""What every registered error function must have."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_activations import shown

from sheetprop.maths import matrix_functions
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.trees.evaluate import EXACT, evaluate
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.words import languages, texts_of

STEP = 1e-6
FUNCTIONS = {**EXACT, "DEVSQ": lambda x, y: (x - y) ** 2 / 2}
A, T, E = Name("a"), Name("t"), Name("e")
EACH = pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
within_one = st.floats(0.02, 0.98)


def value(expr, **values):
    return evaluate(expr, lambda name: values[name.name], FUNCTIONS)


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
    by_witness, slope_by_witness = matrix_functions.LOSSES[loss.name]
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
def test_the_moved_errors_differ_by_the_right_amount(loss):
    """The difference of moved errors is that of the errors themselves, without their formula."""
    targets, sums, move = (0.3, 0.7), (0.4, -0.2), (0.1, -0.25)
    outputs = matrix_functions.ACTIVATIONS[(loss.outputs or ("sigmoid",))[0]][0]
    before, after = outputs(np.array(sums)), outputs(np.array(sums) + move)
    t, a = np.array(targets), np.array([before, after])

    def moved(by, new):
        pairs = [*zip(a[0], by if loss.takes_change else new, strict=True)]
        numbers = [(Number(y), Number(n)) for y, n in pairs]
        trees = [loss.moved(Number(x), *pair, 2) for x, pair in zip(t, numbers, strict=True)]
        return sum(map(value, [*trees, *([loss.shared(numbers)] if loss.shared else [])]))

    change = moved(move, a[1]) - moved((0.0, 0.0), a[0])
    right = matrix_functions.LOSSES[loss.name][0](t, a).sum(axis=1)
    assert change == pytest.approx(right[1] - right[0], rel=1e-12)


@EACH
@given(t=st.floats(0, 1), z=st.floats(-3, 3))
def test_the_shorter_slope_is_the_product_of_both(loss, t, z):
    """Where ∂E/∂z is declared, it is ∂E/∂a times the slope of the activation it goes with."""
    if loss.name == "cross-entropy":
        a = 1 / (1 + math.exp(-z))
        product = value(loss.slope(T, A, 1), t=t, a=a) * a * (1 - a)
        assert value(loss.delta(T, A), t=t, a=a) == pytest.approx(product, rel=1e-9, abs=1e-12)
    assert (loss.delta is None) == (not loss.outputs)


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
        ("categorical cross-entropy", math.log(2)),
    ],
)
def test_a_loss_has_its_known_value(name, expected):
    """The error of an output of ½ with the target 1, one of two outputs."""
    assert value(LOSSES[name].value(T, A, 2), t=1.0, a=0.5) == pytest.approx(expected, rel=1e-15)
