"""Workbooks laid out once, for all tests that only look at them."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.layout import layout
from sheetprop.spec import Spec
from sheetprop.workbooks.sheet import Workbook

MOST = 24
"""So many workbooks are kept at a time; the oldest makes room."""

_kept: dict[str, Workbook] = {}


def laid_out(
    spec: Spec, learning_rates: Sequence[float] | None = None, iterations: int | None = None
) -> Workbook:
    """Return what `layout` makes of a lesson; whoever asks for the same gets the same object."""
    asked = repr((spec, learning_rates, iterations))  # a lesson holds its texts in a dictionary
    if asked not in _kept:
        if len(_kept) == MOST:
            del _kept[next(iter(_kept))]
        _kept[asked] = layout(spec, learning_rates, iterations)
    return _kept[asked]
