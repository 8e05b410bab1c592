"""A value that stayed behind its formula."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

EXAMPLES = [
    Example(
        "stale",
        book(Table(), stored={Table().cell("h1", 3): 0.777}),
        mended=book(Table()),
    )
]
