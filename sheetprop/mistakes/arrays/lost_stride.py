"""SP262: windows go on by another step than the stride."""

from __future__ import annotations

from sheetprop.mistakes.array_formula import ArrayFormula, Made, moved, named, size
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case
from sheetprop.notation.mentioned import Area

LOST = Case(
    "lost",
    "goes on by 1 cell where the stride is {stride}: it takes {taken} where {belongs} belongs",
    "With stride {stride} each window begins {stride} cells after the one before. A formula that "
    "is filled to the next cell moves its window by 1; the stride has to be put in.",
)
TOO_FAR = Case(
    "too far",
    "goes on by {step} cells where the stride is {stride}: it takes {taken} where {belongs} "
    "belongs",
    "With stride {stride} each window begins {stride} after the one before, so that nothing "
    "between them is left out.",
)
MOST = 3


def _made(formula: ArrayFormula) -> Made:
    moving = [k for k in range(len(formula.areas)) if formula.moves(k) and formula.goes_along(k)]
    strides = {s for k in moving for s in formula.stride(k) if s}
    is_window = len(moving) > 2 or any(size(formula.areas[k]) != (1, 1) for k in moving)
    if not is_window or len(strides) != 1 or not formula.row + formula.column:
        return
    (stride,) = strides
    for step in range(1, MOST + 1):
        if step == stride or stride < 1:
            continue
        areas = [_by(formula, k, stride, step) for k in range(len(formula.areas))]
        blanks = {
            "stride": str(stride),
            "step": str(step),
            "taken": named(areas[moving[0]], formula.sheet),
            "belongs": named(formula.areas[moving[0]], formula.sheet),
        }
        yield formula.with_areas(areas), LOST if step == 1 else TOO_FAR, blanks


def _by(formula: ArrayFormula, k: int, stride: int, step: int) -> Area:
    """Return a reference as it is where windows go on by another step."""
    y, x = ((one // stride) * (step - stride) for one in formula.stride(k))
    return moved(formula.areas[k], y * formula.row, x * formula.column)


LOST_STRIDE = Mistake(
    code="SP262",
    name="lost-stride",
    summary="windows go on by another step than the stride",
    explanation=(
        "With stride s the window of row i and column j begins s·i rows down and s·j columns to "
        "the right. Filled from the cell beside, a formula goes on by 1."
    ),
    wrong="=SUMPRODUCT(C3:E5,$H$2:$J$4) in the second row and column, with stride 2",
    right="=SUMPRODUCT(D4:F6,$H$2:$J$4)",
    cases=(LOST, TOO_FAR),
    rank=200,
    in_arrays=_made,
)
