"""SP264: a map, a kernel or a statistic of another channel or another layer."""

from __future__ import annotations

from sheetprop.mistakes.array_formula import ArrayFormula, Made, moved, named, size
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Case

AGAIN = Case(
    "twice",
    "takes {taken} twice, and {belongs} not at all",
    "Each channel has a map and a kernel of its own, and what they make is added up. Here one is "
    "counted twice, and another is left out.",
)
OTHER = Case(
    "another",
    "takes {taken} of another map where {belongs} belongs",
    "{taken} belongs to another channel or another layer. Look at which map the reference points "
    "to.",
)

SLIDES = Case(
    "slides",
    "slides off {belongs}: it takes {taken}",
    "{belongs} is the same for every cell. A reference without $ goes on when the formula is "
    "filled; press F4 on it, so that it stays.",
)


def _made(formula: ArrayFormula) -> Made:
    if len(formula.own_areas) != len(formula.areas):
        return
    others = [
        k
        for k, (own, right) in enumerate(zip(formula.own_areas, formula.areas, strict=True))
        if own != right
    ]
    if not others or any(size(formula.own_areas[k]) != size(formula.areas[k]) for k in others):
        return
    own, right = (areas[others[0]] for areas in (formula.own_areas, formula.areas))
    blanks = {"taken": named(own, formula.sheet), "belongs": named(right, formula.sheet)}
    is_again = all(formula.own_areas[k] in formula.areas for k in others)
    case = SLIDES if _slides(formula, others) else AGAIN if is_again else OTHER
    yield formula.with_areas(formula.own_areas), case, blanks


def _slides(formula: ArrayFormula, others: list[int]) -> bool:
    """Whether what should stay has gone on as far as the cell is from the first of its block."""
    far = formula.row, formula.column
    return far != (0, 0) and all(
        not formula.moves(k) and moved(formula.areas[k], *far) == formula.own_areas[k]
        for k in others
    )


WRONG_CHANNEL = Mistake(
    code="SP264",
    name="wrong-channel",
    summary="the map, kernel or statistic of another channel",
    explanation=(
        "Each channel has its own map, its own kernel and, where it is normalised, its own mean "
        "and variance. With those of another channel all sizes fit, and the numbers are wrong."
    ),
    wrong="=SUMPRODUCT(B2:D4,$H$2:$J$4)+SUMPRODUCT(B12:D14,$H$2:$J$4)",
    right="=SUMPRODUCT(B2:D4,$H$2:$J$4)+SUMPRODUCT(B12:D14,$H$12:$J$14)",
    cases=(AGAIN, OTHER, SLIDES),
    rank=260,
    in_arrays=_made,
)
