"""The map or the kernel of another channel."""

from __future__ import annotations

from checking.arrays.strangers import PRODUCT, Paper, area, by, chain, channels, with_slip
from making import Example

from sheetprop.workbooks.sheet import Workbook

TWO, CHAIN = channels(PRODUCT), chain()


def fixed_kernel(*, is_fixed: bool) -> Workbook:
    """Return a convolution whose kernel stays, or slides off with the windows."""
    paper = Paper()
    image, kernel = paper.numbers((2, 2), 5, 5), paper.numbers((2, 9), 2, 2)

    def formula(y: int, x: int) -> str:
        own = kernel if is_fixed else by(kernel, y, x)
        return f"=SUMPRODUCT({area(by(image, y, x), 2, 2)},{area(own, 2, 2, is_fixed=is_fixed)})"

    paper.fill((2, 13), 4, 4, formula)
    return paper.workbook()


EXAMPLES = [
    Example("twice", with_slip(TWO, *TWO.slips[0][:2])),
    Example("another", with_slip(CHAIN, *CHAIN.slips[0][:2])),
    Example("slides", fixed_kernel(is_fixed=False)),
]
