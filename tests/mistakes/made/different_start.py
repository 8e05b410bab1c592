"""Runs that start from other values."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

FIRST, SECOND = Table("a", rate=0.1), Table("b", rate=0.5)
OTHER_WEIGHTS = (0.15, 0.2, 0.25, 0.3, 0.4, 0.445, 0.5, 0.55)
RIGHT = book(FIRST, SECOND)

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
]
