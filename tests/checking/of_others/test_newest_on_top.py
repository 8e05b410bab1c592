"""Tables whose newest iteration is on top, under headers in words that nobody foresaw."""

from __future__ import annotations

from cell_sheets import right_and_slipped
from runs_of_others import in_rows, lone_output

RUN = lone_output()


def test_the_formulas_tell_which_way_it_goes() -> None:
    """A right sheet is correct, and an update by another gradient is found in its cell."""
    text = in_rows(RUN, [f"spalte {chr(97 + k)}" for k in range(len(RUN))], is_upward=True)

    assert right_and_slipped(text, "=H6-$B$1*X6", "=H6-$B$1*Z6") == ("correct", {"H5"})
