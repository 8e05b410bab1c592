"""Texts where the calculation starts: an input, target or first weight that is no number."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.mistakes.finding import Place
from sheetprop.mistakes.own_cells import places
from sheetprop.notation.address import address
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import ExcelError, Workbook


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
    for (sheet, cell), name in judgement.aliases.items():
        other = judgement.value_of(sheet, cell)
        if isinstance(other, str) and not isinstance(other, ExcelError):
            yield name, other, (Place(sheet, address(*cell), name),)
