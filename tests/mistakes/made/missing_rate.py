"""A rate with two runs, and one with none."""

from __future__ import annotations

from making import Example, book
from worksheets import Table

ALL = [Table(f"LR_{rate:g}", rate=rate) for rate in (0.1, 0.2, 0.5, 0.8, 1.0, 2.0)]
TWICE = [Table("first", rate=0.3), Table("second", rate=0.3)]

EXAMPLES = [
    Example("twice", book(*TWICE), mended=book(TWICE[0], Table("second", rate=0.4))),
    Example("none", book(*ALL[:3], *ALL[4:]), mended=book(*ALL)),
]
