"""Headers over two lines: “∂E” above “/∂w1”, or one “w” above “1 2 3 4”, merged or not."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.checking.finding.lone_outputs import lone_outputs
from sheetprop.maths.names import is_gradient, is_parameter
from sheetprop.tables.headers import quantity_named
from sheetprop.workbooks.sheet import Address, Sheet, Value
from sheetprop.workbooks.sweeps import constants

WIDEST = 40
"""So many lines a merged header may stand over: its text is in the first of them."""


NamedCell = tuple[Address, str, str]
"""A cell, the quantity that it names, and the text that does."""


def named_cells(sheet: Sheet) -> Iterator[NamedCell]:
    """Yield every cell that is a header by itself or with that above."""
    found = list(_named(sheet))
    alone = lone_outputs(sheet, {cell: name for cell, name, _ in found})
    yield from sorted((*found, *alone))


def _named(sheet: Sheet) -> Iterator[NamedCell]:
    for cell, content in sorted(constants(sheet.cells)):
        if not _may_end(content.value):  # most numbers
            continue
        name = quantity_named(content.value)
        text = str(content.value)
        if name is None or is_parameter(name):  # below “∂E/∂”, w1 is a gradient
            above = _above(sheet, cell)
            joined = quantity_named(f"{above}{text}") if above else None
            if joined and (name is None or is_gradient(joined)):
                name, text = joined, f"{above}{text}"
        if name:
            yield cell, name, text


def _may_end(value: Value) -> bool:
    """Whether this can be the end of a header: a text, or the number of a neuron or a weight."""
    return isinstance(value, str) or (
        isinstance(value, int | float) and 1 <= value < 100 and value == int(value)
    )


def _above(sheet: Sheet, cell: Address) -> str | None:
    """Return the text above a cell, or left of there where nothing is; none that is a header."""
    row, column = cell
    for back in range(WIDEST):
        found = sheet.cells.get((row - 1, column - back))
        if found is not None and (found.formula is not None or found.value is not None):
            text = found.value
            is_part = isinstance(text, str) and quantity_named(text) is None
            return text.strip() if is_part and isinstance(text, str) else None
    return None
