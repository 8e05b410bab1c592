"""SP269: the window, or the number, of another cell of the block."""

from __future__ import annotations

from itertools import product

from sheetprop.mistakes.array_formula import ArrayFormula, Made, moved, named, size
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case
from sheetprop.notation.mentioned import Area

WINDOW = Case(
    "window",
    "takes the window {taken} where {belongs} belongs",
    "{taken} is the window of another cell, or of none. The window of this cell is {belongs}, as "
    "far on as the cells beside it say.",
)
ELEMENT = Case(
    "element",
    "takes {taken} where {belongs} belongs",
    "Each cell is calculated from the number in the same place. {taken} is the number of another "
    "place.",
)
FAR = 3
"""So many steps away a reference still is one of the block beside; further it is another map."""

NEAR = 2
"""So many steps away are tried for a formula that is written in another way."""


def _made(formula: ArrayFormula) -> Made:
    moving = [k for k in range(len(formula.areas)) if formula.goes_along(k)]
    if not moving:
        return
    if len(formula.own_areas) == len(formula.areas):
        yield from _seen(formula, moving)
        return
    steps = product(range(-NEAR, NEAR + 1), repeat=2)
    for y, x in sorted(steps, key=lambda step: abs(step[0]) + abs(step[1])):
        if (y, x) != (0, 0):
            yield from _moved(formula, moving, y, x)


def _seen(formula: ArrayFormula, moving: list[int]) -> Made:
    """Yield what is made by moving those references that are others than they should be."""
    pairs = [*zip(formula.own_areas, formula.areas, strict=True)]
    others = [k for k, (own, right) in enumerate(pairs) if own != right]
    steps = {_step(*pairs[k]) for k in others}
    if len(steps) == 1 and set(others) <= set(moving):
        y, x = steps.pop()
        if max(abs(y), abs(x)) <= FAR:
            yield from _moved(formula, others, y, x)


def _step(own: Area, right: Area) -> tuple[int, int]:
    is_there = own.sheet.casefold() == right.sheet.casefold() and size(own) == size(right)
    return (own.top - right.top, own.left - right.left) if is_there else (FAR + 1, 0)


def _moved(formula: ArrayFormula, which: list[int], y: int, x: int) -> Made:
    areas = [moved(area, y, x) if k in which else area for k, area in enumerate(formula.areas)]
    if min(min(area.top, area.left) for area in areas) >= 1:
        taken, belongs = areas[which[0]], formula.areas[which[0]]
        blanks = {"taken": named(taken, formula.sheet), "belongs": named(belongs, formula.sheet)}
        case = ELEMENT if size(belongs) == (1, 1) and len(which) == 1 else WINDOW
        if len(which) > 1 and size(belongs) == (1, 1):
            blanks = {
                "taken": named(_around([areas[k] for k in which]), formula.sheet),
                "belongs": named(_around([formula.areas[k] for k in which]), formula.sheet),
            }
        yield formula.with_areas(areas), case, blanks


def _around(areas: list[Area]) -> Area:
    """Return the range around some cells."""
    return Area(
        areas[0].sheet,
        min(one.top for one in areas),
        min(one.left for one in areas),
        max(one.bottom for one in areas),
        max(one.right for one in areas),
    )


WRONG_WINDOW = Mistake(
    code="SP269",
    name="wrong-window",
    summary="the window, or the number, of another cell",
    explanation=(
        "The cell in row i and column j is calculated from the window, or the number, in its own "
        "place. A reference that was filled or copied from elsewhere takes that of another cell."
    ),
    wrong="=MAX(B2:C3) in the second column",
    right="=MAX(D2:E3)",
    cases=(WINDOW, ELEMENT),
    rank=250,
    in_arrays=_made,
)
