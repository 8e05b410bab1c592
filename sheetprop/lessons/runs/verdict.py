"""The word for a run: by what is left of E_total, and by the slopes that gradients pass through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
"""What a run may do, in the order in which it is tried; the words for it are verdict_…"""

# The criteria, told to the reader by the words compare_…; as text where a formula has them.
_FLAT, _STILL, _RISE, _HARDLY, _SLOW = "0.001", "1E-3", "1E-9", "0.95", "0.5"


@dataclass(frozen=True)
class Course:
    """The cells with a run's E_total, one below the other; texts stand where there is no number."""

    column: int
    first: int
    last: int

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
    def rises(self) -> str:
        """Return a formula that counts the steps in which E_total rises, by more than rounding."""
        if self.last == self.first:
            return "0"
        later = self.between(self.first + 1, self.last)
        earlier = self.between(self.first, self.last - 1)
        return f"SUMPRODUCT(--({later}>{earlier}+{self.cell(self.first)}*{_RISE}))"


def verdict(values: Sequence[float | str], outputs: Value, flattest: Value) -> str:
    """Return which of `VERDICTS` it is, from E_total in all rows and two slopes in the last one."""
    numbers = [value for value in values if not isinstance(value, str)]
    if len(numbers) < len(values):
        return "overflows"
    if len(numbers) == 1:
        return "begins"
    first, last = numbers[0], numbers[-1]
    is_still = _is_flat(flattest) and abs(last - numbers[-2]) < first * float(_STILL)
    if _is_flat(outputs) or is_still:
        return "stuck"
    if last > first:
        return "diverges"
    if any(after > before + first * float(_RISE) for before, after in pairwise(numbers)):
        return "overshoots"
    if last > first * float(_HARDLY):
        return "hardly"
    return "slow" if last > first * float(_SLOW) else "learns"


def _is_flat(value: Value) -> bool:
    return isinstance(value, float) and value < float(_FLAT)


def verdict_formula(course: Course, outputs: str, flattest: str, words: Words) -> str:
    """Return the formula of the word; the two slopes are cells that may hold a text."""
    first, last = course.cell(course.first), course.cell(course.last)
    before = course.cell(max(course.last - 1, course.first))
    still = f"AND({flattest}<{_FLAT},ABS({last}-{before})<{first}*{_STILL})"
    conditions = {
        "overflows": f"COUNT({course.all})<ROWS({course.all})",
        "begins": f"ROWS({course.all})=1",
        "stuck": f"OR({outputs}<{_FLAT},{still})",
        "diverges": f"{last}>{first}",
        "overshoots": f"{course.rises}>0",
        "hardly": f"{last}>{first}*{_HARDLY}",
        "slow": f"{last}>{first}*{_SLOW}",
    }
    formula = words.quoted("verdict_learns")
    for key, condition in reversed(conditions.items()):
        formula = f"IF({condition},{words.quoted(f'verdict_{key}')},{formula})"
    return f"={formula}"
