"""What the digits that typed numbers lack make of everything calculated from them.

A number typed with four digits is half a unit of its last digit off, at most. What a formula
makes of such numbers is off by what each of them can change it: Σ |∂f/∂x|·½ unit, the linear
propagation of maximal errors (Ku, "Notes on the use of propagation of error formulas", Journal of
Research of the NBS 70C (1966)).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache

from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.code import IN_CODE, code_of, defined
from sheetprop.maths.trees.evaluate import EXACT as FUNCTIONS
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import names
from sheetprop.tables.digits import digits_of, half_unit
from sheetprop.tables.judgement import Judgement

FEWEST_DIGITS = 0.05
"""Relative difference up to which a number with few digits tells the right one from others."""

FEWEST_ALIKE = 3
"""So many numbers of one column show with how many decimals it was pasted."""

FEWEST_DIGITS_ALONE = 0.005
"""The same for a number that stands alone among formulas: no others show how it was rounded."""

FEWEST_SHOWN = 4
"""A number among formulas with fewer digits than that was typed by hand, and rounded by nobody.

A weight that stays 0.2 while the right one goes from 0.1996 to 0.199 is right to its digit, and may
as well have been left as it was.
"""

EXACT = 1e-9
SECOND_ORDER = 1.01
"""What the propagated sum is taken times: products of two errors are not in it."""


class Told(Enum):
    """What a typed number is by its digits and those of the numbers it is calculated from."""

    RIGHT = "right to its digits"
    WRONG = "wrong"
    UNTOLD = "too few digits to tell"


class Roundings:
    """The typed numbers of one table, and how far off they and what they give may be."""

    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self._slack: dict[tuple[str, int], float] = {}
        self._values: dict[tuple[str, int], float | None] = {}
        self._halves: dict[str, float] = {}
        self._digits: dict[str, int] = {}
        self._told: dict[tuple[str, int], Told] = {}
        self._put_right: dict[tuple[str, int], float] = {}
        self._known_to = 0

    def told(self, name: str, step: int) -> Told:
        """Return what the number typed for a quantity is; untold where nothing gives a right one.

        It agrees where its own half unit and those of the numbers behind it explain the difference.
        Where that is more than a twentieth of the right number, agreeing tells nothing.
        """
        right = self._judgement.own_value(name, step)
        if right is None:
            return Told.UNTOLD
        if (name, step) not in self._told:
            told = self._told_beside(name, step, right)
            if told is Told.WRONG and (mended := self._mended(name, step)) is not None:
                told = self._told_beside(name, step, mended)
                self._put_right[name, step] = mended
            self._told[name, step] = told
        return self._told[name, step]

    def right(self, name: str, step: int) -> float | None:
        """Return what belongs in a cell, wrong numbers that it is calculated from put right."""
        self.told(name, step)
        return self._put_right.get((name, step), self._judgement.own_value(name, step))

    def _mended(self, name: str, step: int) -> float | None:
        """Return what is right where the wrong numbers it is calculated from are put right.

        A number taken from a right run is not wrong because another beside it is. None where no
        number behind it is wrong.
        """
        tree = self._judgement.network.quantities[name].tree
        assert tree is not None
        known = {}
        for leaf in names(tree):
            known[leaf] = self._judgement.student_value(leaf, step)
            if self._is_wrong(leaf.name, step + leaf.shift):
                known[leaf] = self._judgement.own_value(leaf.name, step + leaf.shift)
        shown = (self._judgement.student_value(leaf, step) for leaf in known)
        if None in known.values() or all(
            a == b for a, b in zip(known.values(), shown, strict=True)
        ):
            return None
        try:
            return float(evaluate(tree, known.__getitem__))
        except (ArithmeticError, ValueError):
            return None

    def _is_wrong(self, name: str, step: int) -> bool:
        quantity = self._judgement.network.quantities.get(name)
        line = self._judgement.lines.get(name)
        if quantity is None or quantity.tree is None or (quantity.is_given_first and step <= 0):
            return False
        return line is not None and step in line.numbers and self.told(name, step) is Told.WRONG

    def _told_beside(self, name: str, step: int, right: float) -> Told:
        number = self._judgement.lines[name].numbers[step]
        off, scale = abs(number - right), FEWEST_DIGITS * abs(right)
        own = self._own_half(name, number, scale) * (1 + 1e-7) + EXACT * abs(right)
        if off <= min(own, scale):
            return Told.UNTOLD if self._is_vague(name, number, right) else Told.RIGHT
        slack = self._carried(name, step)
        if off > own + slack:
            return Told.WRONG
        return Told.RIGHT if max(off, slack) <= scale else Told.UNTOLD

    def _is_vague(self, name: str, number: float, right: float) -> bool:
        """Whether a number among formulas agrees with the right one, but might with others."""
        off = abs(number - right)
        if self._is_alone(name) and off > FEWEST_DIGITS_ALONE * abs(right):
            return True
        shown = max(digits_of(number), self._column_digits(name))
        is_among_formulas = bool(self._judgement.lines[name].fills)
        return is_among_formulas and shown < FEWEST_SHOWN and off > EXACT * abs(right)

    def _is_alone(self, name: str) -> bool:
        """Whether formulas stand in a column, and too few numbers to show how they were pasted."""
        return bool(self._judgement.lines[name].fills) and len(self._pasted(name)) < FEWEST_ALIKE

    def _own_half(self, name: str, number: float, most: float) -> float:
        """Return half a unit of a number's last digit, as its column was pasted.

        A single number with one digit may be half of itself off: it agrees with anything, so with
        nothing.
        """
        alike = half_unit(number, self._column_digits(name))
        return max(self._column_half(name), min(half_unit(number), most, alike))

    def _column_digits(self, name: str) -> int:
        """Return with how many digits a column was pasted, 0 where too few numbers show it.

        A program drops zeros at the end: 0.15 beside 0.1432 and 0.1375 is 0.1500.
        """
        if name not in self._digits:
            counts = sorted(map(digits_of, self._pasted(name)), reverse=True)
            self._digits[name] = counts[FEWEST_ALIKE - 1] if len(counts) >= FEWEST_ALIKE else 0
        return self._digits[name]

    def _pasted(self, name: str) -> list[float]:
        numbers = list(self._judgement.lines[name].numbers.values())
        return numbers[self._judgement.network.quantities[name].is_given_first :]

    def _column_half(self, name: str) -> float:
        """Return half a unit of the last decimal of a column, 0 where too few numbers show it."""
        if name not in self._halves:
            numbers = self._pasted(name)
            halves = [half_unit(number) for number in numbers if number]
            is_shown = len(numbers) >= FEWEST_ALIKE and halves
            self._halves[name] = min(halves) if is_shown else 0.0
        return self._halves[name]

    def _error(self, name: str, step: int) -> float:
        """Return how far off a quantity's cell may be: given numbers are what they are."""
        quantity = self._judgement.network.quantities.get(name)
        if quantity is None or quantity.tree is None or (quantity.is_given_first and step <= 0):
            return 0.0
        line = self._judgement.lines.get(name)
        if line is not None and step in line.numbers:
            number = line.numbers[step]
            return self._own_half(name, number, FEWEST_DIGITS * abs(number))
        return self._of(name, step)

    def _carried(self, name: str, step: int) -> float:
        """Return how far off a formula is, those of the steps before first: none is too deep."""
        moving = [n for n, q in self._judgement.network.quantities.items() if q.is_given_first]
        for before in range(self._known_to, step):
            for parameter in moving:
                self._error(parameter, before)
        self._known_to = max(self._known_to, step)
        return self._of(name, step)

    def _of(self, name: str, step: int) -> float:
        key = name, step
        if key not in self._slack:
            self._slack[key] = self._propagated(name, step)
        return self._slack[key]

    def _propagated(self, name: str, step: int) -> float:
        tree = self._judgement.network.quantities[name].tree
        assert tree is not None
        leaves, function = _as_function(tree)
        errors = [
            0.0 if leaf.name == LEARNING_RATE else self._error(leaf.name, step + leaf.shift)
            for leaf in leaves
        ]
        values = [self._value(leaf, step) for leaf in leaves] if any(errors) else []
        known = [value for value in values if value is not None]
        if len(known) < len(leaves):
            return 0.0
        changes = (_change(function, known, k, error) for k, error in enumerate(errors) if error)
        return SECOND_ORDER * sum(changes)

    def _value(self, leaf: Name, step: int) -> float | None:
        """Return the student's own value of a leaf, which many formulas take."""
        place = leaf.name, step + leaf.shift
        if place not in self._values:
            self._values[place] = self._judgement.student_value(leaf, step)
        return self._values[place]


@lru_cache(maxsize=1000)
def _as_function(tree: Expr) -> tuple[tuple[Name, ...], Callable[..., float]]:
    """Return the names in a tree, in order, and what it comes to as a function of them."""
    leaves = tuple(sorted(names(tree), key=lambda leaf: (leaf.name, leaf.shift)))
    number = {leaf: f"v{k}" for k, leaf in enumerate(leaves)}
    code = code_of(tree, lambda leaf: number[leaf], {*FUNCTIONS, *IN_CODE})  # type: ignore[index]
    function = defined(f"f = lambda {','.join(number.values())}: {code}", FUNCTIONS)["f"]
    return leaves, function


def _change(
    function: Callable[..., float], values: Sequence[float], place: int, error: float
) -> float:
    """Return how much a formula's value changes with one of its numbers."""
    found = []
    for by in (error, -error):
        moved = [*values]
        moved[place] += by
        try:
            found.append(function(*moved))
        except (ArithmeticError, ValueError, TypeError):
            return 0.0
    change = abs(found[0] - found[1]) / 2
    return change if math.isfinite(change) else 0.0
