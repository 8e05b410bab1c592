"""Numbers inside formulas."""

from __future__ import annotations

from functools import reduce

from making import Example, book
from worksheets import WEIGHTS, Table

OUTSIDE = {"Sheet1": {"AZ1": 0.05, "AZ2": 0.07}}
TYPED = reduce(
    lambda table, w: table.changed(w, f"={{{w}[-1]}}-2*{{dE/d{w}[-1]}}"),
    WEIGHTS,
    Table(rate=None, rate_label=None),
)

EXAMPLES = [
    Example("right now", book(Table().changed("h1", "={w1}*0.05+{w2}*0.1"))),
    Example(
        "right now, in a cell",
        book(Table().changed("h1", "={w1}*$AZ$1+{w2}*{i2}"), further=OUTSIDE),
    ),
    Example("wrong", book(Table().changed("h1", "={w1}*0.07+{w2}*{i2}"))),
    Example(
        "wrong, in a cell",
        book(Table().changed("h1", "={w1}*$AZ$2+{w2}*{i2}"), further=OUTSIDE),
    ),
    Example("learning rate", book(TYPED), mended=book(Table())),
]
