"""A layer with what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.lessons.kinds.maps.layers import (
    Layer,
    Numbers,
    Shape,
)
from sheetprop.lessons.kinds.maps.places import Block, Places


@dataclass(frozen=True)
class Step:
    """A layer with its number from 1, the sheets beside it, and what is typed next to it.

    `image` stands in the first layer, `arriving` in the last; elsewhere these come from the sheets
    `previous` and `following`, at the places there.
    """

    number: int
    layer: Layer
    before: Shape
    after: Shape
    sheet: str
    places: Places
    previous: tuple[str, Block] | Numbers
    following: tuple[str, Block] | Numbers
