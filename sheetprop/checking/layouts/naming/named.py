"""Which mistake made a wrong formula over arrays: those of the catalogue are made and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sheetprop.checking.layouts.judged import Judged
from sheetprop.checking.layouts.random_points import Doubt, Known, Place, verdicts
from sheetprop.checking.layouts.texts import pieces_of, qualified
from sheetprop.mistakes.array_formula import ArrayFormula, Step, areas_of, size
from sheetprop.mistakes.arrays.of_arrays import OF_ARRAYS
from sheetprop.mistakes.base import Mistake
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.mentioned import Area
from sheetprop.workbooks.sheet import Cell, Workbook

MOST_TRIED = 80
"""Wrong formulas made of one right one."""

MOST_NAMED = 40
"""Slips of one workbook that are named; more of them are told by their places."""

NOTHING_KNOWN = Known({}, {})

Rights = Mapping[Place, str]


@dataclass(frozen=True)
class Named:
    """The mistake that made a wrong formula, in which case, and what fills its words."""

    mistake: Mistake
    case: Case
    blanks: Blanks


def rights_of(cells: Sequence[Judged]) -> dict[Place, str]:
    """Return the right formulas by where they belong."""
    return {one.place: one.right for one in cells if one.right and one.right.startswith("=")}


def names_of(slips: Sequence[Judged], rights: Rights, workbook: Workbook) -> list[Named | None]:
    """Return for each wrong formula what made it, None where no known mistake does."""
    tried: list[tuple[int, Named]] = []
    doubts: list[Doubt] = []
    for k, one in enumerate(slips[:MOST_NAMED]):
        is_formula = one.own is not None and one.own.startswith("=")
        formula = formula_at(one.place, str(one.own), rights, workbook) if is_formula else None
        for text, named in islice(_made(formula), MOST_TRIED) if formula else ():
            sheet = one.place[0]
            own, made = qualified(str(one.own), sheet), qualified(text, sheet)
            doubts.append(Doubt((sheet, (len(doubts) + 1, 1)), own, made))
            tried.append((k, named))
    found: list[Named | None] = [None] * len(slips)
    if doubts:
        for (k, named), is_so in zip(tried, verdicts(workbook, doubts, NOTHING_KNOWN), strict=True):
            if is_so and found[k] is None:
                found[k] = named
    return found


def _made(formula: ArrayFormula) -> Iterator[tuple[str, Named]]:
    """Yield the wrong formulas, those of the likeliest mistake first."""
    for mistake in OF_ARRAYS:
        for text, case, blanks in mistake.in_arrays(formula):
            yield text, Named(mistake, case, blanks)


def formula_at(place: Place, own: str, rights: Rights, workbook: Workbook) -> ArrayFormula | None:
    """Return the right formula of a cell, with `own` in it; None where it takes no cells."""
    if place not in rights:
        return None
    text = rights[place]
    areas = areas_of(text, place[0])
    if not areas:
        return None
    row, down = _along(place, (1, 0), rights)
    column, right = _along(place, (0, 1), rights)
    nothing = ((0, 0),) * len(areas)

    def is_zero(sheet: str, row: int, column: int) -> bool:
        held = next((s.cells for s in workbook.sheets if s.name == sheet), {})
        return held.get((row, column), Cell(0)) == Cell(0)

    return ArrayFormula(
        place[0], text, own, row, column, down or nothing, right or nothing, is_zero
    )


def _along(place: Place, way: Step, rights: Rights) -> tuple[int, tuple[Step, ...] | None]:
    """Return how many cells of a block lie before one, along a way, and its references' steps."""
    steps = _steps(place, _beside(place, way, -1), rights)
    if steps is None:
        steps = _steps(_beside(place, way, 1), place, rights)
        return 0, steps
    count, here = 0, place
    while _steps(here, _beside(here, way, -1), rights) == steps:
        here = _beside(here, way, -1)
        count += 1
    return count, steps


def _beside(place: Place, way: Step, by: int) -> Place:
    sheet, (row, column) = place
    return sheet, (row + by * way[0], column + by * way[1])


def _steps(place: Place, before: Place, rights: Rights) -> tuple[Step, ...] | None:
    """Return how far each reference goes on from a cell to another; None where they are unlike."""
    if place not in rights or before not in rights:
        return None
    pairs = [pieces_of(rights[one], one[0]) for one in (before, place)]
    if len(pairs[0]) != len(pairs[1]):
        return None
    found = []
    for one, other in zip(*pairs, strict=True):
        if isinstance(one, Area) and isinstance(other, Area):
            if one.sheet != other.sheet or size(one) != size(other):
                return None
            found.append((other.top - one.top, other.left - one.left))
        elif one != other:
            return None
    return tuple(found)
