"""The word for a run: by what is left of E_total, and by the slopes that gradients pass through."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.notation.address import column_letters
from sheetprop.words import Words
from sheetprop.workbooks.sheet import Value

VERDICTS = (
    "overflows",
    "begins",
    "stuck",
    "diverges",
    "overshoots",
    "hardly",
    "slow",
    "learns",
)
"""What a run may do, in the order in which it is tried; the words for it are verdict_…

Where examples come in turn, E_total is another example's in each row: what is compared there is the
mean over a round, in which each example comes once.
"""

UNTOLD = "–"
"""Stands for the word where there is no run: without a rate, or without a first E_total."""

MOST_TURNS = 40
"""Examples in turn whose rounds are followed row by row: formulas have a greatest length."""

# The criteria, told to the reader by the words compare_…; as text where a formula has them.
_FLAT, _STILL, _RISE, _HARDLY, _SLOW = "0.001", "1E-3", "1E-9", "0.95", "0.5"


@dataclass(frozen=True)
class Course:
    """The cells with a run's E_total, one below the other; texts stand where there is no number.

    After `turns` rows the same example comes again.
    """

    column: int
    first: int
    last: int
    turns: int = 1

    def cell(self, row: int) -> str:
        """Return one cell; its row is fixed."""
        return f"{column_letters(self.column)}${row}"

    def between(self, first: int, last: int) -> str:
        """Return a range of rows."""
        return f"{self.cell(first)}:{self.cell(last)}"

    @property
    def all(self) -> str:
        """Return the range of all rows."""
        return self.between(self.first, self.last)

    @property
    def opening(self) -> str:
        """Return the first E_total, or the mean of the first round."""
        return self._mean(self.first, min(self.first + self.turns - 1, self.last))

    @property
    def ending(self) -> str:
        """Return the last E_total, or the mean of the last round."""
        return self._mean(max(self.last - self.turns + 1, self.first), self.last)

    def _mean(self, first: int, last: int) -> str:
        return self.cell(first) if first == last else f"AVERAGE({self.between(first, last)})"

    @property
    def rises(self) -> str:
        """Return a formula that counts the steps in which E_total rises, by more than rounding.

        Of rounds, it counts those with a larger mean than the round before.
        """
        if self.last - self.first + 1 < 2 * self.turns or self.turns > MOST_TURNS:
            return "0"
        later = self.rounds(self.first + self.turns, self.last)
        earlier = self.rounds(self.first, self.last - self.turns)
        slack = f"{self.turns}*" if self.turns > 1 else ""
        return f"SUMPRODUCT(--({later}>{earlier}+{slack}{self.opening}*{_RISE}))"

    def rounds(self, first: int, last: int) -> str:
        """Return the sums over every round within some rows, as ranges that are added."""
        more = self.turns - 1
        return "+".join(self.between(first + k, last - more + k) for k in range(self.turns))


def verdict(values: Sequence[float | str], outputs: Value, flattest: Value, turns: int = 1) -> str:
    """Return which of `VERDICTS` it is, from E_total in all rows and two slopes in the last one."""
    numbers = [value for value in values if not isinstance(value, str)]
    if len(numbers) < len(values):
        return "overflows"
    if len(numbers) <= turns:
        return "begins"
    rounds = sums_of_rounds(numbers, turns)
    first, last = rounds[0], rounds[-1]
    is_still = _is_flat(flattest) and abs(numbers[-1] - numbers[-1 - turns]) < first * _part(
        _STILL, turns
    )
    if _is_flat(outputs) or is_still:
        return "stuck"
    if last > first:
        return "diverges"
    steps = zip(rounds, rounds[turns:], strict=False) if turns <= MOST_TURNS else ()
    if any(after > before + first * float(_RISE) for before, after in steps):
        return "overshoots"
    if last > first * float(_HARDLY):
        return "hardly"
    return "slow" if last > first * float(_SLOW) else "learns"


def sums_of_rounds(numbers: Sequence[float], turns: int) -> list[float]:
    """Return E_total, added up over the rounds that begin in each row."""
    if turns == 1:
        return list(numbers)
    return [math.fsum(numbers[k : k + turns]) for k in range(len(numbers) - turns + 1)]


def _part(text: str, turns: int) -> float:
    """Return a part of the mean over a round as one of its sum."""
    return float(text) / turns


def _is_flat(value: Value) -> bool:
    return isinstance(value, float) and value < float(_FLAT)


def verdict_formula(course: Course, outputs: str, flattest: str, rate: str, words: Words) -> str:
    """Return the formula of the word; the two slopes are cells that may hold a text.

    Where the cell of the learning rate holds none, or the first E_total is no number, there is a
    dash: no step has done that.
    """
    first, last = course.opening, course.ending
    before = course.cell(max(course.last - course.turns, course.first))
    still = f"AND({flattest}<{_FLAT},ABS({course.cell(course.last)}-{before})<{first}*{_STILL})"
    few = f"<={course.turns}" if course.turns > 1 else "=1"
    conditions = {
        "overflows": f"COUNT({course.all})<ROWS({course.all})",
        "begins": f"ROWS({course.all}){few}",
        "stuck": f"OR({outputs}<{_FLAT},{still})",
        "diverges": f"{last}>{first}",
        "overshoots": f"{course.rises}>0",
        "hardly": f"{last}>{first}*{_HARDLY}",
        "slow": f"{last}>{first}*{_SLOW}",
    }
    formula = words.quoted("verdict_learns")
    for key, condition in reversed(conditions.items()):
        formula = f"IF({condition},{words.quoted(f'verdict_{key}')},{formula})"
    begun = f"N({rate})*COUNT({course.cell(course.first)})>0"
    return f'=IF({begun},{formula},"{UNTOLD}")'
