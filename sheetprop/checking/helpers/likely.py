"""What speaks for and against a helper cell as the one that a slip was made in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sheetprop.notation.relative import RelativeFormula, references_within
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.workbooks.sheet import Address, Sheet, Workbook

Pattern = tuple[object, ...]
Behind = Callable[[Address], frozenset[Address]]
"""Gives the helper cells that stand behind a cell."""


def says_as_beside(judgement: Judgement, workbook: Workbook, cell: Address) -> bool:
    """Whether a helper's formula is that of the row before or after, where nothing may be wrong."""
    table, cells = judgement.table, workbook[judgement.table.sheet].cells
    line, place = table.split(cell)

    def said(at: Address) -> Pattern | None:
        formula = cells[at].formula if at in cells else None
        return RelativeFormula(formula, *at).pattern if formula else None

    step = table.step_of.get(place)
    if step is None or said(cell) is None:
        return False
    beside = table.places[max(0, step - 1) : step + 2]
    return any(said(table.at(line, one)) == said(cell) for one in beside if one != place)


def is_written_again(judgement: Judgement, workbook: Workbook, cell: Address) -> bool:
    """Whether the same formula, filled, stands in the same iteration for something else.

    So the sum of what arrives at one neuron is that at the next one, if what it sums is wrong.
    """
    table, cells = judgement.table, workbook[judgement.table.sheet].cells
    place = table.split(cell)[1]
    formula = cells[cell].formula if cell in cells else None
    if formula is None:
        return False
    pattern = RelativeFormula(formula, *cell).pattern
    return any(
        at != cell and RelativeFormula(own.formula, *at).pattern == pattern
        for at, own in cells.items()
        if own.formula and table.split(at)[1] == place
    )


def is_taken_elsewhere(
    judgement: Judgement,
    workbook: Workbook,
    cell: Address,
    wrong: Sequence[Wrong],
    behind: Behind,
) -> bool:
    """Whether a cell with a number is taken by formulas that stand behind nothing wrong.

    The rate of another table is as it should be there: wrong is what takes it here.
    """
    if has_formula(judgement, workbook, cell):
        return False
    table, cells = judgement.table, workbook[judgement.table.sheet].cells
    own = {table.cell(one.quantity, step) for one in wrong for step in one.steps}
    own |= {at for one in own for at in behind(one)}
    return any(
        one.formula and at not in own and cell in references_within(one.formula, table.sheet)
        for at, one in cells.items()
    )


def is_meant(judgement: Judgement, workbook: Workbook, cell: Address) -> bool:
    """Whether a cell is meant to be a helper: with a formula, or taken by more than a slip.

    A reference that went astray leads to a cell that nothing else takes. A number that stands in a
    line of helpers was typed over one.
    """
    sheet = workbook[judgement.table.sheet]
    if has_formula(judgement, workbook, cell) or _is_among_helpers(judgement, workbook, cell):
        return True
    is_on_line = judgement.table.split(cell)[0] in judgement.table.lines.values()
    if is_on_line and judgement.value_of(sheet.name, cell) is None:
        return False  # empty in a row of notes: what was filled through it went astray
    takers = [
        at
        for at, one in sheet.cells.items()
        if one.formula and cell in references_within(one.formula, sheet.name)
    ]
    return len(takers) > 1 or any(has_twin(sheet, at) for at in takers)


def _is_among_helpers(judgement: Judgement, workbook: Workbook, cell: Address) -> bool:
    """Whether a number has a helper with a formula right before or after it."""
    content = workbook[judgement.table.sheet].cells.get(cell)
    if content is None or not isinstance(content.value, int | float):
        return False
    row, column = cell
    beside = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
    return any(has_formula(judgement, workbook, at) and not judgement.holds(at) for at in beside)


def has_twin(sheet: Sheet, at: Address) -> bool:
    """Whether another cell has the same formula, filled."""
    cells = sheet.cells
    pattern = RelativeFormula(cells[at].formula or "", *at).pattern
    return any(
        RelativeFormula(one.formula, *where).pattern == pattern
        for where, one in cells.items()
        if one.formula and where != at
    )


def has_formula(judgement: Judgement, workbook: Workbook, cell: Address) -> bool:
    """Whether a cell of the table's sheet has a formula."""
    content = workbook[judgement.table.sheet].cells.get(cell)
    return content is not None and content.formula is not None
