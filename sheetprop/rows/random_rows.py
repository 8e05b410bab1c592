"""Random rows of a lesson, all of them right, at which its trees are compared."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from functools import lru_cache

from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Name
from sheetprop.rows.consistent import FAILURES, FUNCTIONS, ConsistentPoints
from sheetprop.rows.row_lesson import ANY_ROW, RowLesson, RowQuantity

BACK, AHEAD = 3, 2
"""Few rows: what each row divides by has to leave something."""

FROM, TO = 0.15, 0.9
"""Between these a given quantity is drawn that does not say otherwise."""


class RandomRows(ConsistentPoints):
    """Random tables of a lesson: every quantity in rows `-BACK` to `+AHEAD`.

    Its quantities are those of the lesson `as_shown`, which has the same trees in the columns of a
    sheet.
    """

    def __init__(self, lesson: RowLesson, as_shown: RowLesson, seed: int = 20) -> None:
        self._rows_of = lesson
        self._random = random.Random(seed)  # noqa: S311 - numbers to calculate with, no secrets
        super().__init__(as_shown, BACK)

    def _is_constant(self, name: str) -> bool:
        stated = self._rows_of.by_name.get(name)
        return stated is not None and stated.is_once

    def _run(self) -> list[Mapping[str, float]]:
        once = {one.name: self._drawn(one) for one in self._rows_of.stated if one.is_once}
        before = {one.name: self._first(one) for one in self._rows_of.stated} | once
        found = []
        for _ in range(BACK + AHEAD + 1):
            given = (one for one in self._rows_of.stated if one.tree is None)
            row = {one.name: self._drawn(one) for one in given} | once
            if self._rows_of.settle is not None:
                self._rows_of.settle(row)
            before = _completed(self._rows_of, row, before)
            found.append(before)
        return list(found)

    def _first(self, one: RowQuantity) -> float:
        """Return what a quantity has before the first row: one that draws may have gone on long.

        From means at 0 the first step of RMSprop would be thousands, and every slope after it 0.
        """
        if one.tree is None or one.draw is not None:
            return self._drawn(one)
        if one.first is None:
            return math.nan
        return one.first(self._random) if callable(one.first) else one.first

    def _drawn(self, one: RowQuantity) -> float:
        return one.draw(self._random) if one.draw else self._random.uniform(FROM, TO)


def _completed(
    lesson: RowLesson, row: dict[str, float], before: Mapping[str, float]
) -> dict[str, float]:
    """Return a row with what is computed from it and the row before."""

    def value(name: Name) -> float:
        if name.shift:
            return before[name.name] if name.shift == -1 else math.nan
        if name.name not in row:
            tree = lesson.quantities[name.name].tree
            assert tree is not None
            row[name.name] = math.nan  # while it is computed, so that a circle ends
            try:
                row[name.name] = float(evaluate(tree, value, FUNCTIONS))
            except FAILURES:
                row[name.name] = math.nan
        return row[name.name]

    for name in lesson.quantities:
        value(Name(name))
    return row


@lru_cache(maxsize=64)
def random_rows(lesson: RowLesson, held: frozenset[str], kind: str = ANY_ROW) -> RandomRows:
    """Return the random rows of a lesson in a sheet with some columns, made once."""
    own = lesson.in_sheet(held, kind)
    return RandomRows(own, own.in_columns(lambda name: name.name in held))
