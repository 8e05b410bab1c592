"""A workbook in which the parts of a table lie side by side on one sheet, as if moved there.

What is judged there is put back on the sheets of its author afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sheetprop.checking.finding.turned import turned_over
from sheetprop.checking.spread.parts import Part, is_whole, spread_parts
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import COLUMNS, ROWS
from sheetprop.notation.moved import Moves, Place, TornRangeError, range_within, with_cells_moved
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Address, Cell, Chart, Sheet, Workbook

MOST_CELLS = 100_000
"""A larger workbook is left as it is: tables spread by hand are small."""

FARTHEST = 60
"""Cells are moved behind so many columns or more, where no quantity's name looks like a cell."""

BY_PLACE = pattern(r"\b(?:ROWS?|COLUMNS?|ADDRESS|CELL)\(", re.I)
FAR = pattern(
    r"\b(?:OFFSET|INDIRECT)\(|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}\b|(?<![A-Z\d])\$?\d+:\$?\d+", re.I
)
"""What refers to cells by where they stand does not follow them."""


@dataclass(frozen=True)
class Spread:
    """Where each cell lies now (`to`) that was moved beside the others of its table.

    Both ends are a sheet and an address. `texts` are the headers over moved cells, where they lie;
    `names` all quantities; `edges` the last row and column of the part on each sheet that others
    were moved to.
    """

    to: Mapping[Place, Place] = field(default_factory=dict)
    texts: Mapping[Place, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    edges: Mapping[str, Address] = field(default_factory=dict)

    @cached_property
    def back(self) -> Mapping[Place, Place]:
        """The place of each moved cell in the author's workbook."""
        return {new: old for old, new in self.to.items()}

    def within(self, sheet: str, text: str) -> str:
        """Return a range that begins in a part without what was moved beside it."""
        return range_within(text, self.edges[sheet]) if sheet in self.edges else text


NOT_SPREAD = Spread()


def laid_together(workbook: Workbook, tables: Sequence[Table]) -> tuple[Workbook, Spread]:
    """Return a workbook with the parts of a spread table side by side, and what was moved.

    `tables` are those found as it is: where all of them are whole nothing is moved.
    """
    is_small = sum(len(sheet.cells) for sheet in workbook.sheets) <= MOST_CELLS
    if is_small and not (tables and all(map(is_whole, tables))):
        spread = _spread(workbook, is_turned=False) or _spread(workbook, is_turned=True)
        if spread is not None:
            try:
                return _with_moves(workbook, spread), spread
            except TornRangeError:
                pass
    return workbook, NOT_SPREAD


def _spread(workbook: Workbook, *, is_turned: bool) -> Spread | None:
    """Return where cells of spread tables go, which lie across where the sheets are turned."""
    sheets = [turned_over(sheet) if is_turned else sheet for sheet in workbook.sheets]
    to: dict[Place, Place] = {}
    texts: dict[Place, str] = {}
    names: set[str] = set()
    edges: dict[str, Address] = {}
    for base, *others in spread_parts(sheets):
        free = max(FARTHEST, *(column for _, column in base.sheet.cells)) + 2
        known = set(base.names)
        for part in others:
            new = {name: found for name, found in part.names.items() if name not in known}
            right = free - part.columns[0]
            moved = dict(_moved_cells(base, part, right))
            headers = {(part.header, c): (base.header, c + right) for c, _ in new.values()}
            for old, at in (moved | headers).items():
                to[part.sheet.name, _as(old, is_turned)] = base.sheet.name, _as(at, is_turned)
            for column, text in new.values():
                texts[base.sheet.name, _as((base.header, column + right), is_turned)] = text
            free += len(part.columns) + 1
            known |= set(new)
        names |= known
        edge = (ROWS, base.columns[-1])
        edges[base.sheet.name] = (edge[1], COLUMNS) if is_turned else edge
    return Spread(to, texts, frozenset(names), edges) if to else None


def _as(at: Address, is_turned: bool) -> Address:
    return (at[1], at[0]) if is_turned else at


def _moved_cells(base: Part, part: Part, right: int) -> Iterator[tuple[Address, Address]]:
    """Yield a part's cells with where they lie beside the base, which may lack the last row."""
    for step, place in enumerate(part.places):
        beyond = step - len(base.places) + 1
        row = base.places[step] if beyond <= 0 else base.places[-1] + beyond
        for column in part.columns:
            yield (place, column), (row, column + right)


def _with_moves(workbook: Workbook, spread: Spread) -> Workbook:
    """Return a workbook with cells moved, and all formulas, names and charts with them."""
    moves = Moves(spread.to)
    emptied = {sheet for sheet, _ in spread.to}
    cells: dict[str, dict[Address, Cell]] = {sheet.name: {} for sheet in workbook.sheets}
    for sheet in workbook.sheets:
        for at, cell in sheet.cells.items():
            name, new = moves.of(sheet.name, at)
            cells[name][new] = _moved(cell, sheet.name, name, moves, emptied)
    for (name, at), text in spread.texts.items():
        cells[name][at] = Cell(text)
    sheets = (
        replace(sheet, cells=cells[sheet.name], charts=tuple(_charts(sheet, moves)))
        for sheet in workbook.sheets
    )
    names = {name: with_cells_moved(text, "", "", moves) for name, text in workbook.names.items()}
    return replace(workbook, sheets=tuple(sheets), names=names)


def _moved(cell: Cell, home: str, new_home: str, moves: Moves, emptied: Collection[str]) -> Cell:
    if cell.formula is None:
        return cell
    formula = with_cells_moved(cell.formula, home, new_home, moves)
    is_near = home in emptied or any(name in cell.formula for name in emptied)
    if (is_near and FAR.search(formula)) or (
        (formula != cell.formula or home != new_home) and (cell.array or BY_PLACE.search(formula))
    ):
        raise TornRangeError(cell.formula)
    return cell._replace(formula=formula)


def _charts(sheet: Sheet, moves: Moves) -> Iterator[Chart]:
    for chart in sheet.charts:
        series = (
            replace(
                one,
                values=with_cells_moved(one.values, sheet.name, "", moves),
                categories=one.categories
                and with_cells_moved(one.categories, sheet.name, "", moves),
            )
            for one in chart.series
        )
        yield replace(chart, series=tuple(series))
