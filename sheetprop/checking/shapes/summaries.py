"""What a printed summary of layers tells without saying it: kernels, and the channels that come in.

Such a table says the shape that each layer gives and how many parameters it has, as Keras and
torchsummary print it. A convolution's kernel follows from its parameters, k²·in·out or that and a
bias for each channel; of one that no square kernel explains it follows from the pixels it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isqrt

from sheetprop.checking.shapes.shape import Shape
from sheetprop.lazily.patterns import pattern
from sheetprop.rows.architecture import CHANNELS_IN, KERNEL
from sheetprop.rows.plain_text import plain
from sheetprop.workbooks.sheet import Value

MOST_PIXELS = 10
"""A convolution without padding takes no more of an image, where its kernel is told by that."""

IMAGES = (1, 3)
"""The channels that an image has, where nothing says it."""

_CONVOLUTION = pattern(r"(?!.*(?:depthwise|separable|transpose|conv[13]d)).*conv.*")
_FULL = pattern(r"(?!.*(?:bilinear|timedistributed)).*(?:dense|linear|fullyconnected|fc\d*$).*")


def deduced(
    shapes: Mapping[int, Shape], labels: Mapping[int, str], parameters: Mapping[int, Value]
) -> dict[str, dict[int, int]]:
    """Return the kernel and the incoming channels of the rows that tell them."""
    kernels: dict[int, int] = {}
    incoming: dict[int, int] = {}
    before: Shape | None = None
    for row, shape in sorted(shapes.items()):
        label, number = plain(labels[row]), parameters[row]
        is_whole = isinstance(number, int | float) and float(number).is_integer()
        count = int(number) if is_whole and isinstance(number, int | float) else None
        if _CONVOLUTION.fullmatch(label):
            found = _of_convolution(before, shape, count)
        elif _FULL.fullmatch(label):
            found = _of_full(before, shape, count)
        else:
            found = None
        if found is not None:
            kernels[row], incoming[row] = found
        before = shape
    return {KERNEL: kernels, CHANNELS_IN: incoming}


def _of_convolution(before: Shape | None, own: Shape, count: int | None) -> tuple[int, int] | None:
    """Return the kernel and what comes in, None where nothing tells them."""
    for channels in IMAGES if before is None else (before.channels,):
        for rest in () if count is None else (count - own.channels, count):
            square, left = divmod(rest, channels * own.channels)
            if square > 0 and not left and isqrt(square) ** 2 == square:
                return isqrt(square), channels
    if before is None or before.size is None or own.size is None:
        return None
    taken = before.size - own.size
    is_stepwise = 2 * own.size > before.size + 2  # with a stride of 2 less would be left
    is_told = 0 < taken <= MOST_PIXELS and taken % 2 == 0 and is_stepwise
    return (taken + 1, before.channels) if is_told else None


def _of_full(before: Shape | None, own: Shape, count: int | None) -> tuple[int, int] | None:
    """Return the kernel 1 and what comes in: channels, or all numbers of an image."""
    ways = list(_incoming(before, own, count))
    for way in ways:
        if count in (way * own.channels, (way + 1) * own.channels):
            return 1, way
    is_clear = before is not None and before.size is None
    return (1, ways[0]) if ways and is_clear else None


def _incoming(before: Shape | None, own: Shape, count: int | None) -> Iterator[int]:
    if before is not None:
        yield from (before.numbers, before.channels)
    elif count is not None:
        yield from (count // own.channels - 1, count // own.channels)
