"""Cells coloured by their numbers, and numbers that stay readable on what is dark."""

from __future__ import annotations

from typing import Any

from sheetprop.notation.address import address
from sheetprop.workbooks.look import ColourScale

LIGHT = "#FFFFFF"
"""The colour of letters on dark cells."""

LIGHT_FROM = 0.5
"""The part of the greatest number from which on a dark colour is too dark for dark letters."""


def colour(page: Any, scale: ColourScale, light: Any) -> None:
    """Colour cells of a worksheet, all ranges by one scale, with `light` letters on the dark ones.

    Where the scale goes on to whatever number is the greatest, letters stay as they are: to ask
    for it again in each cell would take longer than all else.
    """
    _put(page, scale, _rule(scale))
    if scale.is_dark and scale.most is not None:
        least = scale.most * LIGHT_FROM
        _put(page, scale, {"type": "cell", "criteria": ">=", "value": least, "format": light})


def _rule(scale: ColourScale) -> dict[str, Any]:
    low, *middle, high = scale.colours
    most = {"max_type": "max"} if scale.most is None else {"max_type": "num"}
    rule: dict[str, Any] = {"min_color": low, "max_color": high, "max_value": scale.most, **most}
    if middle:
        rule |= {"type": "3_color_scale", "min_type": "min", "mid_color": middle[0]}
        if scale.most is not None:
            rule |= {"min_type": "num", "min_value": -scale.most}
        return rule | {"mid_type": "num", "mid_value": 0}
    return rule | {"type": "2_color_scale", "min_type": "num", "min_value": 0}


def _put(page: Any, scale: ColourScale, rule: dict[str, Any]) -> None:
    """Give all ranges of a scale one rule."""
    ranges = " ".join(f"{address(*first)}:{address(*last)}" for first, last in scale.ranges)
    (row, column), (last_row, last_column) = scale.ranges[0]
    rule = rule | {"multi_range": ranges}
    page.conditional_format(row - 1, column - 1, last_row - 1, last_column - 1, rule)
