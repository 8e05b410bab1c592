"""Which columns something wide takes, such as a chart or a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetprop.workbooks.extent import COLUMN, column_pixels


def spans(widths: Mapping[int, float], first: int, needed: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first column of each of some neighbours, and how many pixels it has.

    Each takes as many whole columns as it needs to have the pixels that are `needed`.
    """
    found, column = [], first
    for least in needed:
        start, pixels = column, 0
        while pixels < least:
            pixels += column_pixels(widths[column]) if column in widths else COLUMN
            column += 1
        found.append((start, pixels))
    return found
