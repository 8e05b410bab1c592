"""How far off typed numbers, and what is calculated from them, may be by their digits."""

from __future__ import annotations

import pytest

from sheetprop.tables.rounding import half_unit


@pytest.mark.parametrize(
    ("number", "half"), [(0.507, 0.0005), (-2.5, 0.05), (1e-05, 5e-06), (0.0, 0.0)]
)
def test_half_unit(number: float, half: float) -> None:
    """A number is off by half a unit of its last digit at most; 0 shows no digit."""
    assert half_unit(number) == pytest.approx(half)
