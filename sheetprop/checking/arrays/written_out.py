"""A workbook in which arrays are written cell by cell: defined names, and formulas over ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheetprop.calculating.defined_names import Names
from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Expr
from sheetprop.notation.address import address, quoted
from sheetprop.notation.excel_parse import CellReference, parse_array
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.mentioned import areas_in
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

MOST_CELLS = 400
"""Cells of one array formula that are written one by one."""

LONGEST = 2000
"""Characters of a formula written so; longer ones stay as they are."""


def written_out(workbook: Workbook) -> Workbook:
    """Return a workbook with references for names, and a formula for each cell of an array."""
    names = Names(workbook.names)
    sheets = tuple(_of_sheet(sheet, names) for sheet in workbook.sheets)
    is_same = all(one is other for one, other in zip(sheets, workbook.sheets, strict=True))
    return workbook if is_same else replace(workbook, sheets=sheets)


def has_arrays(workbook: Workbook) -> bool:
    """Whether formulas fill several cells still: what they take in the end is not calculated."""
    return any(
        cell.array is not None and ":" in cell.array
        for sheet in workbook.sheets
        for cell in sheet.cells.values()
    )


def _of_sheet(sheet: Sheet, names: Names) -> Sheet:
    changed: dict[Address, Cell] = {}
    for at, cell in sheet.cells.items():
        if cell.formula is None:
            continue
        text = names.substituted(cell.formula, sheet.name)
        if text != cell.formula:
            changed[at] = cell._replace(formula=text)
        if cell.array is not None and ":" in cell.array:
            changed.update(_one_by_one(sheet, at, cell._replace(formula=text)))
    return replace(sheet, cells={**sheet.cells, **changed}) if changed else sheet


def _one_by_one(sheet: Sheet, at: Address, cell: Cell) -> Iterator[tuple[Address, Cell]]:
    """Yield the cells that an array formula fills, each with its own; none where one has none."""
    area = next(areas_in(f"={cell.array}", sheet.name, {sheet.name.casefold()}), None)
    if area is None or len(area.rows) * len(area.columns) > MOST_CELLS:
        return
    try:
        trees = parse_array(str(cell.formula))
    except FormulaError:
        return
    if (len(trees), len(trees[0])) != (len(area.rows), len(area.columns)):
        return
    texts = [[to_excel(tree, _named) for tree in row] for row in trees]
    if max(len(text) for row in texts for text in row) > LONGEST:
        return
    for down, row in enumerate(texts):
        for right, text in enumerate(row):
            place = at[0] + down, at[1] + right
            yield place, Cell(sheet.cells.get(place, Cell()).value, text)


def _named(leaf: Expr) -> str:
    if not isinstance(leaf, CellReference):
        return str(getattr(leaf, "name", leaf))
    cell = address(leaf.row, leaf.column)
    return cell if leaf.sheet is None else f"{quoted(leaf.sheet)}!{cell}"
