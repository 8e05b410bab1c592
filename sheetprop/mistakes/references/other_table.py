"""SP217: a formula takes from another table what its own table has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Name
from sheetprop.maths.trees.walk import nodes
from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.finding import Draft
from sheetprop.mistakes.own_cells import cells_at, expected_formula, own_formula, places
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.address import address
from sheetprop.notation.excel_parse import CellReference
from sheetprop.tables.form import Form
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.readings.parsed import parsed
from sheetprop.tables.stated_rate import stated_rate
from sheetprop.workbooks.sheet import Address, Workbook

QUANTITY = Case(
    "another table's cell",
    "{own} takes {taken} from another table, where {what} of its own belongs.",
    "As long as both cells have the same number nothing shows; with other inputs or another rate "
    "in one of the tables {own} follows the wrong one. Refer to the cell of its own row.",
)
RATE = Case(
    "another table's rate",
    "{own} takes the learning rate of another table, {taken}, where {what} belongs.",
    "The rate that stands with this table is used by nothing: changing it changes no weight. Refer "
    "to it in the first update and fill that again.",
)

BySheet = dict[str, list[Judgement]]
"""The tables of each sheet, by its name in small letters."""


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield formulas that take cells of another table, where there is more than one."""
    tables = [one for one in scene.judgements if not isinstance(one.table, Form)]
    on_sheet: BySheet = {}
    for judgement in tables:
        on_sheet.setdefault(judgement.table.sheet.casefold(), []).append(judgement)
    for judgement in tables if len(tables) > 1 else ():
        others = [one for one in tables if one is not judgement]
        yield from _cells_of_others(judgement, on_sheet)
        yield from _rate_of_another(judgement, others, scene.workbook)


def _cells_of_others(judgement: Judgement, on_sheet: BySheet) -> Iterator[Draft]:
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        if quantity.tree is None:
            continue  # what is given may come from anywhere
        for fill in line.fills:
            steps = [s for s in fill.steps if s > 0 or not quantity.is_given_first]
            found = _foreign(judgement, on_sheet, name, steps[0]) if steps else None
            if found is not None:
                cell, taken = found
                blanks: Blanks = {"own": Name(name), "taken": address(*cell), "what": Name(taken)}
                yield OTHER_TABLE.found(
                    QUANTITY,
                    places(judgement, name, steps),
                    blanks,
                    taken,
                    where=cells_at(judgement, steps[0]),
                    found=own_formula(judgement, name, steps[0]),
                    expected=expected_formula(judgement, quantity, steps[0]),
                )


def _foreign(
    judgement: Judgement, on_sheet: BySheet, name: str, step: int
) -> tuple[Address, str] | None:
    """Return the first cell of another table that a formula takes, and what that is there.

    A quantity that its own table lacks may well stand in another one.
    """
    try:
        tree = parsed(own_formula(judgement, name, step))
    except FormulaError:
        return None
    for node in nodes(tree):
        if not isinstance(node, CellReference):
            continue
        sheet, cell = node.sheet or judgement.table.sheet, (node.row, node.column)
        for other in on_sheet.get(sheet.casefold(), ()):
            if other is judgement:
                continue
            taken = _quantity_at(other, cell)
            is_shared = sheet == judgement.table.sheet and judgement.holds(cell)
            if taken is not None and judgement.table.holds(taken) and not is_shared:
                return cell, taken
    return None


def _quantity_at(judgement: Judgement, cell: Address) -> str | None:
    table = judgement.table
    if not judgement.holds(cell):
        return None
    line = table.split(cell)[0]
    return next(name for name, own in table.lines.items() if own == line)


def _rate_of_another(
    judgement: Judgement, others: Sequence[Judgement], workbook: Workbook
) -> Iterator[Draft]:
    """Yield updates with the rate cell of another table where one of its own is labelled.

    The one labelled must be nobody's: two labels may stand for one rate.
    """
    used = judgement.rate.cell
    if used is None or all(other.rate.cell != used for other in others):
        return
    sheet = workbook[judgement.table.sheet]
    stated = stated_rate(sheet, judgement.table)
    own = stated.cell if stated is not None else None
    theirs = [stated_rate(workbook[o.table.sheet], o.table) for o in others if o.rate.cell == used]
    is_theirs = any(rate is not None and rate.cell == used for rate in theirs)
    if own is None or own == used or not is_theirs or any(o.rate.cell == own for o in others):
        return
    for name in judgement.network.parameters:
        line = judgement.lines.get(name)
        steps = [s for fill in line.fills for s in fill.steps if s > 0] if line else []
        if steps:
            blanks: Blanks = {
                "own": Name(name),
                "taken": address(*used[1]),
                "what": address(*own[1]),
            }
            yield OTHER_TABLE.found(
                RATE,
                places(judgement, name, steps),
                blanks,
                "η",
                found=own_formula(judgement, name, min(steps)),
            )


OTHER_TABLE = Mistake(
    code="SP217",
    name="other-table",
    summary="a cell of another table where the own table has that quantity",
    explanation=(
        "Each table is a run of its own: its formulas take inputs, weights and the rate from its "
        "own rows and from its own rate cell."
    ),
    wrong="dE/dw1 = delta*A32, of the table above",
    right="dE/dw1 = delta*A53, of its own row",
    cases=(QUANTITY, RATE),
    rule=_rule,
)
