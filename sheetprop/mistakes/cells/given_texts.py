"""Texts where the calculation starts: an input, target or first weight that is no number."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.errors import FormulaError
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Number
from sheetprop.maths.trees.walk import walk
from sheetprop.mistakes.finding import Place
from sheetprop.mistakes.own_cells import places
from sheetprop.mistakes.words import Case
from sheetprop.notation.address import address
from sheetprop.notation.excel_parse import CellReference
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.readings.parsed import parsed
from sheetprop.workbooks.number_texts import is_number_text
from sheetprop.workbooks.sheet import Address, ExcelError, Value, Workbook

GIVEN_TEXT = Case(
    "a text where a number is given",
    "{own} has the text “{text}” where a number belongs; nothing can be calculated from it.",
    "A text is no number, even where it looks like one: what refers to {own} shows #VALUE!. Write "
    "the number itself into the cell.",
    severity="error",
)
GIVEN_ERROR = Case(
    "an error where a number is given",
    "{own} shows {text} where a number belongs; nothing can be calculated from it.",
    "Whatever refers to {own} shows the same error. Write the number itself into the cell.",
    severity="error",
)
GIVEN_TRUTH = Case(
    "a truth value where a number is given",
    "{own} has {text}, a truth value, where a number belongs.",
    "Arithmetic takes TRUE for 1 and FALSE for 0, while SUM, SUMPRODUCT and charts pass them over. "
    "Write the number that {own} should be into the cell.",
    severity="error",
)
TEXT_TAKEN = Case(
    "a text taken where a number is given",
    "{own} takes the text “{text}” from another cell where a number belongs.",
    "A text is no number: what refers to {own} shows #VALUE!. Let {own} refer to the cell of the "
    "number; a header often stands just above it.",
    severity="error",
)
GIVEN_DIGITS = Case(
    "a number typed as text",
    "{own} has the number “{text}” typed as a text; whether it counts depends on what takes it.",
    "Arithmetic converts such a text to a number, but SUM, SUMPRODUCT and charts pass it over, and "
    "a program with another decimal sign shows #VALUE!. Write the number itself into the cell.",
    severity="warning",
)
OF_GIVEN = (GIVEN_TEXT, GIVEN_ERROR, GIVEN_TRUTH, TEXT_TAKEN, GIVEN_DIGITS)

TRUTHS = ("TRUE", "FALSE")
"""How truth values are shown."""


def case_of_given(text: str) -> Case:
    """Return which case a text is that stands where a number is given."""
    if text.startswith("#"):
        return GIVEN_ERROR
    if is_number_text(text):
        return GIVEN_DIGITS
    return GIVEN_TRUTH if text in TRUTHS else GIVEN_TEXT


def shown(value: Value) -> str:
    """Return what a cell without a number shows: truth values are written in capitals."""
    return str(value).upper() if isinstance(value, bool) else str(value)


def texts_taken(judgement: Judgement) -> Iterator[tuple[str, str, str, tuple[Place, ...]]]:
    """Yield the quantity, text, formula and place of given cells whose formula gives a text.

    Of each quantity the first one, from which the others mostly go on.
    """
    table = judgement.table
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        for fill in line.fills if quantity.is_given_first else ():
            cell = table.cell(name, fill.first)
            value = judgement.value_of(table.sheet, cell)
            is_text = isinstance(value, str) and not isinstance(value, ExcelError)
            is_text |= isinstance(value, bool) and fill.first == 0  # later ones leave what is given
            if is_text and (quantity.tree is None or fill.first == 0):
                formula = fill.formula.at(*cell)
                # A text without any letter looks empty, and is taken from the row above.
                is_handed_on = not shown(value).strip() and fill.first - 1 in line.blanks
                first = fill.first - 1 if is_handed_on else fill.first
                yield name, shown(value), formula, places(judgement, name, [first])
                break


def empty_taken(judgement: Judgement) -> Iterator[tuple[str, int, tuple[str, Address]]]:
    """Yield the quantity and step of given cells that take nothing but an empty cell, and that.

    Of each fill the first one. A formula that says a text, as guards do, reckons with nothing.
    """
    table = judgement.table
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        for fill in line.fills if quantity.is_given_first else ():
            if quantity.tree is not None and fill.first > 0:
                continue
            taken = _taken(judgement, fill.formula.at(*table.cell(name, fill.first)))
            if taken and all(judgement.value_of(*place) is None for place in taken):
                yield name, fill.first, taken[0]


def _taken(judgement: Judgement, formula: str) -> list[tuple[str, Address]]:
    """Return the cells that a formula takes, none where it has a text or takes a whole range."""
    try:
        found = list(walk(parsed(formula)))
    except FormulaError:
        return []
    cells = [node for _, node in found if isinstance(node, CellReference)]
    others = [node for _, node in found if not node.children and node not in cells]
    if not all(isinstance(node, Number) for node in others):
        return []
    return [(cell.sheet or judgement.table.sheet, (cell.row, cell.column)) for cell in cells]


def texts_given(judgement: Judgement) -> Iterator[tuple[str, int, str]]:
    """Yield the quantity, step and text of computed cells whose unread formula gives a text."""
    table = judgement.table
    for one in judgement.unread:
        quantity = judgement.network.quantities[one.quantity]
        for step in one.steps if quantity.tree is not None else ():
            value = judgement.value_of(table.sheet, table.cell(one.quantity, step))
            is_first = quantity.is_given_first and step == 0
            if isinstance(value, str) and not isinstance(value, ExcelError) and not is_first:
                yield one.quantity, step, value


def given_texts(
    judgement: Judgement, workbook: Workbook
) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
    """Yield the quantity, the text and the place of each given cell that holds a text."""
    cells = workbook[judgement.table.sheet].cells
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        needed = judgement.needed_steps if quantity.tree is None else 1
        given = [step for step in line.others if step < needed]  # else a note beside last updates
        for step in given if quantity.is_given_first else ():
            value = cells[judgement.table.cell(name, step)].value
            if not isinstance(value, ExcelError):
                yield name, shown(value), places(judgement, name, [step])
    table = judgement.table
    headers = {table.header_of(line) for line in table.lines.values()}
    given_outside = dict(judgement.aliases)
    if judgement.rate.cell is not None:
        given_outside[judgement.rate.cell] = LEARNING_RATE
    for (sheet, cell), name in given_outside.items():
        other = judgement.value_of(sheet, cell)
        is_error = isinstance(other, ExcelError)  # of an input it is said where the table shows it
        is_odd = isinstance(other, str | bool) and (name == LEARNING_RATE or not is_error)
        is_header = sheet == judgement.table.sheet and cell in headers
        if is_odd and not is_header:  # what takes a header is wrong, not the header
            yield name, shown(other), (Place(sheet, address(*cell), name),)
