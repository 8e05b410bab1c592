"""The lesson of maps: a sheet for each layer, forward from the image and backward from the end."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.lessons.kinds.maps.colours import coloured
from sheetprop.lessons.kinds.maps.layers import REQUIRED, SECTIONS, Maps, describe, read
from sheetprop.lessons.kinds.maps.page import layer_sheet
from sheetprop.lessons.kinds.maps.places import places_of
from sheetprop.lessons.kinds.maps.step import Step
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Workbook


def steps(found: Maps, words: Words) -> Iterator[Step]:
    """Yield each layer with what stands beside it."""
    shapes, count = found.shapes, len(found.layers)
    triples = [*zip(found.layers, shapes, shapes[1:], strict=False)]
    places = [places_of(*triple) for triple in triples]
    sheets = [words("maps_sheet", number=k + 1) for k in range(count)]
    for k, (layer, before, after) in enumerate(triples):
        previous = (sheets[k - 1], places[k - 1].z) if k else found.image
        following = (sheets[k + 1], places[k + 1].dx) if k + 1 < count else found.arriving
        yield Step(k + 1, layer, before, after, sheets[k], places[k], previous, following)


def layout(found: Maps, words: Words, variant: str) -> Workbook:
    """Return the workbook, with every formula's value."""
    own = [*steps(found, words)]
    sheets = calculated([layer_sheet(step, words, variant) for step in own])
    return Workbook(tuple(map(coloured, own, sheets)))


MAPS = Kind("convolution", SECTIONS, REQUIRED, read, describe, layout)
"""Convolution and pooling, forward and backward."""
