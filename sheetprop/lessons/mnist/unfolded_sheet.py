"""The sheet Unfolded: batch normalisation as it was trained, beside what it is folded into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sheetprop.lessons.mnist.layer_sheets import TITLE
from sheetprop.lessons.mnist.places import Kernels, Maps
from sheetprop.notation.address import address, fixed, quoted
from sheetprop.training.forward import EPSILON, Array
from sheetprop.training.tensors import Tensors
from sheetprop.words import Words
from sheetprop.workbooks.look import ColourScale, Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

UNFOLDED = "Unfolded"

_HEADS = (
    "layer", "map", "γ", "β", "mean", "variance", "scale", "folded",
    "on_weights", "kernels_differ", "first", "there", "differ",
)  # fmt: skip
_EPSILON = (3, 3)
_HEAD = 5
_RAW = 12
"""Columns that the kernels as trained stand further right than those on Weights."""

_RED_TO_BLUE = ("#D55E00", "#FFFFFF", "#0072B2")


@dataclass(frozen=True)
class Normalised:
    """A layer with batch normalisation: its name, its kernels' places and those of its maps.

    `arrays` are its kernel as trained, then γ, β, mean and variance.
    """

    name: str
    kernels: Kernels
    before: Maps
    own: Maps
    arrays: tuple[Array, ...]


def trained_arrays(tensors: Tensors, place: int) -> tuple[Array, ...]:
    """Return the kernel, γ, β, mean and variance of the layer whose first module has a number."""
    names = ("weight", "bias", "running_mean", "running_var")
    every = [f"{place}.weight", *(f"{place + 1}.{name}" for name in names)]
    return tuple(np.asarray(tensors[name], np.float64) for name in every)


def unfolded_sheet(layers: Sequence[Normalised], words: Words) -> Sheet:
    """Return the sheet; its formulas have no values yet."""
    page = Page(heights={1: TITLE, 2: 48.0, _HEAD: 32.0})
    page.put((1, 1), words["sheet_unfolded"], "title")
    page.put((2, 1), words["mnist_unfolded_about"], "long text")
    page.put((_EPSILON[0], 2), "ε", "label")
    page.put(_EPSILON, Cell(EPSILON), "summary")
    for column, name in enumerate(_HEADS, 1):
        page.put((_HEAD, column), _head(name, words), "head")
    row, scales = _HEAD + 1, []
    for layer in layers:
        scales.append(ColourScale(tuple(_put_kernels(page, layer)), _RED_TO_BLUE))
        for channel in range(layer.own.channels):
            for column, cell in enumerate(_row(layer, channel, row), 1):
                style = "number" if column > 2 else "name"
                page.put((row, column), cell, style)
            row += 1
    last = max(column for _, column in page.cells)
    widths = {1: 9.0, 2: 8.0, **dict.fromkeys(range(3, 14), 12.0)}
    look = Look(
        page.styles,
        widths=widths | dict.fromkeys(range(14, last + 1), 3.4),
        merged=(((2, 1), (2, 13)),),
        heights=page.heights,
        freeze=(_HEAD + 1, 3),
        plain_formulas=True,
        scales=tuple(scales),
    )
    return Sheet(UNFOLDED, page.cells, look=look)


def _head(name: str, words: Words) -> str:
    """Return the text above a column."""
    if len(name) == 1:
        return name  # a letter is the same in all languages
    return words["mnist_head_layer" if name == "layer" else f"mnist_unfolded_{name}"]


def _row(layer: Normalised, channel: int, row: int) -> list[Cell]:
    _, gamma, beta, mean, variance = layer.arrays
    kernels, step = layer.kernels, layer.kernels.step
    raw = _raw(layer, channel, 0, step.channels_in - 1)
    on_weights = kernels.text(channel, 0, step.channels_in - 1)
    first = layer.own.at(channel, 0, 0)
    there = f"{quoted(layer.own.sheet)}!{address(*first)}"
    root = f"SQRT(F{row}+{fixed(_EPSILON)})"
    return [
        Cell(layer.name),
        Cell(channel + 1),
        *(Cell(float(values[channel])) for values in (gamma, beta, mean, variance)),
        Cell(None, f"=C{row}/{root}"),
        Cell(None, f"=D{row}-E{row}*G{row}"),
        Cell(None, f"={kernels.bias_text(channel)}"),
        Cell(None, f"=SQRT(SUMPRODUCT(({raw}*G{row}-{on_weights})^2))"),
        Cell(None, f"=MAX(0,C{row}*({_weighed(layer, channel)}-E{row})/{root}+D{row})"),
        Cell(None, f"={there}"),
        Cell(None, f"=ABS(K{row}-L{row})"),
    ]


def _weighed(layer: Normalised, channel: int) -> str:
    """Return the first number of a map before normalisation, over all maps that go in."""
    step = layer.kernels.step
    edge, size = step.layer.padding, step.layer.kernel
    return (
        "("
        + "+".join(
            f"SUMPRODUCT({layer.before.window(source, -edge, -edge, size)},"
            f"{_raw(layer, channel, source, source)})"
            for source in range(step.channels_in)
        )
        + ")"
    )


def _raw(layer: Normalised, channel: int, source: int, last_source: int) -> str:
    first, _ = _area(layer.kernels, channel, source)
    _, last = _area(layer.kernels, channel, last_source)
    return f"{fixed(first)}:{fixed(last)}"


def _area(kernels: Kernels, channel: int, source: int) -> tuple[Address, Address]:
    """Return where a kernel as trained stands: in the same row as on Weights, further right."""
    (top, left), (bottom, right) = kernels.area(channel, source)
    return (top + 1, left + _RAW), (bottom + 1, right + _RAW)


def _put_kernels(page: Page, layer: Normalised) -> Iterator[tuple[Address, Address]]:
    """Write the kernels as they were trained, and yield the range of each row of them."""
    kernels, step = layer.kernels, layer.kernels.step
    raw = layer.arrays[0]
    page.put((kernels.top + 1, 4 + _RAW), layer.name, "heading")
    for channel in range(step.channels):
        for source in range(step.channels_in):
            (top, left), _ = _area(kernels, channel, source)
            for (y, x), value in np.ndenumerate(raw[channel, source]):
                page.put((top + y, left + x), Cell(float(value)), "pixel")
        last = _area(kernels, channel, step.channels_in - 1)[1]
        yield _area(kernels, channel, 0)[0], last
