"""Which answers an exercise leaves to the student, and how those look that it does not."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.calculating.blocks import blocks
from sheetprop.lessons.kinds.kind import BLANK, FADED, SOLUTION, WORKED
from sheetprop.workbooks.exercise_names import Area, asking
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Sheet, Workbook

FADING = (WORKED, BLANK, FADED, SOLUTION)
"""The variants of a lesson that can fade."""

ANSWERS = ("answer", "answer count", "map answer")
"""The styles of cells that a student fills in."""

MOST_TURNS = 8
"""After so many turns a faded exercise leaves everything to the student."""


def is_left(variant: str, turn: int, turns: int, answer: int = 0, answers: int = 1) -> bool:
    """Whether an answer is left to the student; turns and answers are counted from 0.

    A blank exercise leaves all. A faded one leaves none in the first turn, all in the last one, and
    between them more and more of the last answers of a turn.
    """
    if variant != FADED:
        return variant == BLANK
    share = min(turn / max(min(turns, MOST_TURNS) - 1, 1), 1.0)
    return answer >= answers - round(share * answers)


def looks_worked(variant: str) -> bool:
    """Whether a cell with its formula is no answer of an exercise."""
    return variant in (WORKED, FADED)


def with_answers_named(workbook: Workbook) -> Workbook:
    """Return an exercise with names that say which of its cells are answers: the empty ones."""
    return asking(workbook, {sheet.name: _answers(sheet) for sheet in workbook.sheets})


def _answers(sheet: Sheet) -> Iterator[Area]:
    if not isinstance(sheet.look, Look):
        return
    styles = sheet.look.styles
    own = {
        at: None
        for at, cell in sorted(sheet.cells.items())
        if cell.value is None and cell.formula is None and styles.get(at) in ANSWERS
    }
    for row, column, lines in blocks(own):
        yield (row, column), (row + len(lines) - 1, column + len(lines[0]) - 1)
