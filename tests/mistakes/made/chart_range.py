"""Charts that show other cells than the losses."""

from __future__ import annotations

from making import Example, book, curve
from worksheets import Table

from sheetprop.workbooks.sheet import Chart, Workbook

LOSSES = "Sheet1!$W$32:$W$51"


def drawn(*charts: Chart) -> Workbook:
    """Return a workbook with charts of a table with 20 iterations."""
    return book(Table(iterations=20), charts=charts)


RIGHT = drawn(curve(LOSSES))

EXAMPLES = [
    Example("too few cells", drawn(curve("Sheet1!$W$32:$W$45")), mended=RIGHT),
    Example("a late start", drawn(curve("Sheet1!$W$33:$W$51")), mended=RIGHT),
    Example("too many cells", drawn(curve("Sheet1!$W$31:$W$51")), mended=RIGHT),
    Example(
        "across",
        drawn(curve(*(f"Sheet1!$W${row}" for row in range(32, 52)))),
        mended=RIGHT,
    ),
    Example(
        "two rates",
        drawn(curve(LOSSES, title="η = 2"), curve(LOSSES, title="η = 0.5")),
        mended=RIGHT,
    ),
    Example("another quantity", drawn(curve("Sheet1!$X$32:$X$51")), mended=RIGHT),
    Example("nothing", drawn(curve("Sheet1!$AZ$32:$AZ$51")), mended=RIGHT),
]
