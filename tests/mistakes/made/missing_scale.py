"""What a mask keeps, and the scores of attention, not scaled."""

from __future__ import annotations

from checking.arrays.strangers import attention, dropout, with_slip
from making import Example

MASK, SCORES = dropout(), attention("product")

EXAMPLES = [
    Example("mask", with_slip(MASK, *MASK.slips[0][:2])),
    Example("score", with_slip(SCORES, *SCORES.slips[0][:2])),
]
