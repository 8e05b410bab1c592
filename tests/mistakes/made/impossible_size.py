"""Layers that nothing fits into, and a size that no layer gives."""

from __future__ import annotations

from making import Example
from odd_layers import FINE, changed, network, typed

EXAMPLES = [
    Example("no room", network(changed(3, ("conv2", 15, 1, 0, 10))), mended=network(FINE)),
    Example("typed", typed(3), mended=typed(7)),
]
