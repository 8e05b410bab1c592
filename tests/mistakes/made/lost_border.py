"""Strides that do not fit, and leave a border that nobody looks at."""

from __future__ import annotations

from making import Example
from odd_layers import FINE, changed, network

EXAMPLES = [
    Example("of pixels", network(changed(2, ("pool1", 2, 3, 0, 16))), mended=network(FINE)),
    Example("of padding", network(changed(3, ("conv2", 3, 2, 1, 10))), mended=network(FINE)),
]
