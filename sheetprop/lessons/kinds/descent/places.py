"""Where the data of the network stand, and how its runs differ from those on a line."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.kinds.optimizers.places import POINT_X, SETTINGS, TOP, Places, setting
from sheetprop.notation.address import on
from sheetprop.rows.optimizer_trees import GIVEN, WEIGHTS, Column, network_columns
from sheetprop.workbooks.page import OPTIMIZERS as MAIN

DATA = (*GIVEN, *WEIGHTS)
"""What the network is given and starts from, in the order of its cells."""


class NetworkPlaces(Places):
    """Where the parts of a workbook about the classic network stand."""

    def quantities(self, optimizer: str, start: Sequence[str] = ()) -> tuple[Column, ...]:
        """Return the quantities of an optimizer's run; `start` are formulas of first weights."""
        return network_columns(optimizer, dict(zip(WEIGHTS, start, strict=True)))

    @property
    def starts(self) -> tuple[str, ...]:
        """Return the names of the first weights, which are those of the weights."""
        return tuple(f"{name}_0" for name in WEIGHTS)

    @property
    def told(self) -> str:
        """Return the weight whose rule is written above a run."""
        return "w5"

    @property
    def below(self) -> int:
        """Return the first row below settings and data."""
        return max(TOP + len(SETTINGS), self.points + len(DATA) + 1) + 1

    def constants(self) -> dict[str, str]:
        """Return the reference of everything that is the same in all rows."""
        found = {name: on(MAIN, setting(name)) for name in SETTINGS if name not in ("w0", "b0")}
        for place, name in enumerate(DATA, 1):
            key = name if name in GIVEN else f"{name}_0"
            found[key] = on(MAIN, (self.points + place, POINT_X))
        return found
