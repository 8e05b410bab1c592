"""Padding before a kernel of one pixel."""

from __future__ import annotations

from making import Example
from odd_layers import FINE, changed, network

EXAMPLES = [
    Example("padded", network(changed(3, ("conv2", 1, 1, 1, 10))), mended=network(FINE)),
]
