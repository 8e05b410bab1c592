"""Mistakes put into workbooks of arrays, in cells filled alike, such that `check` names them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from sheetprop.calculating.calculated import calculated
from sheetprop.caller import argument
from sheetprop.checking.check import check_workbook
from sheetprop.checking.layouts.naming.named import formula_at
from sheetprop.checking.layouts.parts.fills import fills_of
from sheetprop.errors import SpecError
from sheetprop.mistakes import OF_ARRAYS
from sheetprop.mistakes.array_formula import ArrayFormula, moved
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.exercise_names import with_bugs_named
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

Place = tuple[str, Address]
Changes = Mapping[Place, str]

MOST, MOST_DRAWS = 3, 60
"""So many formulas may be wrong, and so often they are drawn anew."""

BESIDE = ((0, 1), (0, -1), (1, 0), (-1, 0), (0, 2), (0, -2))
"""Where the cell lies that a reference takes by mistake."""

NAMES = frozenset(mistake.name for mistake in OF_ARRAYS)


def with_bugs(workbook: Workbook, number: int, seed: int) -> Workbook:
    """Return the workbook of a lesson of arrays with so many mistakes, that `check` names.

    Raises:
        SpecError: so many cannot be told apart.

    """
    if number > MOST:
        raise SpecError(argument("mistakes"), None, f"must be at most {MOST}, not {number}")
    rights = _rights(workbook)
    draw = random.Random(seed)  # noqa: S311 - a choice of exercises, no secret
    sheets = [*dict.fromkeys(sheet for sheet, _ in rights)][::-1]  # a trap stands last
    changed, found, places = workbook, 0, set[Place]()
    for attempt in range(MOST_DRAWS):
        sheet = sheets[(seed + attempt) % len(sheets)]
        change = _drawn(sheet, rights, workbook, draw)
        wrong = _changed(changed, change) if change else changed
        named = [one.mistake for one in check_workbook(wrong, "").errors] if change else []
        if len(named) == found + 1 and NAMES.issuperset(named):
            changed, found, places = wrong, found + 1, {*places, *change}
        if found == number:
            return _with_names(changed, rights, places, seed)
    raise SpecError(argument("seed"), None, "gives no mistakes that can be told apart; try another")


def _with_names(
    workbook: Workbook, rights: Mapping[Place, str], places: Set[Place], seed: int
) -> Workbook:
    """Return the workbook with the names by which marks find the parts that are wrong again."""
    parts = (name for name, own in fills_of(rights).items() if not places.isdisjoint(own))
    return with_bugs_named(workbook, parts, seed)


def _rights(workbook: Workbook) -> dict[Place, str]:
    return {
        (sheet.name, at): cell.formula
        for sheet in workbook.sheets
        for at, cell in sheet.cells.items()
        if cell.formula
    }


def _drawn(
    sheet: str, rights: Mapping[Place, str], workbook: Workbook, draw: random.Random
) -> Changes:
    """Return a mistake in a cell of a sheet, filled as far as the right formula is."""
    place = draw.choice([one for one in sorted(rights) if one[0] == sheet])
    formula = formula_at(place, rights[place], rights, workbook)
    ways = [[*way] for way in (_made(formula), _beside(formula, workbook))] if formula else []
    ways = [way for way in ways if way]
    if not ways:
        return {}
    (_, (row, column)), text = place, draw.choice(draw.choice(ways))
    own, pattern = RelativeFormula(text, row, column), _pattern(place, rights)
    rows = [row]
    for step in (1, -1):
        while _pattern((sheet, (rows[-1] + step, column)), rights) == pattern:
            rows.append(rows[-1] + step)
        rows.sort(reverse=step == 1)
    return {(sheet, (r, column)): own.at(r, column) for r in rows}


def _pattern(place: Place, rights: Mapping[Place, str]) -> object:
    """Return what is alike in cells of one fill; something else for every cell without one."""
    text = rights.get(place)
    return object() if text is None else RelativeFormula(text, *place[1]).pattern


def _made(formula: ArrayFormula) -> Iterator[str]:
    """Yield what the mistakes make of a formula."""
    for mistake in OF_ARRAYS:
        yield from (text for text, _, _ in mistake.in_arrays(formula))


def _beside(formula: ArrayFormula, workbook: Workbook) -> Iterator[str]:
    """Yield a formula with one reference to numbers beside; a mere link stays as it is."""
    if formula.text.count("(") + sum(map(formula.text.count, "+-*/")) == 0:
        return
    held = {sheet.name: sheet.cells for sheet in workbook.sheets}
    for k, area in enumerate(formula.areas):
        for way in BESIDE:
            other = moved(area, *way)
            cells = [held[other.sheet].get((r, c)) for r in other.rows for c in other.columns]
            if all(cell and isinstance(cell.value, int | float) for cell in cells):
                yield formula.with_one(k, other)


def _changed(workbook: Workbook, changes: Changes) -> Workbook:
    """Return the workbook with other formulas, calculated anew."""
    sheets: Sequence[Sheet] = [
        replace(sheet, cells={at: _cell((sheet.name, at), cell, changes) for at, cell in own})
        for sheet in workbook.sheets
        for own in [sheet.cells.items()]
    ]
    return replace(workbook, sheets=tuple(calculated(sheets)))


def _cell(place: Place, cell: Cell, changes: Changes) -> Cell:
    text = changes.get(place, cell.formula)
    return cell if text is None else Cell(None, text)
