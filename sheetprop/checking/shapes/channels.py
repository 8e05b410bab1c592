"""The channels that shapes tell, as columns of their own beside everything that a sheet has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
            shapes |= _features(sheet, column, min(shapes))
            yield ShapeColumn((head[0], column), head[1], shapes)


def _features(sheet: Sheet, column: int, first: int) -> dict[int, Shape]:
    """Return the numbers typed among shapes: so many features, each of them one number."""
    found = {}
    for (row, own), cell in sheet.cells.items():
        is_below = own == column and row > first
        if is_below and cell.is_typed_number and float(str(cell.value)).is_integer():
            count = int(float(str(cell.value)))
            found[row] = Shape(count, count, None)
    return found


def features_in(sheet: Sheet) -> Iterator[Address]:
    """Yield the cells in which the number of features stands in the place of a shape."""
    for one in _columns(sheet) if len(sheet.cells) <= MOST_CELLS else ():
        if any(shape.size is not None for shape in one.shapes.values()):
            numbers = (row for row, shape in one.shapes.items() if shape.size is None)
            yield from ((row, one.header[1]) for row in numbers if not _is_text(sheet, row, one))


def _is_text(sheet: Sheet, row: int, one: ShapeColumn) -> bool:
    return isinstance(sheet.cells[row, one.header[1]].value, str)


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
    known = _known([named(text, ARCHITECTURE) for text in headers.values()])
    own = CHANNELS_IN if one.is_input else CHANNELS
    return {f"{own} {TOLD}": channels} if KERNEL in known and own not in known else {}


def _known(headers: Sequence[tuple[str, ...]]) -> set[str]:
    """Return what headers name: ``Filter`` is the kernel where no other header is."""
    clear = {names[0] for names in headers if len(names) == 1}
    both = any(KERNEL in names for names in headers) and KERNEL not in clear
    return {
        name for names in headers for name in ((KERNEL,) if both and KERNEL in names else names)
    }


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
