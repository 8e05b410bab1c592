"""A learning rate that has a column decays from row to row, or is said not to."""

from __future__ import annotations

import pytest
from checking.one_layer.drawing import Columns, checked, sheet

POINTS = ((1, 2.1), (2, 3.9), (3, 6.2))
DECAYING: Columns = {
    "x": (None, None),
    "y": (None, None),
    "rate": ("=$B$1", "={rate<}*$C$1"),
    "m": (0.5, "={m<}-{rate<}*{gm<}"),
    "c": (0, "={c<}-{rate<}*{gc<}"),
    "ŷ": ("={m}*{x}+{c}",) * 2,
    "gm": ("=({ŷ}-{y})*{x}",) * 2,
    "gc": ("={ŷ}-{y}",) * 2,
}


@pytest.mark.slow
def test_a_rate_that_stands_still_after_the_first_row_is_not_called_right() -> None:
    """The formula of the decay takes the first rate, not the one of the row before."""
    table = sheet(DECAYING, 6, 0.05, POINTS)
    lost = {f"C{row}": "=$B$1*$C$1" for row in range(5, 10)}

    assert checked(table, C1=0.9).verdict == "correct"
    report = checked(table, C1=0.9, **lost)
    assert report.verdict == "undecided"
    assert [one.range for one in report.not_judged] == ["C5:C9"]
