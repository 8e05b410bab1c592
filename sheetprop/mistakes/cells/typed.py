"""Numbers typed where formulas belong, held against what the other cells make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from sheetprop.calculating.agreement import is_close
from sheetprop.errors import FormulaError
from sheetprop.maths.quantity import Quantity
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.mistakes.base import Scene
from sheetprop.mistakes.departure import FEWEST_COPIES, departure, with_unread
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.lines import Line
from sheetprop.tables.readings.parsed import parsed
from sheetprop.tables.rounding import Roundings, Told

EXACT = 1e-9
"""Relative difference up to which a typed number has all its digits."""


class Typed(NamedTuple):
    """The typed numbers of one quantity by step, what is right there, and the steps gone wrong.

    `right` is what belongs there, wrong numbers behind it put right. `untold` are steps whose
    number, or those behind it, has too few digits to tell. `is_rounded` tells a whole column whose
    numbers, but for wrong ones, are right as far as their digits go, and have too few.
    """

    quantity: Quantity
    steps: list[int]
    numbers: Mapping[int, float]
    right: Mapping[int, float | None]
    wrong: list[int]
    untold: list[int]
    is_rounded: bool

    @property
    def agreeing(self) -> list[int]:
        """The steps whose number is right, to its digits."""
        others = {*self.wrong, *self.untold}
        return [step for step in self.steps if step not in others]

    @property
    def first_rounded(self) -> int:
        """The first step whose number is right and lacks digits."""
        return next(s for s in self.agreeing if _lacks_digits(self.numbers[s], self.right[s]))


def typed_in(scene: Scene) -> list[tuple[Judgement, Typed]]:
    """Return the typed numbers of each quantity that should be computed, table by table."""
    return [(judgement, typed) for judgement in scene.judgements for typed in _typed_in(judgement)]


def _typed_in(judgement: Judgement) -> Iterator[Typed]:
    roundings = Roundings(judgement)
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities.get(name)
        if quantity is None or quantity.tree is None:
            continue
        first = judgement.first_told(name)
        steps = [step for step in line.numbers if step >= first]
        told = {step: roundings.told(name, step) for step in steps}
        right = {step: roundings.right(name, step) for step in steps}
        wrong = [step for step in steps if told[step] is Told.WRONG]
        untold = [step for step in steps if told[step] is Told.UNTOLD]
        is_whole = len(steps) == judgement.table.iterations - first
        typed = Typed(quantity, steps, line.numbers, right, wrong, untold, is_rounded=False)
        lacks = any(_lacks_digits(line.numbers[s], right[s]) for s in typed.agreeing)
        yield typed._replace(is_rounded=is_whole and lacks and not untold)


class Left(NamedTuple):
    """A cell in which a given quantity, carried on from row to row, becomes another number.

    Or, where all `are_typed`, the only one that is not the number of the others.
    """

    judgement: Judgement
    quantity: str
    step: int
    number: float
    before: float
    are_typed: bool = False


def left_in(scene: Scene) -> Iterator[Left]:
    """Yield the single cells in which an input or target leaves what the others carry on."""
    for judgement in scene.judgements:
        trees = {
            name: with_unread(
                ((one.steps, one.tree) for one in found),
                partial(judgement.student_value, Name(name)),
            )
            for name, found in judgement.compared.items()
            if judgement.network.quantities[name].tree is None
        }
        departed = departure(judgement.network, judgement.lines, trees, judgement.student_value)
        if departed is not None:
            yield Left(judgement, *departed)


class Held(NamedTuple):
    """Cells that hold the number of a given quantity, where the others carry it on."""

    judgement: Judgement
    quantity: str
    steps: list[int]
    number: float


def held_in(scene: Scene) -> Iterator[Held]:
    """Yield the few cells with a typed number, and the right one, in lines that are carried on."""
    for judgement in scene.judgements:
        for name, line in judgement.lines.items():
            if judgement.network.quantities[name].tree is not None or not line.fills:
                continue
            values = dict(line.numbers) | dict(_in_formulas(line))
            copies = sum(len(fill.steps) for fill in line.fills) - len(values) + len(line.numbers)
            first = values.pop(0, judgement.student_value(Name(name), 0))
            steps = [s for s, v in sorted(values.items()) if first is not None and v == first]
            if first is not None and steps and max(len(values), FEWEST_COPIES - 1) < copies:
                yield Held(judgement, name, steps, first)


def _in_formulas(line: Line) -> Iterator[tuple[int, float]]:
    """Yield the steps whose formula is nothing but a number."""
    for fill in line.fills:
        try:
            tree = parsed(fill.formula.at(fill.formula.row, fill.formula.column))
        except FormulaError:
            continue
        if isinstance(tree, Number):
            yield from ((step, tree.value) for step in fill.steps)


def _lacks_digits(typed: float, right: float | None) -> bool:
    return right is not None and not is_close(typed, right, EXACT)
