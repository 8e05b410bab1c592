"""Names of files, sheets and charts that contradict η."""

from __future__ import annotations

from making import Example, book, curve
from worksheets import Table

LONG = Table(iterations=20, rate=0.5)
LOSSES = "Sheet1!$W$32:$W$51"
RIGHT = book(LONG, charts=(curve(LOSSES),))

EXAMPLES = [
    Example("file", book(LONG), file="lr_0.2.xlsx", mended=RIGHT, mended_file="lr_0.5.xlsx"),
    Example("sheet", book(Table("LR_0.1", rate=0.5)), mended=book(Table("LR_0.1", rate=0.1))),
    Example(
        "chart",
        book(LONG, charts=(curve(LOSSES, title="Loss, η = 2"),)),
        mended=book(LONG, charts=(curve(LOSSES, title="Loss, η = 0.5"),)),
    ),
    Example("series", book(LONG, charts=(curve(LOSSES, name="η = 2"),)), mended=RIGHT),
]
