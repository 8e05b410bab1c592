"""Numbers compared: at the digits a file keeps, and at the digits somebody typed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetprop.calculating.agreement import (
    FEWEST_DIGITS,
    agrees_as_stored,
    agrees_as_typed,
    is_close,
    relative_error,
)
from sheetprop.workbooks.sheet import ExcelError, Value

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e200, max_value=1e200)


@pytest.mark.slow
@given(FINITE)
def test_ten_digits_agree(value: float) -> None:
    """A value stored with ten significant digits, as Google Sheets does, is what it was."""
    assert agrees_as_stored(float(f"{value:.10g}"), value)
    assert agrees_as_stored(value, value)


@given(st.floats(1e-5, 1e10), st.sampled_from([1 + 1e-8, 1 - 1e-8, 1.1, -1]))
def test_more_than_rounding_does_not_agree(value: float, factor: float) -> None:
    """A difference in a digit that the file keeps is a difference."""
    assert not agrees_as_stored(value * factor, value)


@pytest.mark.parametrize(
    ("stored", "now", "agree"),
    [
        (None, 1.0, True),
        (None, ExcelError("#REF!"), True),
        (1, 1.0, True),
        (ExcelError("#REF!"), ExcelError("#REF!"), True),
        (ExcelError("#REF!"), ExcelError("#NAME?"), True),
        (ExcelError("#REF!"), 1.0, False),
        (1.0, ExcelError("#REF!"), False),
        ("text", "text", True),
        ("text", 1.0, False),
        (0.0, 1e-17, True),
        (0.0, 1e-9, False),
    ],
)
def test_agrees_as_stored(stored: Value, now: Value, agree: bool) -> None:
    """A missing value says nothing; an error agrees with an error; noise near zero is nothing."""
    assert agrees_as_stored(stored, now) is agree


@pytest.mark.parametrize(
    ("typed", "right", "agree"),
    [
        (0.507, 0.50687, True),
        (0.5069, 0.50687, True),
        (0.50687, 0.506870456, True),
        (0.506, 0.50687, False),
        (0.508, 0.50687, False),
        (1234.5, 1234.46, True),
        (1234.5, 1234.56, False),
        (-0.51, -0.50687, True),
        (0.51, -0.50687, False),
        (1.4e-5, 1.36e-5, True),
        (1.4e-5, 1.46e-5, False),
        (0.0, 0.0, True),
        (0.0, 0.3, False),
    ],
)
def test_agrees_as_typed(typed: float, right: float, agree: bool) -> None:
    """A typed number is right if it is the right one rounded to the digits it shows."""
    assert agrees_as_typed(typed, right) is agree


@given(st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-3), st.integers(1, 12))
def test_rounded_numbers_agree_as_typed(value: float, places: int) -> None:
    """A number agrees with itself rounded to some places, unless hardly a digit is left of it."""
    typed = round(value, places)
    is_told = abs(typed - value) <= FEWEST_DIGITS * abs(value)

    assert agrees_as_typed(typed, value) is is_told


@given(FINITE, FINITE, st.floats(1e-12, 0.1))
def test_closeness_has_no_direction(left: float, right: float, relative: float) -> None:
    """Closeness is symmetric, and every number is close to itself."""
    assert is_close(left, right, relative) == is_close(right, left, relative)
    assert is_close(left, left, relative)


@pytest.mark.parametrize(
    ("wrong", "right", "error"),
    [
        (1.1, 1.0, pytest.approx(0.1)),
        (-1.0, 1.0, 2.0),
        (1, 1.0, 0.0),
        (1.0, -2.0, 1.5),
        (1.0, 0.0, None),
        (1.0, None, None),
        (None, 1.0, None),
        ("text", 1.0, None),
        (ExcelError("#NUM!"), 1.0, None),
    ],
)
def test_relative_error(wrong: Value, right: float | None, error: object) -> None:
    """The relative error is |wrong - right| / |right|; without a number there is none."""
    assert relative_error(wrong, right) == error


def test_relative_error_is_finite() -> None:
    """A relative error too large for a number is none: JSON has no infinity."""
    found = relative_error(1e300, 1e-300)

    assert found is None or math.isfinite(found)
