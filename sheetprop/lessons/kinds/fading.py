"""Which answers an exercise leaves to the student, and how those look that it does not."""

from __future__ import annotations

from sheetprop.lessons.kinds.kind import BLANK, FADED, SOLUTION, WORKED

FADING = (WORKED, BLANK, FADED, SOLUTION)
"""The variants of a lesson that can fade."""

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
