"""Windows of arrays: which elements they are, and the slopes of what is made of them."""

from __future__ import annotations

import pytest

from sheetprop.maths.trees.windows import FUNCTIONS, SLOPES, dot, element, value, window

NUMBERS = [0.3, -1.2, 0.7, 2.5]
OTHERS = [1.5, 0.2, -0.4, 0.9]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_slope_is_the_difference_that_a_small_change_makes(function: str) -> None:
    """Of each function of windows, for each element of its first window."""
    rest = [OTHERS] if function == "SUMPRODUCT" else []
    for place, slope in enumerate(SLOPES[function](NUMBERS, *rest)):
        ends = [
            FUNCTIONS[function]([n + by * (k == place) for k, n in enumerate(NUMBERS)], *rest)
            for by in (1e-6, -1e-6)
        ]
        assert slope == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-8)


def test_a_window_goes_beyond_its_array_into_zeros() -> None:
    """Steps skip elements, and what lies outside is padding."""
    arrays = {"x": {(0, 0): 2.0, (0, 2): 3.0}, "k": {(0, 0): 5.0, (0, 1): 7.0, (0, 2): 11.0}}
    own, kernel = window("x", (0, -2), (1, 3), 2), window("k", (0, 0), (1, 3))

    assert [*own.indices] == [(0, -2), (0, 0), (0, 2)]
    assert not own.is_close
    assert value(dot(own, kernel), arrays) == 2 * 7 + 3 * 11
    assert value(element("x", 0, 2), arrays) == 3
