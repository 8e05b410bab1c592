"""Windows that go on by another step than the stride."""

from __future__ import annotations

from checking.arrays.strangers import PRODUCT, convolution, with_slip
from making import Example

WIDE, CLOSE = convolution(PRODUCT, size=7, stride=2), convolution(PRODUCT)
AT = CLOSE.slips[0][0]
BY_TWO = str(CLOSE.workbook.sheets[0].cells[AT[0] + 1, AT[1] + 1].formula)

EXAMPLES = [
    Example("lost", with_slip(WIDE, *WIDE.slips[-1][:2])),
    Example("too far", with_slip(CLOSE, AT, BY_TWO)),
]
