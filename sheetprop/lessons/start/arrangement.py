"""Where the parts of Start stand, so that most is seen at once: picture, curves, list of sheets."""

from __future__ import annotations

from dataclasses import dataclass

from sheetprop.lessons.parts.drawing import MOST_LAYERS_NARROW, NARROW, WIDTH, Drawing
from sheetprop.lessons.start.start_blocks import BLOCK_WIDTH
from sheetprop.maths.network import Network
from sheetprop.workbooks.extent import ROW
from sheetprop.workbooks.sheet import Address

LOSSES_HEIGHT = 190  # pixels
MOST_CONTENTS = 13  # lines
_BESIDE = 1 + 3 * BLOCK_WIDTH  # column
_SEEN = 5
"""So many rows further down than rates and weights, the list of sheets is still seen at once."""

_GAP = 10
"""Pixels, at the least, between the picture and what stands below it."""

_LOSSES_ROWS = 2 - (-LOSSES_HEIGHT // ROW)


@dataclass(frozen=True)
class Arrangement:
    """The first row of rates and weights, and the places of the other parts.

    `losses` is the heading of the curves, `contents` that of the list of sheets; below `legend`
    only formulas follow, from `formulas` on.
    """

    blocks: int
    losses: Address
    contents: Address
    legend: int
    formulas: int
    picture_width: int = WIDTH


def arrange(network: Network, top: int, data: int) -> Arrangement:
    """Return where the parts stand: the picture's title in the row `top`, examples above `data`.

    Usually curves and list stand below the picture. Beside it stand those that would not be seen
    there: of a high picture, or of many examples.
    """
    drawing = Drawing(network)
    below = -(-(drawing.height + _GAP) // ROW) if drawing.is_possible else _SAID_INSTEAD
    blocks = top + 1 + below
    is_long = data > blocks + _SEEN
    is_narrow = len(network.architecture.layers) <= MOST_LAYERS_NARROW and drawing.is_possible
    if is_narrow and (is_long or drawing.is_high):
        return _beside(blocks, (top + 1, _BESIDE), data, NARROW)
    if is_long and not drawing.is_possible:
        return _beside(blocks, (blocks, _BESIDE), data, WIDTH)
    contents = max(data, blocks)
    legend = contents + MOST_CONTENTS
    return Arrangement(blocks, (blocks, _BESIDE), (contents, 1), legend, legend)


def _beside(blocks: int, losses: Address, data: int, width: int) -> Arrangement:
    """Return the arrangement with the list of sheets below the curves."""
    row, column = losses
    contents = row + _LOSSES_ROWS
    formulas = contents + MOST_CONTENTS
    return Arrangement(blocks, losses, (contents, column), data, formulas, width)


_SAID_INSTEAD = 2
"""Rows of the title and of the line that says that there is no picture."""
