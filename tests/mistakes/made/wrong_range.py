"""A range that is too short, or too long."""

from __future__ import annotations

from dataclasses import replace

from checking.arrays.strangers import softmax, with_slip
from making import Example

OWN = softmax("powers")
TOTAL = OWN.slips[0][0]
ABOVE = with_slip(OWN, (3, 3), 2.5)

EXAMPLES = [
    Example("fewer", with_slip(OWN, *OWN.slips[0][:2])),
    Example("more", with_slip(replace(OWN, workbook=ABOVE), TOTAL, "=SUM(C3:C8)")),
]
