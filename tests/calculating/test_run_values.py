from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sheetprop.calculating.run_values import excel_value, general_text, rows
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trace import run
from sheetprop.maths.trees.evaluate import EXACT, evaluate
from sheetprop.maths.trees.expr import Call, Name, Number
from sheetprop.spec import Architecture, Spec
from sheetprop.workbooks.sheet import ExcelError

ARCHITECTURES = [
    Architecture(),
    Architecture(biases="shared"),
    Architecture(biases="shared", train_biases=False),
    Architecture((3, 4, 2), "tanh", "sigmoid", "cross-entropy", "each"),
    Architecture((2, 3, 3, 2), "relu", "identity", "mean squared error", "shared"),
    Architecture((2, 1), "sigmoid", "tanh", "squared error", "each"),
]


def lesson(shape: Architecture) -> Spec:
    """A lesson for any architecture, with numbers that are all different."""
    inputs, outputs = shape.layers[0], shape.layers[-1]
    return Spec(
        "lesson",
        shape,
        tuple(0.1 + 0.2 * k for k in range(inputs)),
        tuple(0.2 + 0.5 * k for k in range(outputs)),
        tuple(0.15 + 0.07 * k - 0.2 * (k % 3) for k in range(shape.weight_count)),
        (0.1, 0.7),
        12,
        tuple(0.05 + 0.1 * k for k in range(shape.bias_count)),
    )


@pytest.mark.parametrize("shape", ARCHITECTURES)
def test_rows_agree_with_matrix_numpy(shape: Architecture) -> None:
    """The values of every quantity equal the independent trace to 1e-12."""
    spec, network = lesson(shape), Network(shape)
    trace = run(spec, spec.learning_rates, 12)
    for number, rate in enumerate(spec.learning_rates):
        table = np.array(rows(network, spec.start(), rate, 12))
        for place, name in enumerate(network.quantities):
            expected = trace.values[name][number]
            np.testing.assert_allclose(table[:, place], expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("shape", ARCHITECTURES)
def test_compiled_rows_equal_the_trees_bit_for_bit(shape: Architecture) -> None:
    """The compiled function gives the very bits that evaluating each tree gives."""
    spec, network = lesson(shape), Network(shape)
    before, after = rows(network, spec.start(), 0.7, 2)
    old, new = (dict(zip(network.quantities, row, strict=True)) for row in (before, after))
    for name, quantity in network.quantities.items():
        if quantity.tree is not None:

            def value(leaf: Name) -> float:
                if leaf.name == LEARNING_RATE:
                    return 0.7
                return (old if leaf.shift else new)[leaf.name]

            assert new[name] == evaluate(quantity.tree, value, EXACT)


def test_overflow_is_an_error_and_everything_that_depends_on_it_too() -> None:
    """EXP above 709 is #NUM! in a spreadsheet, not 0, and stays so in all later rows."""
    network = Network(Architecture())
    start = lesson(Architecture()).start() | {"w1": -8000.0}
    found = [dict(zip(network.quantities, r, strict=True)) for r in rows(network, start, 1.0, 5)]
    assert found[0]["h1"] == pytest.approx(-800, rel=0.02)
    for name in ("a_h1", "o1", "E_total", "dE/dw1", "dE/dw8"):
        assert found[0][name] == ExcelError("#NUM!")
        assert isinstance(found[0][name], ExcelError)
    assert math.isfinite(float(found[0]["a_h2"]))
    assert all(isinstance(row[n], ExcelError) for row in found[1:] for n in ("w1", "h2", "a_h2"))
    assert all(row["i1"] == found[0]["i1"] for row in found)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Number(1.0) / Name("zero"), "#DIV/0!"),
        (Call("LN", (Name("zero"),)), "#NUM!"),
        (Call("EXP", (Number(1000.0),)), "#NUM!"),
        (1 / (Name("large") * Name("large")), "#NUM!"),
        (Name("large") ** 2, "#NUM!"),
        (1 / Name("zero") + Call("EXP", (Number(1000.0),)), "#DIV/0!"),
        (Name("error") * 0, "#N/A"),
    ],
)
def test_errors_are_those_of_a_spreadsheet(tree: object, expected: str) -> None:
    """Every step must be finite, and the first error from the left is the one shown."""
    known = {"zero": 0.0, "large": 1e200, "error": ExcelError("#N/A")}
    value = excel_value(tree, lambda leaf: known[leaf.name])  # type: ignore[arg-type]
    assert isinstance(value, ExcelError)
    assert value == expected


def test_no_value_is_ever_nan_infinite_or_minus_zero() -> None:
    """Whatever the rate, a value is a finite number or an error."""
    for shape in ARCHITECTURES:
        spec = lesson(shape)
        for rate in (1e-300, 30.0, 1e6, 1e300):
            for row in rows(Network(shape), spec.start(), rate, 8):
                numbers = [value for value in row if not isinstance(value, ExcelError)]
                assert all(math.isfinite(number) for number in numbers)
                assert all(math.copysign(1, n) == 1 for n in numbers if n == 0)


def test_rows_that_stand_still_are_repeated_not_computed() -> None:
    """A million rows after everything became an error take no time."""
    network = Network(Architecture())
    start = lesson(Architecture()).start() | {"w1": -8000.0}
    found = rows(network, start, 1.0, 1_000_000)
    assert len(found) == 1_000_000
    assert found[5] is found[-1]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1, "0.1"),
        (2.0, "2"),
        (1e-05, "0.00001"),
        (1 / 3, "0.333333333333333"),
        (0.1 + 0.2, "0.3"),
        (2 / 3 * 1e-5, "6.66666666666667E-06"),
        (1e-30, "1E-30"),
        (1e21, "1E+21"),
        (1e300, "1E+300"),
        (-0.5, "-0.5"),
        (0.0, "0"),
        (1234567890123456789.0, "1234567890123460000"),
    ],
)
def test_numbers_in_texts_are_written_as_excel_joins_them(number: float, text: str) -> None:
    """`&` writes 15 digits, small numbers in full as long as they are short."""
    assert general_text(number) == text


def test_examples_in_turn_are_those_of_the_trace():
    """Each row has the inputs and targets of its example; weights go on from the row before."""
    shape = Architecture((2, 2, 1), momentum=True)
    spec = replace(
        lesson(shape),
        inputs=(0.1, 0.9, -0.4, 0.3, 0.8, -0.7),
        targets=(0.2, 0.9, 0.5),
        in_turn=True,
        momentum=0.5,
    )
    network = Network(shape)
    turns = [spec.start(turn) for turn in range(spec.turns)]
    data = [{name: turn[name] for name in (*network.inputs, *network.targets)} for turn in turns]
    table = np.array(rows(network, spec.start(), 0.8, 10, data))
    trace = run(spec, [0.8], 10).values

    assert spec.turns == 3
    for place, name in enumerate(network.quantities):
        assert table[:, place] == pytest.approx(trace[name][0], rel=1e-12, abs=1e-15), name
