"""The variance of a sample for that of all numbers, and the other way."""

from __future__ import annotations

from checking.arrays.strangers import normalised, with_slip
from making import Example

ALL, SAMPLE = normalised("VAR.P"), normalised("VAR.S")
SLIP = next(one for one in ALL.slips if one[2] == "sample-variance")

EXAMPLES = [
    Example("sample", with_slip(ALL, *SLIP[:2])),
    Example("all", with_slip(SAMPLE, SLIP[0], str(SLIP[1]).replace("VAR.S", "VAR.P"))),
]
