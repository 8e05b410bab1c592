"""What if: the student's own workbook, recalculated with other inputs, targets, weights and rates.

This is the second oracle. The first reads formulas as trees; this one never looks at a formula, it
changes numbers and watches. In it a gradient must be the slope of the student's own E_total, found
by changing a weight a little. Where the two disagree, nothing is accused and it is said.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheetprop.calculating.engine import CalculationError, Engine
from sheetprop.maths.expr import Expr, Number
from sheetprop.tables.judgement import Judgement, Unread, Wrong
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value, Workbook

DRAWS = 8
SLOPES = 2
"""So many of the draws are used for central differences as well, which take two more each."""

STEPS = 2
"""Iterations looked at: the first, and the first that comes from an update."""

AHEAD = 4
"""Further iterations kept in the workbook, for formulas that refer to rows below them."""

NUDGE = 1e-4
SAME = 1e-7
SAME_SLOPE = 1e-5
"""Relative differences up to which values, and central differences with `NUDGE`, agree."""


class Laboratory:
    """The first iterations of a table, in a workbook of their own that can be changed."""

    def __init__(self, workbook: Workbook, judgement: Judgement, seed: int = 7) -> None:
        self.table = judgement.table
        self.judgement = judgement
        self.steps = min(STEPS, self.table.iterations)
        self._engine = Engine(_beginning(workbook, judgement))
        self._random = random.Random(seed)  # noqa: S311 - numbers to calculate with, no secrets
        self.experiment = replace(judgement, value_of=self._engine.value)

    def draw(self) -> None:
        """Give every input, target, weight and the rate another value, and recalculate."""
        for name, quantity in self.judgement.network.quantities.items():
            if quantity.is_given_first and self.table.holds(name):
                low, high = (0.15, 0.9) if quantity.kind in ("input", "target") else (-0.9, 0.9)
                value = self._random.uniform(low, high)
                steps = 1 if quantity.tree is not None else self.steps
                self._set_given(name, value, steps)
        rate = self.judgement.rate
        if rate.cell is not None:
            self._engine.set(*rate.cell, self._random.uniform(0.2, 1.5))
        self._engine.recalculate()

    def _set_given(self, name: str, value: float, steps: int) -> None:
        for step in range(steps):
            self._engine.set(self.table.sheet, self.table.cell(name, step), value)
        for (sheet, cell), alias in self.judgement.aliases.items():
            if alias == name:
                self._engine.set(sheet, cell, value)

    def value(self, name: str, step: int) -> Value:
        """Return what the student's cell shows now, None for a quantity without one."""
        if not self.table.holds(name):
            return None
        return self._engine.value(self.table.sheet, self.table.cell(name, step))

    def agrees(self, name: str, step: int) -> bool | None:
        """Whether a cell shows what it should, given the other cells; None where none can tell."""
        right = self.experiment.own_value(name, step)
        shown = self.value(name, step)
        if right is None or not isinstance(shown, int | float):
            return None
        return _close(float(shown), right, SAME)

    def slope(self, parameter: str) -> float | None:
        """Return ∂E_total/∂ of a weight in the first iteration, by central differences."""
        before = self.value(parameter, 0)
        if not isinstance(before, int | float):
            return None
        errors = []
        for sign in (1, -1):
            self._nudge(parameter, before + sign * NUDGE)
            errors.append(self.value("E_total", 0))
        self._nudge(parameter, before)
        above, below = errors
        if not (isinstance(above, int | float) and isinstance(below, int | float)):
            return None
        return (above - below) / (2 * NUDGE)

    def _nudge(self, parameter: str, value: float) -> None:
        self._engine.set(self.table.sheet, self.table.cell(parameter, 0), value)
        self._engine.recalculate()


def _beginning(workbook: Workbook, judgement: Judgement) -> Workbook:
    """Return the workbook without the table's later iterations, and without other sheets' tables.

    That makes a recalculation some hundred times quicker; what remains is untouched.
    """
    own = replace(workbook[judgement.table.sheet], cells=_early(workbook, judgement.table))
    needed = _mentioned(own)
    sheets = tuple(
        own if sheet.name == own.name else sheet if sheet.name in needed else Sheet(sheet.name, {})
        for sheet in workbook.sheets
    )
    return Workbook(sheets, workbook.names)


def _early(workbook: Workbook, table: Table) -> Mapping[Address, Cell]:
    cells = workbook[table.sheet].cells
    late = set(table.places[STEPS + AHEAD :])
    if type(table) is not Table:
        return {a: cell for a, cell in cells.items() if table.split(a)[1] not in late}
    axis = 0 if table.orientation == "rows" else 1
    return {a: cell for a, cell in cells.items() if a[axis] not in late}


def _mentioned(sheet: Sheet) -> set[str]:
    texts = {cell.formula.split("!")[0] for cell in sheet.cells.values() if cell.formula}
    return {text.rpartition("'")[0].rpartition("'")[2] for text in texts}


def verify(workbook: Workbook, judgement: Judgement) -> None:
    """Hold a judgement against the recalculated workbook, and take back what that contradicts.

    Formulas that have no tree are judged by their values alone.
    """
    doubtful = {w.quantity for w in judgement.wrong} | {u.quantity for u in judgement.unread}
    if not doubtful:
        return
    try:
        verdicts = _verdicts(Laboratory(workbook, judgement), doubtful)
    except CalculationError:  # with other numbers: then nothing contradicts the judgement
        return
    _take_back(judgement, verdicts)
    _decide_unread(judgement, verdicts)


def _verdicts(laboratory: Laboratory, doubtful: set[str]) -> dict[str, list[bool | None]]:
    """Return, for each doubtful quantity, whether it behaved right whenever that was looked at."""
    verdicts: dict[str, list[bool | None]] = {name: [] for name in doubtful}
    for number in range(DRAWS):
        laboratory.draw()
        for name in doubtful:
            verdicts[name] += _observed(laboratory, name)
            if number < SLOPES:
                verdicts[name] += _sloped(laboratory, name)
    return verdicts


def _observed(laboratory: Laboratory, name: str) -> Iterator[bool | None]:
    quantity = laboratory.judgement.network.quantities[name]
    for step in range(1 if quantity.is_given_first else 0, laboratory.steps):
        yield laboratory.agrees(name, step)


def _sloped(laboratory: Laboratory, name: str) -> Iterator[bool | None]:
    """Yield whether a gradient is the slope of the student's own E_total."""
    quantity = laboratory.judgement.network.quantities[name]
    if quantity.kind == "gradient" and laboratory.table.holds("E_total"):
        slope = laboratory.slope(name.removeprefix("dE/d"))
        shown = laboratory.value(name, 0)
        if slope is not None and isinstance(shown, int | float):
            yield _close(float(shown), slope, SAME_SLOPE)


def _take_back(judgement: Judgement, verdicts: Mapping[str, list[bool | None]]) -> None:
    """Accuse nothing that behaves right: a formula misread must not become a mistake."""
    for wrong in list(judgement.wrong):
        seen = [v for v in verdicts[wrong.quantity] if v is not None]
        covers = set(range(STEPS)) & set(wrong.steps)
        if seen and all(seen) and covers and wrong.right_elsewhere == 0:
            judgement.wrong.remove(wrong)
            reason = "its formula reads as wrong, but its values are right whatever the inputs are"
            judgement.unread.append(Unread(wrong.quantity, wrong.steps, reason))


def _decide_unread(judgement: Judgement, verdicts: Mapping[str, list[bool | None]]) -> None:
    for unread in list(judgement.unread):
        seen = verdicts.get(unread.quantity, [])
        if not seen or None in seen or not set(range(STEPS)) & set(unread.steps):
            continue
        judgement.unread.remove(unread)
        if not all(seen):
            tree: Expr = Number(math.nan)
            judgement.wrong.append(Wrong(unread.quantity, unread.steps, tree, 0))


def _close(left: float, right: float, relative: float) -> bool:
    return abs(left - right) <= relative * max(abs(left), abs(right)) + 1e-12
