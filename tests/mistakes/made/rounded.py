"""Right only to the digits shown."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

EXAMPLES = [
    Example("typed", book(Table(iterations=1).changed("a_h1", 0.50687, [0])), mended=book(Table())),
    Example("e with few digits", book(Table().changed("a_h1", "=1/(1+2.71828^(-{h1}))"))),
    Example(
        "far off by a function",
        book(Table(iterations=3).changed("a_h1", "=ROUND(1/(1+EXP(-{h1})),0)")),
    ),
    Example("by a function", book(Table().changed("a_h1", "=ROUND(1/(1+EXP(-{h1})),2)"))),
]
