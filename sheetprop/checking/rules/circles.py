"""Circular references: said once for a table, with one circle of cells that need each other."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.engine_values import CIRCLE
from sheetprop.checking.judging.findings import Draft
from sheetprop.checking.report import Finding, Place
from sheetprop.errors import FormulaError
from sheetprop.maths.expr import walk
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.address import address
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, Workbook

MOST_SHOWN = 8
"""Cells of a circle that a sentence names."""

Cell = tuple[str, Address]


def circle_findings(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield the circle that the first cell of the table without a value leads to."""
    table = judgement.table
    for name, line in judgement.lines.items():
        for step in (step for fill in line.fills for step in fill.steps):
            start = table.sheet, table.cell(name, step)
            if judgement.value_of(*start) == CIRCLE:
                circle = _circle(judgement, workbook, start)
                if circle:
                    yield _draft(judgement, workbook, circle)
                return


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


def _draft(judgement: Judgement, workbook: Workbook, circle: list[Cell]) -> Draft:
    mistake, table = BY_NAME["error-value"], judgement.table
    shown = [address(*at) for _, at in circle[:MOST_SHOWN]]
    through = " → ".join([*shown, *(["…"] if len(circle) > MOST_SHOWN else []), shown[0]])
    quantities = {table.cell(q, s): q for q in table.lines for s in range(table.iterations)}
    places = tuple(Place(sheet, address(*at), quantities.get(at)) for sheet, at in circle)
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        places[:MOST_SHOWN],
        f"Each of these cells needs the next, in a circle, and none can be calculated: {through}.",
        found=workbook[circle[0][0]].cells[circle[0][1]].formula,
    )
    return Draft((mistake.code, CIRCLE), finding)
