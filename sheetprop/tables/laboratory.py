"""The student's own workbook to experiment with: other numbers in, recalculated, and looked at.

It never looks at a formula. Every experiment is done here: what-ifs that check a judgement, and
runs at other learning rates.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sheetprop.calculating.engine import Engine
from sheetprop.calculating.failures import CalculationError
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.walk import names
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value, Workbook

WINDOW = 2
"""Iterations looked at: one with drawn weights, and the next, which comes from an update."""

AHEAD = 4
"""Further iterations kept in the workbook, for formulas that refer to rows below them."""

NUDGE = 1e-4
SAME = 1e-7
SAME_SLOPE = 1e-5
"""Relative differences up to which values, and central differences with `NUDGE`, agree."""

SHEET = pattern(r"(?<!')'((?:[^']|'')++)'!|([^\W\d][\w.]{0,255})!")
ANY_SHEET = pattern(r"\bINDIRECT\(", re.I)

Place = tuple[str, Address]


class Laboratory:
    """Some iterations of a table, from `start` on, in a workbook of their own that can be changed.

    `length` is how many are looked at. Raises `CalculationError`.
    """

    def __init__(
        self,
        workbook: Workbook,
        judgement: Judgement,
        start: int = 0,
        length: int = WINDOW,
        seed: int = 7,
    ) -> None:
        self.table = judgement.table
        self.judgement = judgement
        self.steps = range(start, min(start + length, self.table.iterations))
        self._engine = Engine(_part(workbook, judgement, self.steps))
        self._random = random.Random(seed)  # noqa: S311 - numbers to calculate with, no secrets
        self.experiment = replace(judgement, value_of=self._engine.value)

    def draw(self) -> None:
        """Give every input, target, weight and the rate another value, and recalculate."""
        drawn: dict[Place, Value] = {}
        for name, quantity in self.judgement.network.quantities.items():
            if quantity.is_given_first:
                low, high = (0.15, 0.9) if quantity.kind in ("input", "target") else (-0.9, 0.9)
                cells = self._given_cells(name, self._drawn_steps(name))
                drawn |= dict.fromkeys(cells, self._random.uniform(low, high))
        for place in _rate_cells(self.judgement, self.steps):
            drawn[place] = self._random.uniform(0.2, 1.5)
        self._engine.set_all(drawn)
        self._engine.recalculate()

    def _drawn_steps(self, name: str) -> list[int]:
        """Return the iterations in which a quantity is drawn.

        What is given is, in every one looked at, and where it stays the same in the first, too:
        formulas may be fixed to that.
        """
        if self.judgement.network.quantities[name].tree is not None:
            return [self.steps[0]]
        first = [] if name in self.judgement.varying else [0]
        return sorted({*first, *self.steps})

    def train_at(self, rate: float) -> bool:
        """Set the learning rate and recalculate; return whether a cell holds it."""
        cells = dict.fromkeys(_rate_cells(self.judgement, self.steps), rate)
        self._engine.set_all(cells)
        self._engine.recalculate()
        return bool(cells)

    def _given_cells(self, name: str, steps: Iterable[int]) -> Iterator[Place]:
        """Yield the cells that give a quantity its number, in the table and outside."""
        if self.table.holds(name):
            yield from ((self.table.sheet, self.table.cell(name, step)) for step in steps)
        yield from (place for place, alias in self.judgement.aliases.items() if alias == name)

    def value(self, name: str, step: int) -> Value:
        """Return what the student's cell shows now, None for a quantity without one."""
        if not self.table.holds(name):
            return None
        return self._engine.value(self.table.sheet, self.table.cell(name, step))

    def right(self, name: str, step: int) -> float | None:
        """Return what a cell should show, given the other cells; None where none can tell."""
        return self.experiment.own_value(name, step)

    def taken(self, name: str, step: int) -> dict[tuple[str, int], float | None]:
        """Return the values that the right formula takes, but for a rate that is typed into it."""
        tree = self.judgement.network.quantities[name].tree
        leaves = names(tree) if tree is not None else set()
        is_typed = self.judgement.rate.is_typed
        return {
            (leaf.name, leaf.shift): self.experiment.student_value(leaf, step)
            for leaf in leaves
            if not (leaf.name == LEARNING_RATE and is_typed)
        }

    def slope(self, parameter: str) -> float | None:
        """Return ∂E_total/∂ of a weight in the first iteration, by central differences."""
        start = self.steps[0]
        before = self.value(parameter, start)
        if not isinstance(before, int | float):
            return None
        errors = []
        for sign in (1, -1):
            self._nudge(parameter, before + sign * NUDGE)
            errors.append(self.value("E_total", start))
        self._nudge(parameter, before)
        above, below = errors
        if not (isinstance(above, int | float) and isinstance(below, int | float)):
            return None
        return (above - below) / (2 * NUDGE)

    def _nudge(self, parameter: str, value: float) -> None:
        self._engine.set(self.table.sheet, self.table.cell(parameter, self.steps[0]), value)
        self._engine.recalculate()


def laboratory(
    workbook: Workbook, judgement: Judgement, start: int = 0, length: int = WINDOW
) -> Laboratory | None:
    """Return a laboratory, or None where the workbook cannot be calculated with other numbers."""
    try:
        return Laboratory(workbook, judgement, start, length)
    except CalculationError:
        return None


def close(left: float, right: float, relative: float) -> bool:
    """Whether two numbers agree, near zero to what cancellation leaves."""
    return abs(left - right) <= relative * max(abs(left), abs(right)) + 1e-12


def _rate_cells(judgement: Judgement, steps: range) -> Iterator[Place]:
    """Yield the cells to change for another rate: one, or those on a line of rates."""
    rate, table = judgement.rate, judgement.table
    if rate.cell is not None:
        yield rate.cell
    elif rate.line is not None:
        for step in range(steps[0], min(steps[-1] + 1 + AHEAD, table.iterations)):
            yield table.sheet, table.at(rate.line, table.places[step])


def _part(workbook: Workbook, judgement: Judgement, steps: range) -> Workbook:
    """Return the workbook without the table's other iterations, and without sheets not needed.

    That makes a recalculation some hundred times quicker; what remains is untouched.
    """
    own = replace(workbook[judgement.table.sheet], cells=_kept(workbook, judgement, steps))
    needed = _needed(workbook, own)
    sheets = tuple(
        own if sheet.name == own.name else sheet if sheet.name in needed else Sheet(sheet.name, {})
        for sheet in workbook.sheets
    )
    return Workbook(sheets, workbook.names)


def _kept(workbook: Workbook, judgement: Judgement, steps: range) -> Mapping[Address, Cell]:
    """Return the cells of the table's sheet, without those of iterations far from the window."""
    table = judgement.table
    early, late = steps[0] - AHEAD, steps[-1] + AHEAD
    away = {p for step, p in enumerate(table.places) if step > late or 0 < step < early}
    cells, across = workbook[table.sheet].cells, int(table.is_across)
    return {a: cell for a, cell in cells.items() if a[across] not in away}


def _needed(workbook: Workbook, own: Sheet) -> set[str]:
    """Return the sheets that a sheet's formulas take numbers from, directly or through others."""
    by_name = {sheet.name.casefold(): sheet for sheet in workbook.sheets}
    needed: set[str] = set()
    waiting = [own]
    while waiting:
        sheet = waiting.pop()
        text = "\n".join([*_formulas(sheet), *workbook.names.values()])
        if "!" not in text and "INDIRECT(" not in text.upper():
            continue  # as mostly, and found in a hundredth of the time of the patterns
        if ANY_SHEET.search(text):
            return {sheet.name for sheet in workbook.sheets}
        mentioned = {(a.replace("''", "'") or b).casefold() for a, b in set(SHEET.findall(text))}
        found = [by_name[name] for name in mentioned if name in by_name]
        waiting += [sheet for sheet in found if sheet.name not in needed]
        needed |= {sheet.name for sheet in found}
    return needed


def _formulas(sheet: Sheet) -> Iterator[str]:
    return (cell.formula for cell in sheet.cells.values() if cell.formula)
