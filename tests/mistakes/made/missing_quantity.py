"""Columns, cells and values that are not there."""

from __future__ import annotations

from making import Example, book
from worksheets import ORDER, Table

RIGHT = book(Table())
WITHOUT_TOTAL = tuple(name for name in ORDER if name != "E_total")

EXAMPLES = [
    Example("no column", book(Table(order=WITHOUT_TOTAL)), mended=RIGHT),
    Example("empty cells", book(Table().changed("dE/dw3", None, [4, 5]))),
    Example("text", book(Table().changed("E_total", "E1+E2", [7]))),
    Example("a truth value", book(Table().changed("E2", True, [7]))),
    Example("text that others need", book(Table().changed("h1", "w1*i1+w2*i2"))),
    Example("a formula that gives a text", book(Table().changed("E_total", '=""', [7]))),
    Example(
        "an empty cell of what is given", book(Table().changed("i1", "=$AZ$1", [0])), mended=RIGHT
    ),
    Example("no learning rate", book(Table(rate=None)), mended=RIGHT),
    Example(
        "an empty cell of the learning rate",
        book(Table(rate=None), further={"Sheet1": {"F30": "η ="}}),
        mended=RIGHT,
    ),
    Example(
        "an empty cell",
        book(Table().changed("h1", "={w1}*$AZ$1+{w2}*{i2}")),
    ),
]
