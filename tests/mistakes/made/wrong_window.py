"""The window, or the number, of another cell."""

from __future__ import annotations

from checking.arrays.strangers import chain, pooling, with_slip
from making import Example

POOLING, CHAIN = pooling("MAX", size=6, step=3, count=3), chain()

EXAMPLES = [
    Example("window", with_slip(POOLING, *POOLING.slips[1][:2])),
    Example("element", with_slip(CHAIN, *CHAIN.slips[1][:2])),
]
