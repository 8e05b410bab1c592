"""Numbers where formulas belong."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

CARRIED = Table().changed("t2", "={t2[-1]}", range(1, Table().iterations))
LOST = Table().changed("h1", "={w1}*#REF!+{w2}*{i2}", [3])

EXAMPLES = [
    Example("wrong", book(Table().changed("a_h1", 0.9, [3]))),
    Example("right now", book(Table().changed("a_h1", 0.50687, [0]))),
    Example("too few digits", book(Table().changed("a_o2", 0.8, [3]).changed("E2", 0.022, [3]))),
    Example("another number midway", book(CARRIED.changed("t2", 0.98, [3]))),
    Example("the same number midway", book(CARRIED.changed("t2", 0.99, [3]))),
    Example(
        "another number in one row",
        book(Table(iterations=20).changed("t2", 0.98, [3])),
        mended=book(Table()),
    ),
    Example(
        "nothing to compare with",
        book(LOST.changed("a_h1", 0.5, [3])),
        mended=book(Table()),
    ),
]
