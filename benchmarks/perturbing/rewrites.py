"""What may stand in a cell instead of what belongs there: one function for each kind of slip."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from perturbing.references import Corner, Place, Reference, references, with_reference
from perturbing.sources import Region, Source
from perturbing.whatif import WhatIf
from sheetprop.workbooks.sheet import Cell

TEXTS = ("n/a", "?", "see above", "0,15", "x", " ", "O", "1.5.2", "wrong")
LAYERS = {"a_h": "a_o", "a_o": "a_h", "h": "o", "o": "h", "i": "a_h", "t": "a_o"}
OUTPUT_WEIGHTS_FROM = 5
"""In the textbook's network w5 and those after it belong to the output layer."""


@dataclass(frozen=True)
class Trial:
    """A cell that is to be changed, in its source, and the dice."""

    source: Source
    whatif: WhatIf
    place: Place
    draw: Random


@dataclass(frozen=True)
class Written:
    """What stands in the cell then, nothing where it is emptied."""

    cell: Cell | None
    is_right_now: bool = False


Rewrite = Callable[[Trial], Written | None]
Other = Callable[[Reference], object]


def formula_of(source: Source, place: Place) -> str | None:
    """Return the formula of a cell; None where it has none, or fills an array."""
    cell = source.cell(place)
    return cell.formula if isinstance(cell, Cell) and not cell.array else None


def _with_other(trial: Trial, other: Other) -> Written | None:
    """Return the formula with something else for one of its references, drawn."""
    formula = formula_of(trial.source, trial.place)
    found = references(formula) if formula else []
    if not found or formula is None:
        return None
    number = trial.draw.randrange(len(found))
    text = other(found[number])
    return None if text is None else Written(Cell(None, with_reference(formula, number, text)))


def _wrapped(pattern: str) -> Rewrite:
    def made(trial: Trial) -> Written | None:
        formula = formula_of(trial.source, trial.place)
        return formula and Written(Cell(None, pattern.format(formula[1:].strip())))  # type: ignore[return-value]

    return made


def _text(trial: Trial) -> Written:
    return Written(Cell(trial.draw.choice(TEXTS)))


def _typed_off(trial: Trial) -> Written | None:
    value = trial.whatif.plain.value(trial.place)
    if formula_of(trial.source, trial.place) is None or not isinstance(value, float):
        return None
    digits = trial.draw.choice((4, 6, 17))
    return Written(Cell(float(f"{value * trial.draw.choice((0.99, 1.01)):.{digits}g}")))


def _sign(trial: Trial) -> Written | None:
    """Turn one + into - or the other way round, or the sign of the whole."""
    formula = formula_of(trial.source, trial.place)
    if formula is None:
        return None
    signs = [m.start() for m in re.finditer(r"(?<=[\w)])[+-](?=[\w($])", formula)]
    signs = [k for k in signs if formula.count('"', 0, k) % 2 == 0]
    signs = [k for k in signs if not re.search(r"\d[eE]$", formula[:k])]
    if not signs or trial.draw.random() < 0.3:
        return Written(Cell(None, f"=-({formula[1:].strip()})"))
    k = trial.draw.choice(signs)
    turned = "-" if formula[k] == "+" else "+"
    return Written(Cell(None, formula[:k] + turned + formula[k + 1 :]))


def _moved(reference: Reference, down: int, right: int) -> Reference | None:
    def at(corner: Corner) -> Corner | None:
        row, column = corner.row + down, corner.column + right
        return corner.at((row, column)) if row > 0 and column > 0 else None

    start, end = at(reference.start), at(reference.end) if reference.end else None
    if start is None or (reference.end and end is None):
        return None
    return replace(reference, start=start, end=end)


def _row_off(trial: Trial) -> Written | None:
    return _with_other(trial, lambda r: _moved(r, trial.draw.choice((-1, 1)), 0))


def _column_off(trial: Trial) -> Written | None:
    return _with_other(trial, lambda r: _moved(r, 0, trial.draw.choice((-1, 1))))


def _region_of(trial: Trial, reference: Reference) -> Region | None:
    sheet = reference.sheet or trial.place[0]
    for region in trial.source.regions:
        if region.sheet == sheet and reference.start.address in region.names:
            return region
    return None


def _quantity_off(wanted: Callable[[str, str], bool]) -> Rewrite:
    """Return a change that puts another quantity of the same iteration for one reference."""

    def made(trial: Trial) -> Written | None:
        def other(reference: Reference) -> object:
            region = _region_of(trial, reference)
            if region is None or reference.end:
                return None
            name, step = region.names[reference.start.address]
            others = [n for n, k in region.cells if k == step and n != name and wanted(name, n)]
            if not others:
                return None
            target = region.cells[trial.draw.choice(sorted(others)), step]
            return replace(reference, start=reference.start.at(target))

        return _with_other(trial, other)

    return made


def _kind(name: str) -> str:
    return re.sub(r"\d+(?:_\d+)?$", "", name)


def _is_kin(name: str, other: str) -> bool:
    return _kind(other) == _kind(name)


def _is_of_other_layer(name: str, other: str) -> bool:
    if _kind(name) not in ("w", "dE/dw"):
        return _kind(other) == LAYERS.get(_kind(name))
    numbers = [int(re.sub(r".*?(\d+)$", r"\1", one)) for one in (name, other) if one[-1].isdigit()]
    is_other = len({number >= OUTPUT_WEIGHTS_FROM for number in numbers}) > 1
    return _is_kin(name, other) and is_other


def _other_rate(trial: Trial) -> Written | None:
    """Take the rate of another table."""
    formula = formula_of(trial.source, trial.place)
    rates = [region.rate for region in trial.source.regions if region.rate]
    if formula is None:
        return None
    for number, reference in enumerate(references(formula)):
        own = (reference.sheet or trial.place[0], reference.start.address)
        others = [rate for rate in rates if rate != own]
        if own in rates and others:
            sheet, address = trial.draw.choice(others)
            shown = sheet if sheet != trial.place[0] else None
            text = Reference(shown, reference.start.at(address))
            return Written(Cell(None, with_reference(formula, number, text)))
    return None


def _number(trial: Trial) -> Written | None:
    """Put a number for a reference: what it is now, or 1 % more."""
    is_exact = trial.draw.random() < 0.5

    def other(reference: Reference) -> object:
        place = (reference.sheet or trial.place[0], reference.start.address)
        value = trial.whatif.plain.value(place)
        if reference.end or not isinstance(value, float) or not value:
            return None
        text = repr(value if is_exact else value * 1.01)
        return text if value > 0 else f"({text})"

    made = _with_other(trial, other)
    return made and replace(made, is_right_now=is_exact)


REWRITES: Mapping[str, Rewrite] = {
    "blank": lambda _: Written(None),
    "text": _text,
    "times 1.001": _wrapped("=({})*1.001"),
    "plus 1e-4": _wrapped("={}+0.0001"),
    "typed 1 % off": _typed_off,
    "sign": _sign,
    "row": _row_off,
    "column": _column_off,
    "neuron": _quantity_off(_is_kin),
    "layer": _quantity_off(_is_of_other_layer),
    "other rate": _other_rate,
    "number": _number,
    "error": lambda trial: _with_other(trial, lambda _: "#REF!"),
}
