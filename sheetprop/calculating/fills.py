"""A fill: one relative formula, and the places it was filled into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.notation.relative import RelativeFormula


@dataclass(frozen=True)
class Fill:
    """One relative formula and where along its line it was filled into, in order.

    The line is a column of a sheet and `steps` are its rows; or it is a quantity of a table, and
    `steps` are the iterations, counted from 0. Consecutive ones are a `range`.
    """

    formula: RelativeFormula
    steps: Sequence[int]

    @property
    def column(self) -> int:
        """The column it was first written in."""
        return self.formula.column

    @property
    def first(self) -> int:
        """Its first row or iteration."""
        return self.steps[0]

    @property
    def last(self) -> int:
        """Its last row or iteration."""
        return self.steps[-1]


def compact(steps: Sequence[int]) -> Sequence[int]:
    """Return numbers in order as a `range` where they follow one another."""
    if len(steps) > 1 and steps[-1] - steps[0] == len(steps) - 1:
        return range(steps[0], steps[-1] + 1)
    return tuple(steps)
