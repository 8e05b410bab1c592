"""Formulas written out as text in cells: σ(h1) = 1/1+exp(-h1) is wrong, whatever the cells do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheetprop.checking.judging.findings import Draft
from sheetprop.checking.report import Finding, Place
from sheetprop.checking.texts.slopes import Meaning, meaning_of
from sheetprop.checking.texts.text_slips import Slip, slip_in
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.address import address
from sheetprop.notation.text_sides import sides_of
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, ExcelError, Value, Workbook

SHORTEST = 5
"""Characters of the shortest formula: ``E=E1+E2`` has seven, ``η =`` three."""


def text_findings(judgements: list[Judgement], workbook: Workbook, file: str) -> Iterator[Draft]:
    """Yield the texts in cells that state a formula wrongly."""
    del file
    meanings = _meanings(judgements)
    known: dict[str, list[Slip]] = {}  # sheets for several rates repeat the same texts
    for sheet, cell, text in _texts(workbook):
        if text not in known:
            known[text] = list(_slips(text, meanings))
        for slip in known[text]:
            yield _draft(sheet, cell, slip)


def _meanings(judgements: list[Judgement]) -> list[Meaning]:
    """Return the networks that a text may speak of: those trained, and the textbook's.

    A worksheet that leaves out ½ or uses ReLU may still quote the lesson it was made from.
    """
    shapes = dict.fromkeys(one.network.architecture for one in judgements)
    for shape in list(shapes):
        plain = replace(shape, hidden_activation="sigmoid", output_activation="sigmoid")
        shapes[replace(plain, loss="half squared error")] = None
    return [meaning_of(shape) for shape in shapes]


def _texts(workbook: Workbook) -> Iterator[tuple[str, Address, str]]:
    for sheet in workbook.sheets:
        for cell, content in sheet.cells.items():
            if content.formula is None and _may_state(content.value):
                yield sheet.name, cell, str(content.value)


def _may_state(value: Value) -> bool:
    is_text = isinstance(value, str) and not isinstance(value, ExcelError)
    return is_text and len(str(value)) >= SHORTEST and "=" in str(value)


def _slips(text: str, meanings: list[Meaning]) -> Iterator[Slip]:
    """Yield what is wrong in a text whichever network it speaks of, each kind of slip once."""
    found: dict[str, Slip] = {}
    for sides in sides_of(text):
        slips = [slip_in(tuple(sides), meaning) for meaning in meanings]
        if slips and slips[0] is not None and all(slips):
            found.setdefault(slips[0].kind, slips[0])
    yield from found.values()


def _draft(sheet: str, cell: Address, slip: Slip) -> Draft:
    mistake = BY_NAME["wrong-text"]
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        (Place(sheet, address(*cell)),),
        f"The text “{slip.statement}” is wrong: {slip.phrase}.",
        found=slip.statement,
        expected=slip.expected,
    )
    return Draft((mistake.code, slip.kind), finding)
