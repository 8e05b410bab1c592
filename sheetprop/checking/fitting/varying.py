"""Which inputs and targets change from iteration to iteration."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.checking.fitting.read_table import Fitted
from sheetprop.maths.trees.expr import Name
from sheetprop.maths.trees.walk import names
from sheetprop.tables.lines import Line


def varying(fitted: Fitted) -> frozenset[str]:
    """Return the given quantities with a line that does not have one value for all iterations."""
    return frozenset(
        name
        for name, line in fitted.lines.items()
        if (quantity := fitted.network.quantities.get(name)) is not None
        and quantity.tree is None
        and _changes(fitted, name, line)
    )


def _changes(fitted: Fitted, name: str, line: Line) -> bool:
    if len(set(line.numbers.values())) > 1:
        return True
    steps = list(_calculated(fitted, name))
    if not steps:
        return False
    sheet, table = fitted.table.sheet, fitted.table
    values = {fitted.value_of(sheet, table.cell(name, step)) for step in steps}
    numbers = {v for v in (*values, *line.numbers.values()) if isinstance(v, int | float)}
    return len(numbers) > 1


def _calculated(fitted: Fitted, name: str) -> Iterator[int]:
    """Yield the steps whose formula does more than copy the quantity from another iteration.

    One that takes another quantity is wrong, and tells nothing of those that are right.
    """
    for found in fitted.read.get(name, ()):
        for reading in found:
            is_copy = isinstance(reading.tree, Name) and reading.tree.name == name
            taken = {one.name for one in names(reading.tree)} if reading.tree is not None else set()
            yield from () if is_copy or taken - {name} else reading.steps
