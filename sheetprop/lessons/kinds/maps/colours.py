"""The colours of maps: ink, or blue and orange around 0."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from sheetprop.lessons.kinds.maps.step import Step
from sheetprop.workbooks.look import ColourScale, Look
from sheetprop.workbooks.sheet import Address, Cell, Sheet

SIGNED, INK = ("#F2A36B", "#FFFFFF", "#6CB0DE"), ("#FFFFFF", "#8C99A6")
"""Colours that leave the numbers on them readable."""


def coloured(step: Step, sheet: Sheet) -> Sheet:
    """Return a sheet whose values are known with its colours: ink, or blue and orange around 0."""
    places, look = step.places, sheet.look
    assert isinstance(look, Look)
    groups = [[places.x], places.k, [places.z], [places.dz], places.dk, [places.dx]]
    scales = []
    for place, blocks in enumerate(groups):
        areas = tuple(block.area(own) for block in blocks for own in range(block.maps))
        most = max((_largest(sheet, area) for area in areas), default=0.0) or 1.0
        is_ink = place == 0 and step.number == 1
        if areas:
            scales.append(ColourScale(areas, INK if is_ink else SIGNED, most))
    return replace(sheet, look=replace(look, scales=tuple(scales)))


def _largest(sheet: Sheet, area: tuple[Address, Address]) -> float:
    """Return the greatest size of a number in an area."""
    (top, left), (bottom, right) = area
    cells = product(range(top, bottom + 1), range(left, right + 1))
    values = (sheet.cells.get(at, Cell()).value for at in cells)
    return max((abs(v) for v in values if isinstance(v, int | float)), default=0.0)
