"""How far off typed numbers may be by their digits."""

from __future__ import annotations

import math

import pytest

from sheetprop.maths.trees.expr import Name, Number, Power
from sheetprop.tables.digits import half_unit, is_short_e, with_whole_e


@pytest.mark.parametrize(
    ("number", "half"), [(0.507, 0.0005), (-2.5, 0.05), (1e-05, 5e-06), (0.0, 0.0)]
)
def test_half_unit(number: float, half: float) -> None:
    """A number is off by half a unit of its last digit at most; 0 shows no digit."""
    assert half_unit(number) == pytest.approx(half)


@pytest.mark.parametrize(
    ("number", "short"), [(2.718, 1), (2.71828, 1), (2.7183, 1), (2.7, 0), (math.e, 0)]
)
def test_short_e(number: float, short: int) -> None:
    """Few digits of e are known as e, rounded or cut off; too few and all of them are not."""
    assert is_short_e(Number(number)) is bool(short)


def test_whole_e_in_powers_alone() -> None:
    """Where the number is no base of a power it is left as it is."""
    base, h1 = Number(2.71828), Name("h1")
    assert with_whole_e(Power(base, h1)) == Power(Number(math.e), h1)
    assert with_whole_e(base * h1) == base * h1
