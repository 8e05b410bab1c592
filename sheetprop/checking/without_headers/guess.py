"""What the lines of a table without headers are taken for, while they are being named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sheetprop.maths.trees.expr import Expr, Name

FIRST_CELL = 1_000_000
"""Cells outside the table are numbered from here on, behind all columns and about all rows."""


@dataclass
class Guess:
    """Lines of a run by number, what each computes, and what it is taken for.

    `updates` are the lines that take themselves one iteration before.
    """

    trees: Mapping[int, Expr]
    updates: Collection[int]
    quantity: dict[str, int] = field(default_factory=dict)

    @property
    def by_line(self) -> dict[int, str]:
        """What each line is taken for."""
        return {line: name for name, line in self.quantity.items()}


def line_of(name: Name) -> int:
    """Return the number of the line that a leaf of a tree is."""
    return int(name.name[1:])
