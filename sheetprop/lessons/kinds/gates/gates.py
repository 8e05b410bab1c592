"""The lesson gates: circuits on whose wires values go forward and gradients come back."""

from __future__ import annotations

from sheetprop.calculating.calculated import calculated
from sheetprop.lessons.kinds.fading import FADING
from sheetprop.lessons.kinds.gates.circuit_sheet import circuit_sheet
from sheetprop.lessons.kinds.gates.content import REQUIRED, SECTIONS, Circuits, describe, read
from sheetprop.lessons.kinds.gates.places import Places
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.words import Words
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.page import DATA, Page
from sheetprop.workbooks.sheet import Sheet, Workbook


def layout(found: Circuits, words: Words, variant: str) -> Workbook:
    """Return the workbook: a sheet for each circuit, and Data with what the drawings consist of."""
    data = Page()
    data.put((1, 1), words["gates_data"], "title")
    sheets = [
        circuit_sheet(
            data,
            Places(one, words("gates_sheet", number=place), place, len(found.circuits)),
            words,
            variant,
        )
        for place, one in enumerate(found.circuits, 1)
    ]
    look = Look(data.styles, heights=data.heights, plain_formulas=True)
    return Workbook(calculated((*sheets, Sheet(DATA, data.cells, look=look))))


GATES = Kind("gates", SECTIONS, REQUIRED, read, describe, layout, FADING)
