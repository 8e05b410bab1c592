"""Strides and paddings that a table leaves out, as its typed sizes tell them.

Notes often list what goes in, the kernel, and what comes out. Where one of the usual strides and
paddings makes that of it, it is the one; where none does, the usual one stands there, and the size
is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from sheetprop.checking.shapes.channels import MOST_CELLS
from sheetprop.rows.architecture import (
    ARCHITECTURE,
    KERNEL,
    PADDING,
    POOLED,
    SIZE,
    SIZE_IN,
    STRIDE,
    TOLD,
)
from sheetprop.rows.header_words import kind_of_row, named
from sheetprop.workbooks.sheet import Address, Cell, Sheet

FAR = 9
"""So many columns right of all others the first of these stands."""

MOST_STRIDE = 4
FEWEST = 2
"""So many layers are a table of them."""

Way = tuple[int, int]
"""A stride and a padding."""


class Layer(NamedTuple):
    """A row of a table: what goes in, the kernel, what comes out."""

    row: int
    is_pooling: bool
    size_in: int
    kernel: int
    size: int


def with_strides(sheet: Sheet) -> dict[Address, Cell]:
    """Return cells that tell strides and paddings: headers, and a number for each row."""
    if len(sheet.cells) > MOST_CELLS:
        return {}
    found: dict[Address, Cell] = {}
    heads = dict(_headers(sheet))
    for head, columns in heads.items():
        below = [row for row in heads if row > head]
        layers = list(_layers(sheet, head, min(below, default=None), columns))
        ways = _ways(layers)
        # Where it is not said what goes into each, layers between may have been left out.
        is_told = SIZE_IN in columns or all(_fits(one, ways[one.row]) for one in layers)
        if len(layers) < FEWEST or not is_told:
            continue
        column = max(column for _, column in sheet.cells) + FAR
        for place, name in enumerate((STRIDE, PADDING)):
            if name not in columns:
                found[head, column + place] = Cell(f"{name} {TOLD}")
                numbers = {row: float(way[place]) for row, way in ways.items()}
                found |= {(row, column + place): Cell(one) for row, one in numbers.items()}
    return found


def _headers(sheet: Sheet) -> Iterator[tuple[int, Mapping[str, int]]]:
    """Yield the rows that head kernels and sizes, but no strides."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.formula is None and isinstance(cell.value, str):
            for name in named(cell.value, ARCHITECTURE)[:1]:
                rows.setdefault(row, {}).setdefault(name, column)
    for row, columns in rows.items():
        if {KERNEL, SIZE} <= columns.keys() and STRIDE not in columns:
            yield row, columns


def _layers(
    sheet: Sheet, head: int, end: int | None, columns: Mapping[str, int]
) -> Iterator[Layer]:
    """Yield the layers whose sizes are all typed."""
    before: int | None = None
    for row in range(head + 1, end or max(row for row, _ in sheet.cells) + 1):
        own = {
            name: _whole(sheet, (row, columns[name]))
            for name in (SIZE_IN, KERNEL, SIZE)
            if name in columns
        }
        size_in, kernel, size = own.get(SIZE_IN) or before, own[KERNEL], own[SIZE]
        before = size
        if size_in and kernel and size:
            texts = (_text(sheet, (row, column)) for column in range(1, max(columns.values()) + 1))
            is_pooling = kind_of_row(filter(None, texts), ARCHITECTURE).split(" ")[0] == POOLED
            yield Layer(row, is_pooling, size_in, kernel, size)


def _whole(sheet: Sheet, at: Address) -> int | None:
    cell = sheet.cells.get(at)
    if cell is None or cell.formula is not None or not isinstance(cell.value, int | float):
        return None
    return int(cell.value) if float(cell.value).is_integer() else None


def _text(sheet: Sheet, at: Address) -> str:
    cell = sheet.cells.get(at)
    return cell.value if cell and not cell.formula and isinstance(cell.value, str) else ""


def _ways(layers: list[Layer]) -> dict[int, Way]:
    """Return the stride and padding of each layer; where none fits, the usual one."""
    found: dict[int, Way] = {}
    is_same = False
    for layer in layers:
        usual = (1, (layer.kernel - 1) // 2 if is_same else 0)
        if layer.is_pooling:
            usual = (layer.kernel, 0)
        way = next((one for one in (usual, *_known(layer)) if _fits(layer, one)), usual)
        found[layer.row] = way
        if not layer.is_pooling and layer.kernel > 1:
            is_same = way[1] > 0
    return found


def _known(layer: Layer) -> Iterator[Way]:
    """Yield the strides and paddings there are, the likeliest first."""
    paddings = dict.fromkeys((0, (layer.kernel - 1) // 2, *range(layer.kernel // 2 + 1)))
    most = min(layer.kernel - 1, MOST_STRIDE)
    yield from product(dict.fromkeys((1, 2, *range(3, most + 1))), paddings)


def _fits(layer: Layer, way: Way) -> bool:
    stride, padding = way
    return (layer.size_in + 2 * padding - layer.kernel) // stride + 1 == layer.size
