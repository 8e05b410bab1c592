"""Quantities that stand in one cell for all rows, outside of the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from sheetprop.checking.rows.find import is_filled, texts_of
from sheetprop.rows.header_words import named
from sheetprop.rows.row_lesson import RowLesson
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Address, Sheet

MOST = 8
"""So many ways to take cells for what is given once are tried."""

FEW = 3
"""Where more than so many are given once, each with one label, the labels are not doubted."""


def with_cells_given_once(sheet: Sheet, table: Table, lesson: RowLesson) -> Iterator[Table]:
    """Yield the table with the cells of what is given once, in each way that labels allow."""
    lacking = [one.name for one in lesson.stated if one.is_once and one.name not in table.lines]
    labelled = [list(_labelled(sheet, table, lesson, name)) for name in lacking]
    is_clear = len(lacking) > FEW and all(len(cells) < 2 for cells in labelled)
    options: list[list[Address | None]] = [
        [*cells] if is_clear and cells else [*cells, None] for cells in labelled
    ]
    for chosen in islice(product(*options), MOST):
        fixed = {name: cell for name, cell in zip(lacking, chosen, strict=True) if cell}
        yield replace(table, fixed={**table.fixed, **fixed})


def _labelled(sheet: Sheet, table: Table, lesson: RowLesson, name: str) -> Iterator[Address]:
    """Yield the cells beside or below a text that names a quantity, outside of the table."""
    for (row, column), text in texts_of(sheet):
        if name in named(text, lesson):
            for near in ((row, column + 1), (row, column + 2), (row + 1, column)):
                is_outside = table.split(near)[1] not in table.step_of
                if is_outside and is_filled(sheet.cells.get(near)):
                    yield near
                    break
