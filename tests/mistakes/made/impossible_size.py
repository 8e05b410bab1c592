"""Layers that nothing fits into, and a size that no layer gives."""

from __future__ import annotations

from making import Example
from odd_layers import FINE, changed, network, typed, written

from sheetprop.workbooks.sheet import Workbook


def summary(width: int) -> Workbook:
    """Return a printed summary in which pooled maps of so many pixels become 5,408 numbers."""
    return written(
        [
            ("Layer (type)", "Output Shape", "Param #"),
            ("conv2d (Conv2D)", "(None, 26, 26, 32)", 320),
            ("max_pooling2d (MaxPooling2D)", f"(None, {width}, {width}, 32)", 0),
            ("flatten (Flatten)", "(None, 5408)", 0),
            ("dense (Dense)", "(None, 10)", 54090),
        ]
    )


EXAMPLES = [
    Example("no room", network(changed(3, ("conv2", 15, 1, 0, 10))), mended=network(FINE)),
    Example("typed", typed(3), mended=typed(7)),
    Example("passed on", summary(12), mended=summary(13)),
]
