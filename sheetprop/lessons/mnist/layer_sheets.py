"""One sheet for each layer: its maps as coloured cells, each number by a formula."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.lessons.mnist.places import Kernels, Maps
from sheetprop.lessons.parts.sheet_names import sheet_text
from sheetprop.notation.address import address
from sheetprop.training.forward import Array
from sheetprop.training.idx import SIDE
from sheetprop.training.plan import Layer, Step
from sheetprop.words import Words
from sheetprop.workbooks.look import ColourScale, Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

INK_SCALE = ("#FFFFFF", "#1F2933")
PAPER_TO_BLUE = ("#FFFFFF", "#0B3C6F")
CELL = 2.4  # characters
TITLE = 27.0  # points of the row with the title


def layer_sheet(
    step: Step, before: Maps, own: Maps, kernels: Kernels | None, values: Array, words: Words
) -> Sheet:
    """Return the sheet of a layer; `values` are its maps (channels × side × side), or a row."""
    page = Page(heights={1: TITLE})
    kind = "plain" if step.layer.kind == "conv" and step.layer.is_plain else step.layer.kind
    page.put((1, 1), sheet_text(words, own.sheet), "title")
    page.put((2, 1), words[f"mnist_about_{kind}"], "text")
    page.put((3, 1), _sizes(step, words), "quiet")
    numbers = values.reshape(own.channels, own.side, own.side)
    for channel in range(own.channels):
        page.put(own.heading(channel), _heading(step, channel, words), "caption")
        for at in own.around(channel):
            page.put(at, Cell(0), "pixel edge")
        for (y, x), text in _formulas(step, before, kernels, channel):
            value = float(numbers[channel, y, x])
            page.put(own.at(channel, y, x), Cell(value, f"={text}"), "pixel")
    return Sheet(own.sheet, page.cells, look=_look(page, own))


def _sizes(step: Step, words: Words) -> str:
    before = f"{step.channels_in} × {step.side_in} × {step.side_in}"
    reach = min(step.field, SIDE)
    field = f"{reach} × {reach}"
    after = f"{step.channels} × {step.side} × {step.side}"
    return words("mnist_sizes", before=before, after=after, field=field)


def _heading(step: Step, channel: int, words: Words) -> str:
    is_linear = step.layer.kind == "linear"
    return str(channel) if is_linear else words("mnist_map", number=channel + 1)


def _look(page: Page, own: Maps) -> Look:
    last = own.left + own.across * own.pitch
    scale = ColourScale(tuple(own.area(c) for c in range(own.channels)), PAPER_TO_BLUE)
    width = CELL if own.side > 1 else 7.0
    return Look(
        page.styles,
        widths={1: 3.0, **dict.fromkeys(range(2, last + 1), width)},
        heights=page.heights,
        plain_formulas=True,
        scales=(scale,),
    )


def _formulas(
    step: Step, before: Maps, kernels: Kernels | None, channel: int
) -> Iterator[tuple[Address, str]]:
    """Yield the formula of each number of a map, by its row and column in it."""
    layer = step.layer
    for y in range(step.side):
        for x in range(step.side):
            if layer.kind == "gap":
                yield (y, x), f"AVERAGE({before.window(channel, 0, 0, before.side)})"
            elif kernels is None:
                yield (y, x), f"MAX({_window(layer, before, channel, y, x)})"
            else:
                yield (y, x), _weighed(layer, before, kernels, channel, (y, x))


def _weighed(layer: Layer, before: Maps, kernels: Kernels, channel: int, at: Address) -> str:
    """Return bias and kernels of a map that comes out, over all maps that go in."""
    bias = kernels.bias_text(channel)
    if kernels.is_linear:
        numbers = f"{before.window(0, 0, 0, 1)}:{address(*before.at(before.channels - 1, 0, 0))}"
        return f"{bias}+SUMPRODUCT({numbers},{kernels.text(channel, 0, before.channels - 1)})"
    products = (
        _product(_window(layer, before, source, *at), kernels.text(channel, source))
        for source in range(before.channels)
    )
    total = "+".join([bias, *products])
    return total if layer.is_plain else f"MAX(0,{total})"


def _product(window: str, kernel: str) -> str:
    """Return a window weighed by a kernel; that of a single pixel is a plain product."""
    return f"SUMPRODUCT({window},{kernel})" if ":" in window else f"{window}*{kernel}"


def _window(layer: Layer, before: Maps, source: int, y: int, x: int) -> str:
    top, left = y * layer.stride - layer.padding, x * layer.stride - layer.padding
    return before.window(source, top, left, layer.kernel)
