"""Runs that start from other values."""

from __future__ import annotations

from making import Example, book
from worksheets import WEIGHTS, Table

from sheetprop.workbooks.sheet import Workbook

FIRST, SECOND = Table("a", rate=0.1), Table("b", rate=0.5)
OTHER_WEIGHTS = (0.15, 0.2, 0.25, 0.3, 0.4, 0.445, 0.5, 0.55)
RIGHT = book(FIRST, SECOND)

START = {f"A{row}": f"w{row - 9}" for row in range(10, 18)} | {
    f"B{row}": number for row, number in enumerate(FIRST.weights, 10)
}


def with_start(w5: str | float) -> Workbook:
    """Return a run whose first weights stand in a list beside it, but for what w5 starts from."""
    table = Table("run", first_line=5, iterations=4)
    for row, weight in enumerate(WEIGHTS, 10):
        table = table.changed(weight, w5 if weight == "w5" else f"=$B${row}", [0])
    return book(table, further={"run": START})


EXAMPLES = [
    Example(
        "weights",
        book(FIRST, Table("b", rate=0.5, weights=OTHER_WEIGHTS)),
        mended=RIGHT,
    ),
    Example(
        "inputs or targets",
        book(FIRST, Table("b", rate=0.5, targets=(0.02, 0.99))),
        mended=RIGHT,
    ),
    *(
        Example(case, with_start(content), mended=with_start("=$B$14"))
        for case, content in (
            ("not as it is given", "=$B$14*1.001"),
            ("typed instead", 0.41),
            ("the cell of another", "=$B$15"),
        )
    ),
]
