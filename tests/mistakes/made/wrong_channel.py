"""The map or the kernel of another channel."""

from __future__ import annotations

from checking.arrays.strangers import PRODUCT, chain, channels, with_slip
from making import Example

TWO, CHAIN = channels(PRODUCT), chain()

EXAMPLES = [
    Example("twice", with_slip(TWO, *TWO.slips[0][:2])),
    Example("another", with_slip(CHAIN, *CHAIN.slips[0][:2])),
]
