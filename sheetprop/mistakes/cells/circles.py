"""Circular references: one circle of cells that need each other."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.engine_values import CIRCLE
from sheetprop.errors import FormulaError
from sheetprop.maths.expr import walk
from sheetprop.mistakes.cells.suspects import among, suspects_of
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, Workbook

Cell = tuple[str, Address]


def circle_in(judgement: Judgement, workbook: Workbook) -> list[Cell]:
    """Return the circle that the first cell of the table without a value leads to, if any."""
    suspects = suspects_of(judgement)
    for line in judgement.lines.values():
        for _, cell, value in among(suspects, judgement, line):
            if value == CIRCLE:
                return _circle(judgement, workbook, (judgement.table.sheet, cell))
    return []


def _circle(judgement: Judgement, workbook: Workbook, start: Cell) -> list[Cell]:
    """Follow the references from a cell to cells without a value until one comes again."""
    path: dict[Cell, None] = {}
    cell: Cell | None = start
    while cell is not None and cell not in path:
        path[cell] = None
        cell = next(_without_value(judgement, workbook, cell), None)
    if cell is None:
        return []
    return list(path)[list(path).index(cell) :]


def _without_value(judgement: Judgement, workbook: Workbook, cell: Cell) -> Iterator[Cell]:
    sheet, at = cell
    try:
        tree = parse(workbook[sheet].cells[at].formula or "")
    except (FormulaError, KeyError):
        return
    for _, node in walk(tree):
        if isinstance(node, CellReference):
            needed = node.sheet or sheet, (node.row, node.column)
            if judgement.value_of(*needed) == CIRCLE:
                yield needed
