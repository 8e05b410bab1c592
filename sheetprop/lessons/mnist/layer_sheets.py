"""One sheet for each layer: its maps as coloured cells, each number by a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
PAPER_TO_BLUE = ("#FFFFFF", "#4A97D6")
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
    windows = None if kernels is None or kernels.is_linear else _windows(step, before)
    for channel in range(own.channels):
        page.put(own.heading(channel), _heading(step, channel, words), "caption")
        for at in own.around(channel):
            page.put(at, Cell(0), "pixel edge")
        for (y, x), text in _formulas(step, before, kernels, windows, channel):
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
    step: Step,
    before: Maps,
    kernels: Kernels | None,
    windows: Mapping[Address, Sequence[str]] | None,
    channel: int,
) -> Iterator[tuple[Address, str]]:
    """Yield the formula of each number of a map, by its row and column in it."""
    layer = step.layer
    if kernels is not None and windows is not None:
        yield from _weighed(layer, kernels, windows, channel)
        return
    for y in range(step.side):
        for x in range(step.side):
            if layer.kind == "gap":
                yield (y, x), f"AVERAGE({before.window(channel, 0, 0, before.side)})"
            elif kernels is None:
                yield (y, x), f"MAX({_window(layer, before, channel, y, x)})"
            else:
                yield (y, x), _linear(before, kernels, channel)


def _linear(before: Maps, kernels: Kernels, channel: int) -> str:
    """Return bias and weights of one number that comes out, over all that go in."""
    numbers = f"{before.window(0, 0, 0, 1)}:{address(*before.at(before.channels - 1, 0, 0))}"
    weights = kernels.text(channel, 0, before.channels - 1)
    return f"{kernels.bias_text(channel)}+SUMPRODUCT({numbers},{weights})"


def _windows(step: Step, before: Maps) -> dict[Address, list[str]]:
    """Return for each number of a map its windows on all maps that go in: all maps share them."""
    layer, sources, side = step.layer, range(before.channels), range(step.side)
    return {
        (y, x): [_window(layer, before, source, y, x) for source in sources]
        for y in side
        for x in side
    }


def _weighed(
    layer: Layer, kernels: Kernels, windows: Mapping[Address, Sequence[str]], channel: int
) -> Iterator[tuple[Address, str]]:
    """Yield bias and kernels of a map that comes out, over all maps that go in."""
    bias, sources = kernels.bias_text(channel), range(kernels.step.channels_in)
    own = [kernels.text(channel, source) for source in sources]
    for at, taken in windows.items():
        total = "+".join([bias, *map(_product, taken, own)])
        yield at, total if layer.is_plain else f"MAX(0,{total})"


def _product(window: str, kernel: str) -> str:
    """Return a window weighed by a kernel; that of a single pixel is a plain product."""
    return f"SUMPRODUCT({window},{kernel})" if ":" in window else f"{window}*{kernel}"


def _window(layer: Layer, before: Maps, source: int, y: int, x: int) -> str:
    top, left = y * layer.stride - layer.padding, x * layer.stride - layer.padding
    return before.window(source, top, left, layer.kernel)
