"""One batch normalisation behind two layers."""

from __future__ import annotations

from making import Example
from odd_layers import FINE, Layer, changed, network


def of_three(second: str) -> list[Layer]:
    """Return three layers, each with its normalisation, the one in the middle of this name."""
    middle = [("conv2", 3, 1, 1, 10), (second, 1, 1, 0, 10)]
    return [*FINE[:3], *middle, ("conv3", 3, 1, 1, 10), ("bn3", 1, 1, 0, 10)]


EXAMPLES = [
    Example("twice", network(changed(4, ("bn1", 1, 1, 0, 10))), mended=network(FINE)),
    Example("never", network(of_three("bn1")), mended=network(of_three("bn2"))),
]
