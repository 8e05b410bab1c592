"""Whether two formulas give the same, whatever numbers stand in the cells that they take."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sheetprop.calculating.agreement import is_close
from sheetprop.calculating.engine import Engine
from sheetprop.checking.layouts.texts import qualified
from sheetprop.lazily.patterns import pattern
from sheetprop.notation.mentioned import areas_in, reaches_anywhere
from sheetprop.workbooks.sheet import Address, Cell, ExcelError, Sheet, Value, Workbook

COUNT = 64
"""Points; in half of them the numbers are few, so that conditions on equal ones are met.

In half of the others all are positive, so that no ReLU hides a difference.
"""

FEW = (-1.0, 0.0, 0.25, 0.75)
"""Zero is among them: it stands around maps, and a condition may be on it."""

ASKS = pattern(r"\b(?:ISNUMBER|ISBLANK|ISTEXT)\(([^()]{1,300})\)", re.I)
"""What asks whether a cell is filled: then it has to be tried empty, too."""

MANY, FEWER = 200, 16
"""From so many formulas on, so few points: each takes its time."""

FAR = 1.5
RELATIVE = 1e-9
MOST_CELLS = 20_000
"""Cells that one formula may take and still be tried."""

Place = tuple[str, Address]


@dataclass(frozen=True)
class Doubt:
    """A cell of a workbook, the formula in it, and the right one."""

    place: Place
    own: str
    right: str


@dataclass(frozen=True)
class Known:
    """Cells that are not given any number: `fixed` keep theirs, `choices` take each of several.

    They do so in turn: what differs for one choice alone is seen where there are points enough.
    """

    fixed: Mapping[Place, Value]
    choices: Mapping[Place, Sequence[Value]]


def verdicts(workbook: Workbook, doubts: Sequence[Doubt], known: Known) -> list[bool | None]:
    """Return of each formula whether it gives what the right one gives; None where none can tell.

    The random numbers are always the same.
    """
    generator = random.Random(0)  # noqa: S311 - no secret
    taken = sorted({cell for doubt in doubts for cell in _taken(workbook, doubt)})
    engine = Engine(_laboratory(workbook, doubts, taken))
    turns = {
        one: generator.sample(values, len(values))
        for one, values in sorted(known.choices.items(), key=lambda item: item[0])
    }
    found: list[bool | None] = [True] * len(doubts)
    asked = [{*_asked(workbook, doubt)} - known.fixed.keys() for doubt in doubts]
    first = {one: own[0] for one, own in turns.items()}
    filled = {cell: _value(workbook, cell, known, first, 1.0) for cell in taken}
    for empty in _emptied(generator, sorted(set().union(*asked) - known.choices.keys())):
        engine.set_all(filled | dict.fromkeys(empty))
        engine.recalculate()
        for k, doubt in enumerate(doubts):
            if asked[k]:
                found[k] = found[k] and _agree(*_outcome(engine, doubt))
    for point in range(COUNT if len(doubts) < MANY else FEWER):
        drawn = _drawing(generator, point)
        chosen = {one: own[point % len(own)] for one, own in turns.items()}
        values = {cell: _value(workbook, cell, known, chosen, drawn()) for cell in taken}
        engine.set_all({cell: value for cell, value in values.items() if value is not None})
        engine.recalculate()
        for k, doubt in enumerate(doubts):
            found[k] = found[k] and _agree(*_outcome(engine, doubt))
    refused = [
        reaches_anywhere(d.own) or (_twins(d.place[0])[0], d.place[1]) in engine.unsupported
        for d in doubts
    ]
    return [None if is_refused else one for is_refused, one in zip(refused, found, strict=True)]


def _taken(workbook: Workbook, doubt: Doubt) -> Iterable[Place]:
    """Yield the cells that one of two formulas takes."""
    wanted = {sheet.name.casefold(): sheet.name for sheet in workbook.sheets}
    for text in (doubt.own, doubt.right):
        for area in areas_in(text, doubt.place[0], wanted):
            if len(area.rows) * len(area.columns) <= MOST_CELLS:
                name = wanted[area.sheet.casefold()]
                yield from ((name, (row, column)) for row in area.rows for column in area.columns)


def _asked(workbook: Workbook, doubt: Doubt) -> Iterable[Place]:
    """Yield the cells of which one of two formulas asks whether there is anything in them."""
    for text in (doubt.own, doubt.right):
        for asked in ASKS.findall(text):
            yield from _taken(workbook, Doubt(doubt.place, f"={asked}", f"={asked}"))


def _emptied(generator: random.Random, cells: Sequence[Place]) -> Iterable[list[Place]]:
    """Yield which cells are empty at some points: all of them, and half of them time and again."""
    if cells:
        yield list(cells)
        for _ in range(FEWER):
            yield [cell for cell in cells if generator.random() < 0.5]


def _twins(sheet: str) -> tuple[str, str]:
    """Return the sheets on which the formulas of a sheet are tried: there, no other is in the way.

    No workbook has sheets of such names: they are too long.
    """
    return f"{sheet}{' own':>40}", f"{sheet}{' right':>40}"


def _laboratory(workbook: Workbook, doubts: Sequence[Doubt], taken: Sequence[Place]) -> Workbook:
    """Return the cells taken, and the formulas on sheets of their own where they stand."""
    cells: dict[str, dict[Address, Cell]] = {sheet.name: {} for sheet in workbook.sheets}
    for sheet, at in taken:
        cells[sheet][at] = Cell(0.0)
    for doubt in doubts:
        sheet, at = doubt.place
        texts = qualified(doubt.own, sheet), qualified(doubt.right, sheet)
        for twin, text in zip(_twins(sheet), texts, strict=True):
            cells.setdefault(twin, {})[at] = Cell(None, text)
    return Workbook(tuple(Sheet(name, own) for name, own in cells.items()), workbook.names)


def _drawing(generator: random.Random, point: int) -> Callable[[], float]:
    """Return what draws the numbers of a point."""
    if point % 2 == 1:
        return lambda: generator.choice(FEW)
    least = 0.0 if point % 4 == 0 else -FAR
    return lambda: generator.uniform(least, FAR)


def _value(
    workbook: Workbook, place: Place, known: Known, chosen: Mapping[Place, Value], number: float
) -> Value:
    """Return what a cell holds at a point; texts stay."""
    if place in chosen:
        return chosen[place]
    if place in known.fixed:
        return known.fixed[place]
    cell = workbook[place[0]].cells.get(place[1])
    stays = cell is not None and isinstance(cell.value, str) and cell.formula is None
    return cell.value if cell is not None and stays else number


def _outcome(engine: Engine, doubt: Doubt) -> tuple[Value, Value]:
    own, right = _twins(doubt.place[0])
    return engine.value(own, doubt.place[1]), engine.value(right, doubt.place[1])


def _agree(own: Value, right: Value) -> bool:
    if isinstance(own, int | float) and isinstance(right, int | float):
        return is_close(float(own), float(right), RELATIVE)
    if isinstance(right, ExcelError):
        return isinstance(own, ExcelError)
    return own == right and not isinstance(own, ExcelError)
