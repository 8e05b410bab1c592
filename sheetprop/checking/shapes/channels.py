"""The channels that shapes tell, as columns of their own beside everything that a sheet has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sheetprop.checking.shapes.shape import Shape, shape_in
from sheetprop.checking.shapes.summaries import deduced
from sheetprop.checking.shapes.summary_lesson import SUMMARY
from sheetprop.rows.architecture import (
    ARCHITECTURE,
    CHANNELS,
    CHANNELS_IN,
    KERNEL,
    PARAMETERS,
    PRINTED,
    TOLD,
)
from sheetprop.rows.header_words import named
from sheetprop.rows.plain_text import plain
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value

Calculated = Callable[[str, Address], Value]

FEWEST = 2
"""So many shapes below a header are a column of them."""

FAR = 3
"""So many columns right of all others the first of these stands."""

MOST_CELLS = 5_000


@dataclass(frozen=True)
class ShapeColumn:
    """A header and the shapes below it, by their rows."""

    header: Address
    text: str
    shapes: Mapping[int, Shape]

    @property
    def is_input(self) -> bool:
        """Whether they are what comes in."""
        return plain(self.text).startswith(("in", "ein"))


def with_channels(sheet: Sheet, value_of: Calculated) -> dict[Address, Cell]:
    """Return the cells that tell what shapes say: headers, and a number for each row."""
    if len(sheet.cells) > MOST_CELLS:
        return {}
    found: dict[Address, Cell] = {}
    for one in _columns(sheet):
        columns = _told(sheet, one, value_of)
        first = max(column for _, column in (*sheet.cells, *found)) + FAR
        for column, (name, numbers) in enumerate(columns.items(), first):
            found[one.header[0], column] = Cell(name)
            found |= {(row, column): Cell(float(number)) for row, number in numbers.items()}
    return found


def _columns(sheet: Sheet) -> Iterator[ShapeColumn]:
    by_column: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.formula is None and isinstance(cell.value, str):
            by_column.setdefault(column, {})[row] = cell.value
    for column, texts in by_column.items():
        head: tuple[int, str] | None = None
        shapes: dict[int, Shape] = {}
        for row, text in sorted(texts.items()):
            shape = shape_in(text)
            if shape is not None:
                shapes[row] = shape
            elif not shapes:
                head = row, text
        if head is not None and len(shapes) >= FEWEST:
            yield ShapeColumn((head[0], column), head[1], shapes)


def _told(sheet: Sheet, one: ShapeColumn, value_of: Calculated) -> dict[str, dict[int, int]]:
    """Return by their headers the columns that shapes tell, where the sheet has none of them."""
    headers = {
        column: str(cell.value)
        for (row, column), cell in sheet.cells.items()
        if row == one.header[0] and cell.formula is None and isinstance(cell.value, str)
    }
    channels = {row: shape.channels for row, shape in one.shapes.items()}
    if any(shape.is_printed for shape in one.shapes.values()):
        counts = [c for c, text in headers.items() if PARAMETERS in named(text, SUMMARY)]
        found = _of_summary(sheet, one, counts[0], value_of) if counts else {}
        columns = {CHANNELS: channels, **found} if found else {}
        return {f"{name} {PRINTED}": numbers for name, numbers in columns.items()}
    known = {name for text in headers.values() for name in named(text, ARCHITECTURE)}
    own = CHANNELS_IN if one.is_input else CHANNELS
    return {f"{own} {TOLD}": channels} if KERNEL in known and own not in known else {}


def _of_summary(
    sheet: Sheet, one: ShapeColumn, counts: int, value_of: Calculated
) -> dict[str, dict[int, int]]:
    """Return what a printed summary tells besides the channels that each layer gives."""
    numbers = {row: value_of(sheet.name, (row, counts)) for row in one.shapes}
    labels = {row: _label(sheet, row, one.header[1]) for row in one.shapes}
    return deduced(one.shapes, labels, numbers)


def _label(sheet: Sheet, row: int, before: int) -> str:
    """Return the texts of a row left of its shape."""
    cells = (sheet.cells.get((row, column)) for column in range(1, before))
    return " ".join(str(c.value) for c in cells if c and not c.formula and isinstance(c.value, str))
