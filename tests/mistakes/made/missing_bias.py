"""The bias left out."""

from __future__ import annotations

from checking.arrays.strangers import LONG, convolution, with_slip
from making import Example

OWN = convolution(LONG, bias=True)
SLIP = next(one for one in OWN.slips if one[2] == "missing-bias")

EXAMPLES = [Example("left out", with_slip(OWN, *SLIP[:2]))]
