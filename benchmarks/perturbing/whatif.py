"""Whether a change of one cell can show: the workbook recalculated with other numbers in it."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from perturbing.recalculating import Recalculated, same
from perturbing.references import Place
from perturbing.sources import Source
from sheetprop.workbooks.sheet import Cell

SCENARIOS = 2
LEAST_RUN = 3
"""So many equal numbers below one another are one number, typed again and again."""


def inputs(source: Source) -> list[list[Place]]:
    """Return the numbers that everything is calculated from; those of one list move together.

    An input that every row repeats is one input: whoever changes it changes all of them.
    """
    groups: dict[object, list[Place]] = {}
    known = {
        (region.sheet, address): (number, quantity)
        for number, region in enumerate(source.regions)
        for (quantity, _), address in region.cells.items()
    }
    for place in source.judged:
        cell = source.cell(place)
        if not isinstance(cell, Cell) or cell.formula is not None:
            continue
        if not isinstance(cell.value, float | int) or isinstance(cell.value, bool):
            continue
        key: object = (*known[place], cell.value) if place in known else _run(source, place)
        groups.setdefault(key, []).append(place)
    return list(groups.values())


def _run(source: Source, place: Place) -> object:
    """Return what a number outside the tables stands together with: its line, if it is repeated."""
    sheet, (row, column) = place
    value = source.cell(place).value  # type: ignore[attr-defined]

    def repeats(address: tuple[int, int]) -> bool:
        cell = source.cell((sheet, address))
        return isinstance(cell, Cell) and cell.formula is None and cell.value == value

    for down, right in ((1, 0), (0, 1)):
        count = sum(repeats((row + k * down, column + k * right)) for k in range(-2, 3))
        if count >= LEAST_RUN:
            return sheet, column if down else -row, value
    return place


class WhatIf:
    """A source recalculated with other inputs, ready to try changes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.plain = Recalculated(source.workbook)
        self.others = [Recalculated(source.workbook) for _ in range(SCENARIOS)]
        for number, engine in enumerate(self.others):
            engine.set(scenario(source, number))

    def shows(self, place: Place, cell: Cell | None) -> bool:
        """Whether a cell with other contents has another value in any of the scenarios."""
        for engine in (self.plain, *self.others):
            watched = self._watched(place)
            before = [engine.value(one) for one in watched]
            engine.set({place: cell})
            after = [engine.value(one) for one in watched]
            engine.set({place: self._own(engine, place)})
            if not all(map(same, before, after)):
                return True
        return False

    def _watched(self, place: Place) -> list[Place]:
        """Return the cells to look at: a formula's own, or all that may take a number."""
        cell = self.source.cell(place)
        if isinstance(cell, Cell) and cell.formula is not None:
            return [place]
        return [one for one in self.source.judged if one != place]

    def _own(self, engine: Recalculated, place: Place) -> Cell | None:
        cell = self.source.cell(place)
        if engine is self.plain or not isinstance(cell, Cell) or cell.formula is not None:
            return cell  # type: ignore[return-value]
        number = self.others.index(engine)
        return scenario(self.source, number).get(place, cell)


def scenario(source: Source, number: int) -> dict[Place, Cell]:
    """Return other inputs, weights and rates, drawn from the source's name and a number."""
    draw = Random(f"{source.name} {number}")
    found: dict[Place, Cell] = {}
    for group in inputs(source):
        factor, further = draw.uniform(0.6, 1.4), draw.uniform(0.01, 0.09)
        for place in group:
            found[place] = Cell(source.cell(place).value * factor + further)  # type: ignore[attr-defined]
    return found


def differing(
    left: Recalculated, right: Recalculated, places: Iterable[tuple[Place, Place]]
) -> list[Place]:
    """Return the places whose values are not the same in two workbooks."""
    return [one for one, other in places if not same(left.value(one), right.value(other), 1e-7)]
