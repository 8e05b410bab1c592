"""Where error values come from: a circle of cells that need each other, or one helper cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.calculating.engine_values import CIRCLE
from sheetprop.errors import FormulaError
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.trees.walk import walk
from sheetprop.mistakes.cells.suspects import among, suspects_of
from sheetprop.mistakes.finding import Place
from sheetprop.notation.address import address, column_number
from sheetprop.notation.excel_parse import CellReference, DefinedName, parse
from sheetprop.notation.mentioned import cells_within
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, ExcelError, Workbook

_COLUMNS = pattern(r"(?<![\w.$!])\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})(?![\w(])")

DEEPEST = 20
"""So many helper cells are followed to where an error comes from."""

MOST_NAMES = 8
"""So many names may stand for one another."""

MOST_FOLLOWED = 8
"""Cells of one quantity whose error is followed."""

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
    content = workbook[sheet].cells.get(at)
    formula = (content.formula if content is not None else None) or ""
    within = cells_within(formula, sheet) if ":" in formula else set()
    if at in within or _takes_own_column(formula, at):
        yield cell
    yield from ((sheet, one) for one in sorted(within) if judgement.value_of(sheet, one) == CIRCLE)
    try:
        tree = parse(formula)
    except FormulaError:
        return
    for _, node in walk(tree):
        if isinstance(node, CellReference):
            needed = node.sheet or sheet, (node.row, node.column)
            if judgement.value_of(*needed) == CIRCLE:
                yield needed


def _takes_own_column(formula: str, at: Address) -> bool:
    """Whether a formula mentions the whole column that it stands in, as ``INDEX(F:F,ROW()-1)``."""
    return any(
        column_number(found[1].upper()) <= at[1] <= column_number(found[2].upper())
        for found in _COLUMNS.finditer(formula)
    )


def inherits(tables: Sequence[Judgement], workbook: Workbook, name: str, step: int) -> bool:
    """Whether an error of the first of some tables comes from another cell of any of them.

    It comes through helper cells or not. The cell of the rate, or one that gives an input from
    outside, is as good as one of the table.
    """
    own = tables[0]
    cells = [(own.table.sheet, own.table.cell(name, step))]
    seen: set[Cell] = set()  # two ways to each cell, and two from there, are millions of ways
    for _ in range(DEEPEST + 1):
        behind = {place: None for cell in cells for place in _referred(workbook, *cell)}
        cells = [place for place in behind if place not in seen]
        cells = [place for place in cells if isinstance(own.value_of(*place), str)]  # or an error
        if any(_is_of_table(tables, place) for place in cells):
            return True
        seen.update(cells)
    return False


def _is_of_table(tables: Sequence[Judgement], place: Cell) -> bool:
    own = tables[0]
    return place == own.rate.cell or place in own.aliases or _is_held(tables, place)


def _is_held(tables: Sequence[Judgement], place: Cell) -> bool:
    sheet = place[0].casefold()
    return any(one.table.sheet.casefold() == sheet and one.holds(place[1]) for one in tables)


def _referred(workbook: Workbook, sheet: str, cell: Address) -> list[Cell]:
    """Return the cells that a cell's formula refers to, by names too."""
    found = next((s for s in workbook.sheets if s.name.casefold() == sheet.casefold()), None)
    content = found.cells.get(cell) if found else None
    return _taken(workbook, sheet, (content.formula if content else None) or "", MOST_NAMES)


def _taken(workbook: Workbook, sheet: str, formula: str, depth: int) -> list[Cell]:
    """Return the cells that a formula refers to; names may stand for names."""
    try:
        tree = parse(formula)
    except FormulaError:
        return []
    found: list[Cell] = []
    for _, node in walk(tree):
        if isinstance(node, CellReference):
            found.append((node.sheet or sheet, (node.row, node.column)))
        elif isinstance(node, DefinedName) and depth:
            text = _meaning(workbook, sheet, node.name.casefold())
            found += _taken(workbook, sheet, f"={text}", depth - 1) if text else []
    return found


def _meaning(workbook: Workbook, sheet: str, name: str) -> str | None:
    """Return what a defined name stands for; a sheet's own names go first."""
    known = {one.casefold(): text for one, text in workbook.names.items()}
    return known.get(f"{sheet.casefold()}!{name}", known.get(name))


def helpers_behind(
    tables: Sequence[Judgement], workbook: Workbook, name: str, steps: list[int]
) -> tuple[Place, ...]:
    """Return the helper cells outside of all tables that errors of the first one begin in."""
    judgement, table = tables[0], tables[0].table
    found: dict[tuple[str, Address], None] = {}
    for step in steps[:MOST_FOLLOWED]:
        start = table.sheet, table.cell(name, step)
        for origin in _origins(judgement, workbook, start):
            if origin != start and not _is_held(tables, origin):
                found[origin] = None
    return tuple(Place(sheet, address(*cell)) for sheet, cell in found)


def _origins(judgement: Judgement, workbook: Workbook, place: Cell) -> list[Cell]:
    """Return the cell that an error begins in, and in a form the formula that takes its text.

    Where the text was meant by nobody else, that reference may be the slip.
    """
    place = _origin(judgement, workbook, place)
    text = _text_behind(judgement, workbook, place)
    if text is None:
        return [place]
    return [text, place] if isinstance(judgement.table, Form) else [text]


def _origin(judgement: Judgement, workbook: Workbook, place: Cell) -> Cell:
    """Follow an error from cell to cell to the one that takes no error from another."""
    for _ in range(DEEPEST):
        behind = (
            found
            for found in _referred(workbook, *place)
            if isinstance(judgement.value_of(*found), ExcelError)
        )
        following = next(behind, None)
        if following is None:
            return place
        place = following
    return place


def _text_behind(judgement: Judgement, workbook: Workbook, place: Cell) -> Cell | None:
    """Return the cell beside the iterations whose text a formula takes for a number.

    In a form cells stand anywhere; there a text is meant that is no label.
    """
    table = judgement.table
    for sheet, cell in _referred(workbook, *place):
        if isinstance(table, Form):
            is_beside = cell not in table.headers
        else:
            is_beside = table.split(cell)[1] in table.step_of
        if sheet == table.sheet and is_beside and isinstance(judgement.value_of(sheet, cell), str):
            return sheet, cell
    return None
