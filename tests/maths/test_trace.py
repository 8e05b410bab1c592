from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from descent import architectures, by_trees, lesson
from hypothesis import given, settings
from hypothesis import strategies as st

import sheetprop
from sheetprop.errors import SpecError
from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.spec import Architecture
from sheetprop.template import load

TOLERANCE = 1e-12


def largest_difference(spec, rate, iterations):
    """Return the largest difference of a value, relative to the largest value of its column.

    An error or gradient that training brings near 0 is a difference of nearly equal numbers, whose
    last digits no two orders of adding share; against its column's largest value they vanish.
    """
    rows = by_trees(spec, rate, iterations)
    trace = run(spec, [rate], iterations)
    assert set(rows[0]) == set(trace.values)
    differences = {}
    for name, values in trace.values.items():
        tree = np.array([row[name] for row in rows])
        scale = np.abs(tree).max() or 1.0
        differences[name] = np.abs(tree - values[0]).max() / scale
    return max(differences.values())


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.1, 0.5, 2.0, 10.0])
def test_trees_and_trace_agree_over_a_thousand_iterations(classic_spec, rate):
    """The two witnesses, which share no code, give the same numbers, each value for itself."""
    trace = run(classic_spec, [rate], 1000)
    for iteration, row in enumerate(by_trees(classic_spec, rate, 1000)):
        for name, value in row.items():
            assert trace.values[name][0, iteration] == pytest.approx(value, rel=TOLERANCE, abs=0)


@pytest.mark.parametrize("biases", ["none", "shared", "each"])
@pytest.mark.parametrize("layers", [(2, 1), (3, 4, 2), (2, 3, 3, 2), (2, 3, 4, 3, 1)])
@pytest.mark.parametrize("units", [("sigmoid", "sigmoid"), ("relu", "tanh"), ("tanh", "identity")])
def test_trees_and_trace_agree_for_other_shapes(layers, biases, units):
    """Any number of layers, with and without biases, gives the same numbers."""
    spec = lesson(Architecture(layers, *units, "squared error", biases))
    assert largest_difference(spec, 0.1, 20) <= TOLERANCE


@given(architecture=architectures(), seed=st.integers(0, 96), rate=st.sampled_from([0.01, 0.1]))
@settings(max_examples=60)
def test_trees_and_trace_agree_for_any_architecture(architecture, seed, rate):
    """No combination of shape, activations, loss and biases makes the witnesses differ."""
    assert largest_difference(lesson(architecture, seed), rate, 4) <= 1e-10


@pytest.mark.parametrize(
    ("targets", "rate", "iteration", "quantity", "expected"),
    [
        ((0.01, 0.99), 2.0, 0, "E_total", 0.24251985734837728),
        ((0.5, 0.5), 2.0, 0, "E_total", 0.014181377937891659),
        ((0.5, 0.5), 2.0, 1, "w1", 0.1493660132081794),
        ((0.5, 0.5), 2.0, 1, "E_total", 0.01259528577926165),
    ],
)
def test_the_classic_network_has_its_published_figures(
    classic_spec, targets, rate, iteration, quantity, expected
):
    """The values everyone uses lead to the values everyone knows, in both witnesses."""
    spec = replace(classic_spec, targets=targets)

    assert run(spec, [rate], 2).values[quantity][0, iteration] == pytest.approx(expected, rel=1e-14)
    assert by_trees(spec, rate, 2)[iteration][quantity] == pytest.approx(expected, rel=1e-14)


def test_mazurs_example_has_its_published_figures():
    """E_total is 0.298371109 at the start and 0.291027774 after one update."""
    total = sheetprop.trace("mazur", iterations=2)["E_total"]

    assert [round(value, 9) for value in total] == [0.298371109, 0.291027774]


def test_fixed_biases_stay_as_they_are():
    """A bias that does not learn has the same value in every iteration."""
    table = sheetprop.trace("mazur")

    assert (table["b1"] == 0.35).all()
    assert (table["b2"] == 0.60).all()


def test_rates_run_side_by_side_as_they_run_alone(classic_spec):
    """Running several rates at once changes no digit of any of them."""
    together = run(classic_spec, [0.1, 2.0], 50)
    for place, rate in enumerate([0.1, 2.0]):
        alone = run(classic_spec, [rate], 50)
        for name, values in alone.values.items():
            np.testing.assert_array_equal(together.values[name][place], values[0])


def test_the_error_falls_with_every_usual_rate(classic_spec):
    """Every rate of the lesson learns: E_total is lower in the end than at the start."""
    totals = run(classic_spec, classic_spec.learning_rates, 100).values["E_total"]
    assert (totals[:, -1] < totals[:, 0]).all()


def test_a_run_that_diverges_holds_inf_and_nan_without_a_warning():
    """Overflow is a value of the trace, as it is in a spreadsheet, and no message of NumPy."""
    spec = lesson(Architecture((2, 3, 1), "identity", "identity", "squared error"))
    with np.errstate(all="raise"):
        totals = run(spec, [1e3], 200).values["E_total"]
    assert not np.isfinite(totals[0, -1])


def test_the_table_has_a_row_for_each_rate_and_iteration():
    """Rates in the order given, iterations from 0, then the columns of a worksheet."""
    table = sheetprop.trace("classic", [2, 0.1], 3)

    assert list(table["learning_rate"]) == [2, 2, 2, 0.1, 0.1, 0.1]
    assert list(table["iteration"]) == [0, 1, 2, 0, 1, 2]
    columns = ["learning_rate", "iteration", *Network(load("classic").architecture).quantities]
    assert columns == list(table.columns)


def test_the_table_of_a_template_uses_its_own_rates_and_length(classic_spec):
    """What is left out comes from the template; a `Spec` does as well as a name."""
    table = sheetprop.trace(classic_spec)

    assert len(table) == len(classic_spec.learning_rates) * classic_spec.iterations


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"learning_rates": []}, "learning_rates: must hold at least one number"),
        ({"learning_rates": 0.5}, "learning_rates: must be a list of numbers in [ ], not 0.5"),
        ({"learning_rates": [0.1, -1]}, "learning_rates: must be greater than 0, not -1"),
        ({"learning_rates": [True]}, "must be a finite number, not true"),
        ({"learning_rates": [float("nan")]}, "must be a finite number, not nan"),
        ({"learning_rates": ["0.1"]}, 'must be a finite number without quotation marks, not "0.1"'),
        ({"iterations": 0}, "iterations: must be a whole number of at least 1, not 0"),
        ({"iterations": 2.0}, "iterations: must be a whole number of at least 1, not 2.0"),
        ({"iterations": True}, "iterations: must be a whole number of at least 1, not true"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(arguments, problem):
    """A bad rate or number of iterations is one sentence with what is allowed."""
    with pytest.raises(SpecError) as error:
        sheetprop.trace("classic", **arguments)
    assert problem in str(error.value)


def test_numbers_of_numpy_are_numbers():
    """Rates and iterations may come out of an array."""
    rates = np.array([0.5, 2], dtype=np.float32)
    assert len(sheetprop.trace("classic", rates, np.int64(3))) == 6
