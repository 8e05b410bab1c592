"""Which inputs and targets change from iteration to iteration."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sheetprop.checking.fitting.read_table import Fitted
from sheetprop.maths.trees.expr import Name
from sheetprop.maths.trees.walk import names
from sheetprop.mistakes.departure import departure, with_unread
from sheetprop.tables.lines import Line


def varying(fitted: Fitted) -> frozenset[str]:
    """Return the given quantities with a line that does not have one value for all iterations.

    A single cell that departs from what is carried on is wrong, and nothing varies by that.
    """
    found = frozenset(
        name
        for name, line in fitted.lines.items()
        if (quantity := fitted.network.quantities.get(name)) is not None
        and quantity.tree is None
        and _changes(fitted, name, line)
    )
    return found - _departing(fitted) if found else found


def _departing(fitted: Fitted) -> frozenset[str]:
    """Return the quantity that leaves in one cell what its line carries on, if there is one."""

    def value_of(name: Name, step: int) -> float | None:
        table = fitted.table
        value = fitted.value_of(table.sheet, table.cell(name.name, step))
        return float(value) if isinstance(value, int | float) else None

    trees = {
        name: with_unread(
            ((one.steps, one.tree) for fill in found for one in fill),
            partial(value_of, Name(name)),
        )
        for name, found in fitted.read.items()
        if name in fitted.network.quantities and fitted.network.quantities[name].tree is None
    }
    departed = departure(fitted.network, fitted.lines, trees, value_of)
    return frozenset([departed.quantity] if departed else [])


def _changes(fitted: Fitted, name: str, line: Line) -> bool:
    if len(set(line.numbers.values())) > 1:
        return True
    steps = list(_calculated(fitted, name))
    if not steps:
        return False
    sheet, table = fitted.table.sheet, fitted.table
    values = {fitted.value_of(sheet, table.cell(name, step)) for step in steps}
    known = (v for v in (*values, *line.numbers.values()) if not isinstance(v, bool))
    return len({v for v in known if isinstance(v, int | float)}) > 1


def _calculated(fitted: Fitted, name: str) -> Iterator[int]:
    """Yield the steps whose formula takes the number from outside of the table.

    One that copies the quantity from another iteration changes nothing; one that calculates with
    what stands in the table is wrong, and tells nothing of those that are right.
    """
    for found in fitted.read.get(name, ()):
        for reading in found:
            takes_any = reading.tree is not None and names(reading.tree)
            yield from () if takes_any else reading.steps
