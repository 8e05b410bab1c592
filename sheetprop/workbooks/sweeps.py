"""Looking through all cells of a sheet: a column of filled-down formulas is looked at as one."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping

from sheetprop.workbooks.filled_cells import FilledCells
from sheetprop.workbooks.sheet import Address, Cell

Cells = Mapping[Address, Cell]


def constants(cells: Cells) -> Iterator[tuple[Address, Cell]]:
    """Yield the cells without a formula."""
    loose = cells.loose if isinstance(cells, FilledCells) else cells
    return ((at, cell) for at, cell in loose.items() if cell.formula is None)


def formulas_where(
    cells: Cells,
    is_wanted: Callable[[str], bool],
    is_held: Callable[[Address], bool],
) -> Iterator[tuple[Address, str]]:
    """Yield the formulas that are wanted, whichever cells they refer to, but for cells held."""
    loose = cells
    if isinstance(cells, FilledCells):
        loose = cells.loose
        for fill in cells.fills:
            if is_wanted(fill.formula.formula):
                own = (one for one in fill.cells() if not is_held(one[0]))
                yield from ((at, cell.formula or "") for at, cell in own)
    for at, cell in loose.items():
        if cell.formula is not None and not is_held(at) and is_wanted(cell.formula):
            yield at, cell.formula


def any_formula(cells: Cells, is_wanted: Callable[[str], bool]) -> bool:
    """Whether a formula is wanted; all are looked at as one text, and by themselves if that is."""
    loose, filled = cells, []
    if isinstance(cells, FilledCells):
        loose, filled = cells.loose, [fill.formula.formula for fill in cells.fills]
    formulas = [cell.formula for cell in loose.values() if cell.formula] + filled
    return is_wanted("\n".join(formulas)) and any(map(is_wanted, formulas))


def floats_between(cells: Cells, least: float, most: float) -> Iterator[Address]:
    """Yield the cells with a float in a closed interval, given or calculated."""
    loose = cells
    if isinstance(cells, FilledCells):
        loose = cells.loose
        for fill in cells.fills:
            if fill.values.typecode == "d":
                within = (k for k, v in enumerate(fill.values, fill.first) if least <= v <= most)
                yield from ((k, fill.column) for k in within)
    for at, cell in loose.items():
        if cell.value.__class__ is float and least <= cell.value <= most:
            yield at


def last_row(cells: Cells) -> int:
    """Return the last row that has a cell, 0 where there is none."""
    if not isinstance(cells, FilledCells):
        return max(cells, default=(0, 0))[0]
    last = max((fill.end - 1 for fill in cells.fills), default=0)
    return max(last, last_row(cells.loose))


def row(cells: Cells, number: int) -> Iterator[tuple[Address, Cell]]:
    """Yield the cells of one row."""
    if not isinstance(cells, FilledCells):
        yield from ((at, cell) for at, cell in cells.items() if at[0] == number)
        return
    yield from row(cells.loose, number)
    for fill in cells.fills:
        if fill.first <= number < fill.end:
            yield (number, fill.column), fill.cell(number)


def outside_rows(cells: Cells, rows: Container[int], columns: Container[int]) -> list[Address]:
    """Return the cells of some columns in other rows than some."""
    if not isinstance(cells, FilledCells):
        return [at for at in cells if at[0] not in rows and at[1] in columns]
    found = outside_rows(cells.loose, rows, columns)
    for fill in cells.fills:
        if fill.column in columns:
            found += [(k, fill.column) for k in range(fill.first, fill.end) if k not in rows]
    return sorted(found)


def has_number(cells: Cells, at: Address) -> bool:
    """Whether a cell has a formula, or a number."""
    if type(cells) is FilledCells:  # asked of each cell of a table, and quicker than isinstance
        if any(fill.first <= at[0] < fill.end for fill in cells.by_column.get(at[1], ())):
            return True
        cells = cells.loose
    cell = cells.get(at)
    if cell is None:
        return False
    value, formula, _ = cell
    return formula is not None or type(value) in (float, int)
