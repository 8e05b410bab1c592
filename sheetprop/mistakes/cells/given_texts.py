"""Texts where the calculation starts: an input, target or first weight that is no number."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.mistakes.finding import Place
from sheetprop.mistakes.own_cells import places
from sheetprop.notation.address import address
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import ExcelError, Workbook


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
            if is_text and (quantity.tree is None or fill.first == 0):
                formula = fill.formula.at(*cell)
                yield name, str(value), formula, places(judgement, name, [fill.first])
                break


def given_texts(
    judgement: Judgement, workbook: Workbook
) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
    """Yield the quantity, the text and the place of each given cell that holds a text."""
    cells = workbook[judgement.table.sheet].cells
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        given = line.others if quantity.tree is None else [s for s in line.others if s == 0]
        for step in given if quantity.is_given_first else ():
            value = cells[judgement.table.cell(name, step)].value
            if not isinstance(value, ExcelError):
                yield name, str(value), places(judgement, name, [step])
    table = judgement.table
    headers = {table.header_of(line) for line in table.lines.values()}
    given_outside = dict(judgement.aliases)
    if judgement.rate.cell is not None:
        given_outside[judgement.rate.cell] = LEARNING_RATE
    for (sheet, cell), name in given_outside.items():
        other = judgement.value_of(sheet, cell)
        is_text = isinstance(other, str) and not isinstance(other, ExcelError)
        is_header = sheet == judgement.table.sheet and cell in headers
        if is_text and not is_header:  # what takes a header is wrong, not the header
            yield name, str(other), (Place(sheet, address(*cell), name),)
