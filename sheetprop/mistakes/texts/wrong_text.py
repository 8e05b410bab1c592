"""SP601: a formula written out as text is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.texts.meaning import Meaning, meaning_of
from sheetprop.mistakes.texts.text_cases import CASES
from sheetprop.notation.address import address
from sheetprop.notation.text_sides import sides_of
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import Address, ExcelError, Value, Workbook
from sheetprop.workbooks.sweeps import constants

if TYPE_CHECKING:
    from sheetprop.mistakes.texts.slips import Slip

SHORTEST = 5
"""Characters of the shortest formula: ``E=E1+E2`` has seven, ``η =`` three."""


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield the texts in cells that state a formula wrongly."""
    meanings = _meanings(scene.judgements)
    known: dict[str, list[Slip]] = {}  # sheets for several rates repeat the same texts
    for sheet, cell, text in _texts(scene.workbook):
        if text not in known:
            known[text] = list(_slips(text, meanings, scene.mistakes))
        for slip in known[text]:
            yield _draft(sheet, cell, slip)


def _meanings(judgements: Sequence[Judgement]) -> list[Meaning]:
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
        for cell, content in sorted(constants(sheet.cells)):
            if _may_state(content.value):
                yield sheet.name, cell, str(content.value)


def _may_state(value: Value) -> bool:
    is_text = isinstance(value, str) and not isinstance(value, ExcelError)
    return is_text and len(str(value)) >= SHORTEST and "=" in str(value)


def _slips(text: str, meanings: list[Meaning], mistakes: tuple[Mistake, ...]) -> Iterator[Slip]:
    """Yield what is wrong in a text whichever network it speaks of, each kind of slip once."""
    from sheetprop.mistakes.texts.slips import slip_in  # most workbooks state no formula

    found: dict[tuple[str, ...], Slip] = {}
    for sides in sides_of(text):
        slips: list[Slip] = []
        for meaning in meanings:
            slip = slip_in(tuple(sides), meaning, mistakes)
            if slip is None:
                break  # right for one of them: to name a mistake for the others takes long
            slips.append(slip)
        if slips and len(slips) == len(meanings):
            found.setdefault(slips[0].kind, slips[0])
    yield from found.values()


def _draft(sheet: str, cell: Address, slip: Slip) -> Draft:
    return WRONG_TEXT.found(
        slip.case,
        (Place(sheet, address(*cell)),),
        slip.blanks,
        slip.kind,
        found=slip.statement,
        expected=slip.expected,
    )


WRONG_TEXT = Mistake(
    code="SP601",
    name="wrong-text",
    summary="a formula written out as text is wrong",
    explanation=(
        "The text explains the calculation to whoever reads it, and is copied from sheet to sheet. "
        "It is held to the same rules as a formula in a cell: both sides must have one value."
    ),
    wrong="σ(h1) = 1/1+exp(-h1)",
    right="σ(h1) = 1/(1+exp(-h1))",
    cases=CASES,
    severity="warning",
    rule=_rule,
)
