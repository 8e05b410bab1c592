"""Where everything stands: settings, results and data on the first sheet, rows on the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.lessons.kinds.frame import BELOW
from sheetprop.lessons.kinds.optimizers.content import Optimizers
from sheetprop.lessons.kinds.optimizers.schedules import SCHEDULES
from sheetprop.notation.address import fixed, on
from sheetprop.rows.optimizer_trees import OPTIMIZERS, Column, columns
from sheetprop.workbooks.page import OPTIMIZERS as MAIN
from sheetprop.workbooks.page import SCHEDULES as RATES
from sheetprop.workbooks.sheet import Address

NAME, SYMBOL, VALUE = 1, 2, 3
"""Columns of the settings."""

RESULT, BASE, LAST_W, LAST_B, LAST_LOSS, FAR = 5, 6, 7, 8, 9, 10
"""Columns of the results; `BASE` is the learning rate, which may be changed."""

POINT, POINT_X, POINT_Y = 5, 6, 7
"""Columns of the data."""

TOP = BELOW + 4
SETTINGS = (
    *("w0", "b0", "schedule", "steps", "mu", "alpha", "beta1", "beta2", "epsilon", "lambda"),
    *("gamma", "size", "lowest", "warm", "div", "final"),
)
"""The settings in their order, from row `TOP` on; above it stand the headers of the results."""

OWN = 11
"""The row of the names of settings and points on the sheets of runs; their values stand below."""

HEAD, START = 14, 15
"""Rows of the headers and of row 0 on the sheets of runs and of schedules."""

STEP, RATE, FIRST = 1, 2, 3
"""Columns of a run."""

CHOSEN = 2 + len(SCHEDULES)
"""The column of the chosen schedule on the sheet of schedules."""


def setting(name: str) -> Address:
    """Return the cell of a setting."""
    return TOP + SETTINGS.index(name), VALUE


@dataclass(frozen=True)
class Places:
    """Where the parts of one workbook stand."""

    found: Optimizers

    @property
    def optimizers(self) -> tuple[str, ...]:
        """Return the optimizers that are compared, in order."""
        return tuple(name for name in OPTIMIZERS if name in self.found.rates)

    def result(self, optimizer: str) -> int:
        """Return the row of an optimizer's result."""
        return TOP + self.optimizers.index(optimizer)

    @property
    def best(self) -> int:
        """Return the row of the line that fits best."""
        return TOP + len(self.optimizers)

    @property
    def points(self) -> int:
        """Return the row of the headers of the data."""
        return self.best + 3

    @property
    def below(self) -> int:
        """Return the first row below settings and data."""
        return max(TOP + len(SETTINGS), self.points + len(self.found.x) + 1) + 1

    @property
    def last(self) -> int:
        """Return the row of the last step on the sheets of runs."""
        return START + self.found.steps

    def quantities(self, optimizer: str, start: Sequence[str] = ("", "")) -> tuple[Column, ...]:
        """Return the quantities of an optimizer's run; `start` are formulas of first parameters."""
        return columns(optimizer, len(self.found.x), start)

    @property
    def starts(self) -> tuple[str, ...]:
        """Return the settings that the parameters start from."""
        return ("w0", "b0")

    @property
    def told(self) -> str:
        """Return the parameter whose rule is written above a run."""
        return "w"

    def points_of(self, column: int) -> str:
        """Return the range of all x or all y."""
        first, last = self.points + 1, self.points + len(self.found.x)
        return f"{fixed((first, column))}:{fixed((last, column))}"

    def constants(self) -> dict[str, str]:
        """Return the reference of everything that is the same in all rows."""
        found = {name: on(MAIN, setting(name)) for name in SETTINGS}
        for k in range(1, len(self.found.x) + 1):
            found[f"x{k}"] = on(MAIN, (self.points + k, POINT_X))
            found[f"y{k}"] = on(MAIN, (self.points + k, POINT_Y))
        return found

    def column(self, optimizer: str, name: str) -> int:
        """Return the column of a quantity on an optimizer's sheet."""
        names = [column.name for column in self.quantities(optimizer, ("",) * len(self.starts))]
        return FIRST + names.index(name)


def base(places: Places, optimizer: str) -> str:
    """Return the reference of an optimizer's learning rate."""
    return on(MAIN, (places.result(optimizer), BASE))


def factor(row: int) -> str:
    """Return the reference of the chosen schedule's factor in a row."""
    return on(RATES, (row, CHOSEN)).replace(f"${row}", str(row))
