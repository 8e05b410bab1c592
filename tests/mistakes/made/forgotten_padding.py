"""Windows that begin inside of the zeros around the image."""

from __future__ import annotations

from checking.arrays.strangers import PRODUCT, convolution, with_slip
from making import Example

OWN = convolution(PRODUCT, size=5, edge=1)
AT = OWN.slips[0][0]
CELLS = OWN.workbook.sheets[0].cells
FIRST, INSIDE = (AT[0] - 1, AT[1] - 1), str(CELLS[AT].formula)

EXAMPLES = [Example("forgotten", with_slip(OWN, FIRST, INSIDE))]
