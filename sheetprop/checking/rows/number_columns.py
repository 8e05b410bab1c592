"""Columns of typed numbers: right to their digits, or with the digits of a known mistake.

A table printed somewhere holds rounded numbers only. Its weight is rounded too, or not told: what
explains a whole column is a formula with some weight that fits all of its rows to their digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice

from sheetprop.checking.rows.row_judgement import RowJudgement
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes import OF_ROWS
from sheetprop.mistakes.base import Diagnosis, Subject
from sheetprop.rows.consistent import FAILURES, FUNCTIONS
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.tables.digits import are_chosen

FEWEST = 4
"""So many numbers tell a formula from others."""

MOST = 40
"""So many are looked at."""

LEAST_WEIGHT, MOST_WEIGHT = 0.01, 20.0
"""Between these lies a weight that nothing tells: a table that leaves it out means none below 0."""

TRIED, ROUNDS = 24, 7
NEAR = 0.3
"""Of the largest number: a formula further off at every weight first tried is given up."""


@dataclass(frozen=True)
class NumberColumn:
    """A computed quantity with nothing but typed numbers, and what their digits allow."""

    judgement: RowJudgement
    name: str

    @property
    def numbers(self) -> dict[int, float]:
        """The typed numbers by step."""
        return self.judgement.lines[self.name].numbers

    @cached_property
    def lesson(self) -> RowLesson:
        """The lesson with everything that may stand once, told or not, but no term that is 0."""
        judgement = self.judgement
        stated = judgement.rows_of.stated
        once = {one.name for one in stated if one.is_once and one.default != 0}
        held = frozenset(judgement.held | once)
        return judgement.rows_of.in_sheet(held).in_columns(lambda name: name.name in held)

    @cached_property
    def unknown(self) -> tuple[str, float, float] | None:
        """What is given once, and between which numbers it lies; None where nothing is."""
        used = self._used()
        if len(used) != 1:
            return None
        (name,) = used
        value = self.judgement.student_value(Name(name), 0) if name in self.judgement.held else None
        if value is None:
            return name, LEAST_WEIGHT, MOST_WEIGHT
        off = decimals([value])
        return name, value - off, value + off

    @property
    def is_untold(self) -> bool:
        """Whether the sheet does not tell what is given once."""
        return self.unknown is not None and self.unknown[0] not in self.judgement.held

    def _used(self) -> set[str]:
        """Return what of the things given once this column is computed from."""
        found: set[str] = set()
        rest = [self.name]
        seen: set[str] = set()
        while rest:
            quantity = self.lesson.quantities[rest.pop()]
            seen.add(quantity.name)
            for leaf in names(quantity.tree) if quantity.tree else ():
                if self.lesson.by_name[leaf.name].is_once:
                    found.add(leaf.name)
                elif leaf.name not in self.judgement.held and leaf.name not in seen:
                    rest.append(leaf.name)
        return found

    def residual(self, tree: Expr, most: int = MOST) -> Callable[[float], float]:
        """Return how far the worst row is off, beyond its digits, for a number given once."""
        off = self._off[self.name]
        rows = self._rows[:most]
        name = self.unknown[0] if self.unknown else ""

        def worst(once: float) -> float:
            found = 0.0
            for number, ends in rows:
                values = [_value(tree, {**end, name: once}) for end in ends]
                low, high = min(values), max(values)
                gap = max(low - off - number, number - high - off)
                found = max(found, gap if math.isfinite(gap) else math.inf)
            return found

        return worst

    @cached_property
    def _off(self) -> dict[str, float]:
        """Half a unit of the last decimal that each column shows; what was chosen is exact."""
        lines = self.judgement.lines.items()
        return {
            name: 0.0 if self._is_exact(name) else decimals(line.numbers.values())
            for name, line in lines
        }

    def _is_exact(self, name: str) -> bool:
        return name != self.name and are_chosen(self.judgement.lines[name].numbers.values())

    @cached_property
    def _rows(self) -> list[tuple[float, list[dict[str, float]]]]:
        """The numbers looked at, each with the ends of what the others in its row may be."""
        looked_at = islice(self.numbers.items(), MOST)
        return [(number, list(self._ends(step))) for step, number in looked_at]

    def _ends(self, step: int) -> Iterator[dict[str, float]]:
        """Yield the numbers of a row as they are, and at the ends of what their digits allow."""
        own = {}
        for name, line in self.judgement.lines.items():
            value = self.judgement.student_value(Name(name), step)
            if name != self.name and value is not None:
                off = self._off[name] if step in line.numbers else 0.0
                own[name] = (value - off, value, value + off)
        for end in (1, 0, 2):
            yield {name: values[end] for name, values in own.items()}


def decimals(numbers: Iterable[float]) -> float:
    """Return half a unit of the last decimal that any of some numbers shows."""
    shown = [Decimal(repr(number)).as_tuple().exponent for number in numbers]
    return 0.5 * 10.0 ** min((one for one in shown if isinstance(one, int)), default=0)


def _value(tree: Expr, row: dict[str, float]) -> float:
    try:
        return float(evaluate(tree, lambda name: row[name.name], FUNCTIONS))
    except (*FAILURES, LookupError):
        return math.nan


def fits(column: NumberColumn, tree: Expr) -> bool:
    """Whether a formula gives every number of a column to its digits, for some weight."""
    if any(name.shift for name in names(tree)):
        return False
    residual = column.residual(tree)
    if column.unknown is None:
        return residual(0.0) <= 1e-12
    _, low, high = column.unknown
    near = NEAR * max(1.0, *map(abs, column.numbers.values()))
    at_first = column.residual(tree, FEWEST)
    first = _spread(low, high, is_wide=column.is_untold)
    if not min(map(at_first, first)) <= near:
        return False
    for turn in range(ROUNDS):
        tried = _spread(low, high, is_wide=turn == 0 and column.is_untold)
        found = [residual(one) for one in tried]
        best = min(range(len(tried)), key=found.__getitem__)
        if found[best] <= 1e-12:
            return True
        if not found[best] <= near:
            return False
        low, high = tried[max(best - 1, 0)], tried[min(best + 1, TRIED)]
    return False


def _spread(low: float, high: float, *, is_wide: bool) -> list[float]:
    """Return numbers from one to another: in equal steps, or each so many times the one before."""
    if is_wide:
        return [low * (high / low) ** (k / TRIED) for k in range(TRIED + 1)]
    return [low + (high - low) * k / TRIED for k in range(TRIED + 1)]


def explained(column: NumberColumn) -> Diagnosis | None:
    """Return the mistake whose formula gives every number of a column, None without one."""
    quantity = column.lesson.quantities[column.name]
    subject = Subject(quantity, column.lesson)
    for mistake in sorted(OF_ROWS, key=lambda one: one.rank):
        for made in mistake.variants(subject):
            if made.cost == 1 and fits(column, made.tree):
                return Diagnosis(mistake, made.case, made.blanks, made.signature)
    return None


def number_columns(judgement: RowJudgement, suspects: Sequence[str]) -> Iterator[NumberColumn]:
    """Yield the columns of typed numbers among some, with enough of them to tell a formula."""
    for name in suspects:
        line = judgement.lines[name]
        if not line.fills and len(line.numbers) >= FEWEST:
            yield NumberColumn(judgement, name)
