"""The sheet Weights: the only numbers that were learned."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.mnist.layer_sheets import TITLE
from sheetprop.lessons.mnist.places import WEIGHTS, Kernels
from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.training.forward import Weights
from sheetprop.words import Words
from sheetprop.workbooks.look import ColourScale, Look, Paper
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

_RED_TO_BLUE = ("#D55E00", "#FFFFFF", "#0072B2")
_PICTURE = 25
"""Percent to which kernels may shrink on paper, where they are looked at and hardly read."""


def weights_sheet(
    kernels: Sequence[Kernels | None],
    weights: Sequence[Weights | None],
    names: Sequence[str],
    words: Words,
) -> Sheet:
    """Return the sheet with the weights of all layers, batch normalisation folded."""
    page = Page(heights={1: TITLE})
    page.put((1, 1), words["sheet_weights"], "title")
    page.put((2, 1), words["mnist_weights_about"], "text")
    scales = []
    for place, own, name in zip(kernels, weights, names, strict=True):
        if place is not None and own is not None:
            page.put((place.top, 1), sheet_text(words, name), "heading")
            scales.append(ColourScale(tuple(_put(page, place, own, words)), _RED_TO_BLUE))
    last = max(column for _, column in page.cells)
    look = Look(
        page.styles,
        widths={1: 9.0, 2: 7.0, 3: 2.0, **dict.fromkeys(range(4, last + 1), 3.4)},
        heights=page.heights,
        freeze=(4, 4),
        plain_formulas=True,
        scales=tuple(scales),
        paper=Paper(least=_PICTURE),
    )
    return Sheet(WEIGHTS, page.cells, look=look)


def _put(
    page: Page, place: Kernels, weights: Weights, words: Words
) -> list[tuple[Address, Address]]:
    """Write the weights of a layer, and return the range of each row of kernels."""
    page.put((place.top + 1, 2), words["mnist_bias"], "column name")
    sources = place.step.channels_in
    kernels = weights.kernel.reshape(place.step.channels, sources, place.size, place.size)
    ranges = []
    for channel in range(place.step.channels):
        row, column = place.bias(channel)
        text = str(channel) if place.is_linear else words("mnist_map", number=channel + 1)
        page.put((row, 1), text, "name")
        page.put((row, column), Cell(float(weights.bias[channel])), "pixel")
        for source in range(sources):
            (top, left), _ = place.area(channel, source)
            for y in range(place.size):
                for x in range(place.size):
                    value = Cell(float(kernels[channel, source, y, x]))
                    page.put((top + y, left + x), value, "pixel")
        ranges.append((place.area(channel, 0)[0], place.area(channel, sources - 1)[1]))
    return ranges
