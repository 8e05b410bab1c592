"""One cell changed so that it is wrong: what is drawn, and where it must be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from perturbing.references import (
    Corner,
    Place,
    Reference,
    address_text,
    filled,
    references,
    with_reference,
)
from perturbing.sources import Region, Source
from perturbing.whatif import WhatIf
from sheetprop.workbooks.sheet import Cell

TEXTS = ("n/a", "?", "see above", "0,15", "x", " ", "O", "1.5.2", "wrong")


@dataclass(frozen=True)
class Change:
    """Cells that are written otherwise; `seen` are those whose value can differ."""

    kind: str
    cells: Mapping[Place, Cell | None]
    seen: tuple[Place, ...]
    text: str
    is_right_now: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether the cell is emptied."""
        return all(cell is None for cell in self.cells.values())


Made = tuple[str, Cell | None] | None
"""What the change is called and what stands in the cell then."""


def drawn_change(source: Source, whatif: WhatIf, draw: Random) -> Change | None:
    """Draw a change of one cell (or one filled on from a cell) that shows; None where none does."""
    place = drawn_place(source, draw)
    kind = draw.choice(tuple(KINDS))
    if kind in FILLED:
        return _filled_change(source, whatif, place, kind, draw)
    made = KINDS[kind](source, whatif, place, draw)
    if made is None or not whatif.shows(place, made[1]):
        return None
    text = f"{place[0]}!{address_text(place[1])}: {_shown(source.cell(place))} → {_shown(made[1])}"
    return Change(kind, {place: made[1]}, (place,), text, made[0] == "typed as it is")


def drawn_place(source: Source, draw: Random) -> Place:
    """Draw a cell: the first, second and last of a column more often than others."""
    if draw.random() < 0.15:
        return draw.choice(source.judged)
    region = draw.choice(source.regions)
    name = draw.choice(sorted(region.quantities))
    cells = region.quantities[name]
    row = draw.choice((0, 1, len(cells) - 1, *(draw.randrange(len(cells)) for _ in range(5))))
    return region.sheet, cells[min(row, len(cells) - 1)]


def _formula(source: Source, place: Place) -> str | None:
    cell = source.cell(place)
    return cell.formula if isinstance(cell, Cell) and not cell.array else None


def _blank(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    return "", None


def _text(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    return "", Cell(draw.choice(TEXTS))


def _appended(pattern: str) -> Callable[[Source, WhatIf, Place, Random], Made]:
    def made(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
        formula = _formula(source, place)
        return None if formula is None else ("", Cell(None, pattern.format(formula[1:].strip())))

    return made


def _typed_off(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    if _formula(source, place) is None:
        return None
    value = whatif.plain.value(place)
    digits = draw.choice((4, 6, 17))
    return "", Cell(float(f"{value * draw.choice((0.99, 1.01)):.{digits}g}"))  # type: ignore[operator]


def _typed_in_error(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    """Return a cell with #REF! in place of one of its references."""
    return _with_other(source, place, draw, lambda _: "#REF!")


def _sign(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    formula = _formula(source, place)
    if formula is None:
        return None
    signs = [m.start() for m in re.finditer(r"(?<=[\w)])[+-](?=[\w($])", formula)]
    signs = [k for k in signs if formula.count('"', 0, k) % 2 == 0]
    signs = [k for k in signs if not re.search(r"\d[eE]$", formula[:k])]
    if not signs or draw.random() < 0.3:
        return "", Cell(None, f"=-({formula[1:].strip()})")
    k = draw.choice(signs)
    return "", Cell(None, formula[:k] + ("-" if formula[k] == "+" else "+") + formula[k + 1 :])


def _with_other(
    source: Source, place: Place, draw: Random, other: Callable[[Reference], object]
) -> Made:
    formula = _formula(source, place)
    found = references(formula) if formula else []
    if not found:
        return None
    number = draw.randrange(len(found))
    text = other(found[number])
    return None if text is None else ("", Cell(None, with_reference(formula or "", number, text)))


def _moved(reference: Reference, down: int, right: int) -> Reference | None:
    def at(corner: Corner) -> Corner | None:
        row, column = corner.row + down, corner.column + right
        return corner.at((row, column)) if row > 0 and column > 0 else None

    start, end = at(reference.start), at(reference.end) if reference.end else None
    if start is None or (reference.end and end is None):
        return None
    return replace(reference, start=start, end=end)


def _row_off(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    return _with_other(source, place, draw, lambda r: _moved(r, draw.choice((-1, 1)), 0))


def _column_off(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    return _with_other(source, place, draw, lambda r: _moved(r, 0, draw.choice((-1, 1))))


def _region_of(source: Source, sheet: str, reference: Reference) -> Region | None:
    for region in source.regions:
        if region.sheet == (reference.sheet or sheet) and reference.start.address in region.names:
            return region
    return None


def _quantity_off(
    wanted: Callable[[str, str], bool],
) -> Callable[[Source, WhatIf, Place, Random], Made]:
    """Return a change that puts another quantity of the same iteration for one reference."""

    def made(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
        def other(reference: Reference) -> object:
            region = _region_of(source, place[0], reference)
            if region is None or reference.end:
                return None
            name, step = region.names[reference.start.address]
            others = [n for n, k in region.cells if k == step and n != name and wanted(name, n)]
            if not others:
                return None
            target = region.cells[draw.choice(sorted(others)), step]
            return replace(reference, start=reference.start.at(target))

        return _with_other(source, place, draw, other)

    return made


def _kind(name: str) -> str:
    return re.sub(r"\d+(?:_\d+)?$", "", name)


LAYERS = {"a_h": "a_o", "a_o": "a_h", "h": "o", "o": "h", "i": "a_h", "t": "a_o"}


def _is_other_layer(name: str, other: str) -> bool:
    if _kind(name) in ("w", "dE/dw"):
        return _kind(other) == _kind(name) and (int(name[-1]) > 4) != (int(other[-1]) > 4)
    return _kind(other) == LAYERS.get(_kind(name))


def _other_rate(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    rates = [region.rate for region in source.regions if region.rate]

    def other(reference: Reference) -> object:
        own = (reference.sheet or place[0], reference.start.address)
        if own not in rates or len(rates) < 2:
            return None
        sheet, address = draw.choice([rate for rate in rates if rate != own] or [own])
        return Reference(sheet if sheet != place[0] else None, reference.start.at(address))

    formula = _formula(source, place)
    found = [other(r) for r in references(formula)] if formula else []
    chosen = [(k, text) for k, text in enumerate(found) if text is not None]
    if not chosen:
        return None
    return "", Cell(None, with_reference(formula or "", *draw.choice(chosen)))


def _number(source: Source, whatif: WhatIf, place: Place, draw: Random) -> Made:
    is_exact = draw.random() < 0.5

    def other(reference: Reference) -> object:
        value = whatif.plain.value((reference.sheet or place[0], reference.start.address))
        if reference.end or not isinstance(value, float) or not value:
            return None
        text = repr(value if is_exact else value * 1.01)
        return text if value > 0 else f"({text})"

    made = _with_other(source, place, draw, other)
    return made and ("typed as it is" if is_exact else "", made[1])


KINDS: Mapping[str, Callable[[Source, WhatIf, Place, Random], Made]] = {
    "blank": _blank,
    "text": _text,
    "times 1.001": _appended("=({})*1.001"),
    "plus 1e-4": _appended("={}+0.0001"),
    "typed 1 % off": _typed_off,
    "sign": _sign,
    "row": _row_off,
    "column": _column_off,
    "neuron": _quantity_off(lambda name, other: _kind(other) == _kind(name)),
    "layer": _quantity_off(_is_other_layer),
    "fixed": _blank,
    "loose": _blank,
    "other rate": _other_rate,
    "number": _number,
    "error": _typed_in_error,
}
FILLED = ("fixed", "loose")


def _filled_change(
    source: Source, whatif: WhatIf, place: Place, kind: str, draw: Random
) -> Change | None:
    """Return a reference made fixed, or loose, and filled on to the end of its column."""
    region = next((r for r in source.regions if r.sheet == place[0] and place[1] in r.names), None)
    formula = _formula(source, place)
    found = references(formula) if formula else []
    if region is None or not found or formula is None:
        return None
    number = draw.randrange(len(found))
    other = _with_dollars(found[number], "$" if kind == "fixed" else "")
    if other == found[number]:
        return None
    start = with_reference(formula, number, other)
    name, step = region.names[place[1]]
    cells: dict[Place, Cell | None] = {}
    for (quantity, later), address in region.cells.items():
        if quantity == name and later >= step:
            down, right = address[0] - place[1][0], address[1] - place[1][1]
            cells[region.sheet, address] = Cell(None, filled(start, down, right))
    if any(filled(formula, a[0] - place[1][0], a[1] - place[1][1]) != _formula(source, (s, a))
           for s, a in cells):  # fmt: skip
        return None
    seen = tuple(p for p, cell in cells.items() if whatif.shows(p, cell))
    text = f"{place[0]}!{address_text(place[1])} filled on: {formula} → {start}"
    return Change(kind, cells, seen, text) if seen else None


def _with_dollars(reference: Reference, dollar: str) -> Reference:
    def written(corner: Corner) -> Corner:
        return replace(corner, row_dollar=dollar, column_dollar=dollar)

    end = written(reference.end) if reference.end else None
    return replace(reference, start=written(reference.start), end=end)


def _shown(cell: object) -> str:
    if not isinstance(cell, Cell):
        return "nothing"
    return cell.formula or repr(cell.value)
