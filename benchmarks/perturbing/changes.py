"""One cell changed so that it is wrong: what is drawn, and where it must be found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random

from perturbing.further import FURTHER
from perturbing.references import (
    Corner,
    Place,
    Reference,
    address_text,
    filled,
    references,
    with_reference,
)
from perturbing.rewrites import REWRITES, Rewrite, Trial, formula_of
from perturbing.several import SEVERAL
from perturbing.slips import SLIPS
from perturbing.sources import Source
from perturbing.whatif import WhatIf
from sheetprop.workbooks.sheet import Cell

FILLED = ("fixed", "loose")
"""Changes of the dollars of a reference, which show only where the formula is filled on."""
EVERY: Mapping[str, Rewrite] = {**REWRITES, **FURTHER, **SLIPS}
KINDS = (*REWRITES, *FILLED)
MORE = (*FURTHER, *SLIPS, *SEVERAL)
MOST_SHOWN = 3
"""A change of more cells is told by the first of them."""


@dataclass(frozen=True)
class Change:
    """Cells that are written otherwise; `seen` are those whose value can differ.

    `is_right_now` says that their values are what they were, until an input is changed.
    """

    kind: str
    cells: Mapping[Place, Cell | None]
    seen: tuple[Place, ...]
    text: str
    is_right_now: bool = False


def drawn_change(
    source: Source,
    whatif: WhatIf,
    draw: Random,
    rewrites: Iterable[str] = KINDS,
) -> Change | None:
    """Draw a change of one cell (or one filled on from a cell) that shows; None where none does."""
    place = drawn_place(source, draw)
    kind = draw.choice(tuple(rewrites))
    trial = Trial(source, whatif, place, draw)
    if kind in FILLED:
        return _filled_change(trial, kind)
    if kind in SEVERAL:
        return _several_changes(trial, kind)
    made = EVERY[kind](trial)
    if made is None or not whatif.shows(place, made.cell):
        return None
    before, after = _shown(source.cell(place)), _shown(made.cell)
    text = f"{place[0]}!{address_text(place[1])}: {before} → {after}"
    return Change(kind, {place: made.cell}, (place,), text, made.is_right_now)


def drawn_place(source: Source, draw: Random) -> Place:
    """Draw a cell: the first, second and last of a column more often than others."""
    if draw.random() < 0.15:
        return draw.choice(source.judged)
    region = draw.choice(source.regions)
    name = draw.choice(sorted(region.quantities))
    cells = region.quantities[name]
    row = draw.choice((0, 1, len(cells) - 1, *(draw.randrange(len(cells)) for _ in range(5))))
    return region.sheet, cells[min(row, len(cells) - 1)]


def _filled_change(trial: Trial, kind: str) -> Change | None:
    """Return a reference made fixed, or loose, and filled on to the end of its column."""
    place, formula = trial.place, formula_of(trial.source, trial.place)
    found = references(formula) if formula else []
    if not found or formula is None:
        return None
    number = trial.draw.randrange(len(found))
    other = _with_dollars(found[number], "$" if kind == "fixed" else "")
    below = _below(trial.source, place)
    if other == found[number] or not _is_filled(trial.source, formula, place, below):
        return None
    start = with_reference(formula, number, other)
    cells = {to: Cell(None, filled(start, *_distance(place, to))) for to in below}
    seen = tuple(to for to, cell in cells.items() if trial.whatif.shows(to, cell))
    text = f"{place[0]}!{address_text(place[1])} filled on: {formula} → {start}"
    return Change(kind, cells, seen, text) if seen else None


def _several_changes(trial: Trial, kind: str) -> Change | None:
    """Return a slip that changes several cells, and those of them that show it."""
    cells = SEVERAL[kind](trial)
    seen = [place for place, cell in (cells or {}).items() if trial.whatif.shows(place, cell)]
    if not cells or not seen:
        return None
    told = [f"{sheet}!{address_text(at)} → {_shown(cell)}" for (sheet, at), cell in cells.items()]
    return Change(kind, cells, tuple(seen), ", ".join(told[:MOST_SHOWN]))


def _below(source: Source, place: Place) -> list[Place]:
    """Return the cells of a quantity from one on; none where it is outside the tables."""
    region = next((r for r in source.regions if r.sheet == place[0] and place[1] in r.names), None)
    if region is None:
        return []
    name, step = region.names[place[1]]
    own = [(k, a) for (quantity, k), a in region.cells.items() if quantity == name and k >= step]
    return [(region.sheet, address) for _, address in sorted(own)]


def _is_filled(source: Source, formula: str, place: Place, below: list[Place]) -> bool:
    """Whether all these cells hold what filling the formula of the first gives."""
    return bool(below) and all(
        filled(formula, *_distance(place, to)) == formula_of(source, to) for to in below
    )


def _distance(place: Place, to: Place) -> tuple[int, int]:
    return to[1][0] - place[1][0], to[1][1] - place[1][1]


def _with_dollars(reference: Reference, dollar: str) -> Reference:
    def written(corner: Corner) -> Corner:
        return replace(corner, row_dollar=dollar, column_dollar=dollar)

    end = written(reference.end) if reference.end else None
    return replace(reference, start=written(reference.start), end=end)


def _shown(cell: object) -> str:
    if not isinstance(cell, Cell):
        return "nothing"
    return cell.formula or repr(cell.value)
