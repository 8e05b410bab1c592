"""The mean of a window for its largest number."""

from __future__ import annotations

from checking.arrays.strangers import pooling, with_slip
from making import Example

OWN = pooling("MAX", size=6, step=3, count=3)

EXAMPLES = [Example("other", with_slip(OWN, *OWN.slips[0][:2]))]
