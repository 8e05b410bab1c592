"""SP265: windows begin inside of the zeros around the image."""

from __future__ import annotations

from sheetprop.mistakes.array_formula import ArrayFormula, Made, moved, named
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case
from sheetprop.notation.mentioned import Area

FORGOTTEN = Case(
    "forgotten",
    "begins inside of the padding: it takes {taken} where {belongs} belongs",
    "The image has zeros around it, and the first window begins with them: its middle, not its "
    "corner, lies on the first number of the image. So what comes out is as large as the image.",
)
MOST = 3


def _made(formula: ArrayFormula) -> Made:
    moving = [k for k in range(len(formula.areas)) if formula.moves(k)]
    for edge in range(1, MOST + 1):
        if not moving or not all(_has_edge(formula, formula.first(k), edge) for k in moving):
            return
        areas = [
            moved(area, edge, edge) if k in moving else area for k, area in enumerate(formula.areas)
        ]
        taken, belongs = areas[moving[0]], formula.areas[moving[0]]
        blanks = {
            "taken": named(taken, formula.sheet),
            "belongs": named(belongs, formula.sheet),
        }
        yield formula.with_areas(areas), FORGOTTEN, blanks


def _has_edge(formula: ArrayFormula, first: Area, edge: int) -> bool:
    """Whether the first rows and columns of the first window are zeros."""
    rows, columns = first.rows, first.columns
    if min(len(rows), len(columns)) <= edge:
        return False
    cells = [(r, c) for r in rows for c in columns if r < rows[edge] or c < columns[edge]]
    return all(formula.is_zero(first.sheet, *at) for at in cells)


FORGOTTEN_PADDING = Mistake(
    code="SP265",
    name="forgotten-padding",
    summary="windows begin inside of the zeros around the image",
    explanation=(
        "Padding puts zeros around the image, and windows begin with them. Where they begin with "
        "the image, every number comes from a window further down and right."
    ),
    wrong="=SUMPRODUCT(C3:E5,$J$2:$L$4) in the first cell, with zeros in row 2 and column B",
    right="=SUMPRODUCT(B2:D4,$J$2:$L$4)",
    cases=(FORGOTTEN,),
    rank=205,
    in_arrays=_made,
)
