"""The kernel turned, or its rows and columns exchanged."""

from __future__ import annotations

from checking.arrays.strangers import LONG, Paper, convolution, convolved, turned, with_slip
from making import Example

from sheetprop.workbooks.sheet import Workbook

OWN = convolution(LONG, side=2)
AT = OWN.slips[0][0]
RIGHT = str(OWN.workbook.sheets[0].cells[AT].formula)
FLIPPED = next(content for _, content, mistake in OWN.slips if mistake == "flipped-kernel")
PARTS = RIGHT.removeprefix("=").split("+")
WINDOW, KERNEL = ([part.split("*")[k] for part in PARTS] for k in (0, 1))
TRANSPOSED = "+".join(f"{a}*{KERNEL[k]}" for a, k in zip(WINDOW, (0, 2, 1, 3), strict=True))


def everywhere(*, is_turned: bool) -> Workbook:
    """Return a convolution all of whose cells turn the kernel, or none."""
    paper = Paper()
    image, kernel = paper.numbers((2, 2), 5, 5), paper.numbers((2, 9), 2, 2)

    def formula(y: int, x: int) -> str:
        if is_turned:
            return f"={turned((image[0] + y, image[1] + x), kernel, 2)}"
        return f"={convolved(image, kernel, 2, y, x, 1, LONG)}"

    paper.fill((2, 13), 4, 4, formula)
    return paper.workbook()


EXAMPLES = [
    Example("flipped", with_slip(OWN, AT, FLIPPED)),
    Example("transposed", with_slip(OWN, AT, f"={TRANSPOSED}")),
    Example("everywhere", everywhere(is_turned=True), mended=everywhere(is_turned=False)),
]
