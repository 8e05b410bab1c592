"""Formulas that take from another table what their own has."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

FIRST = Table("a", rate=0.5)
SECOND = Table("b", rate=0.5)
RIGHT = book(FIRST, SECOND)

EXAMPLES = [
    Example(
        "another table's cell",
        book(FIRST, SECOND.changed("h1", "={w1}*a!C32+{w2}*{i2}")),
        mended=RIGHT,
    ),
    Example(
        "another table's rate",
        book(FIRST, Table("b", rate=0.5, eta="a!$G$30")),
        mended=RIGHT,
    ),
]
