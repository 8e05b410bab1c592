"""Right workbooks written otherwise, so that nothing changes: one way or two at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

import formualizer as fz

from perturbing.elsewhere import ELSEWHERE
from perturbing.naming import NAMING
from perturbing.otherwise import OTHERWISE
from perturbing.recalculating import Recalculated
from perturbing.relocating import NotPossibleError
from perturbing.sources import Source
from perturbing.terms import NotReadError
from perturbing.whatif import differing, inputs
from sheetprop.workbooks.sheet import Cell

Way = Callable[[Source, Random], Source]

SAMENESSES: dict[str, Way] = ELSEWHERE | OTHERWISE | NAMING
MOST_TRIES = 40
CIRCLE = "#CIRC!"
TWO_AT_ONCE = 0.2


def written_otherwise(
    source: Source, draw: Random, ways: Mapping[str, Way] = SAMENESSES
) -> tuple[str, Source]:
    """Return what was done to a source and the new one, proved to hold the same numbers."""
    for _ in range(MOST_TRIES):
        names = draw.sample(sorted(ways), 2 if draw.random() < TWO_AT_ONCE else 1)
        try:
            made = source
            for name in names:
                made = ways[name](made, draw)
        except (NotPossibleError, NotReadError):
            continue
        if made.workbook == source.workbook:
            continue
        try:
            engine = Recalculated(made.workbook)
        except fz.ExcelEvaluationError:  # a reference that the engine cannot follow
            continue
        try:
            _prove(source, made, engine, " + ".join(names))
        except NotPossibleError:
            continue
        made = replace(made, workbook=engine.with_values(made.workbook))
        return " + ".join(sorted(names)), made
    raise RuntimeError(f"nothing could be written otherwise in {source.name}")


def _prove(source: Source, made: Source, engine: Recalculated, what: str) -> None:
    """Hold the numbers of all tables against those of the source, with other inputs too.

    Raises:
        ArithmeticError: they differ: the other way of writing is at fault, not `check`.

    """
    own = Recalculated(source.workbook)
    places = [
        ((one.sheet, address), (other.sheet, other.cells[key]))
        for one, other in zip(source.regions, made.regions, strict=True)
        for key, address in one.cells.items()
    ]
    wrong = differing(own, engine, places)
    if any(str(engine.value(other)) == CIRCLE for _, other in places):
        raise NotPossibleError("the engine takes INDEX of its own column for a circle")
    if wrong:
        raise ArithmeticError(f"{what}: {wrong[:3]} differ in {source.name}")
    changes, back = _other_inputs(source, made, dict(places))
    own.set(changes[0])
    engine.set(changes[1])
    wrong = differing(own, engine, places)
    engine.set(back)
    if wrong:
        raise ArithmeticError(f"{what}: {wrong[:3]} differ for other inputs in {source.name}")


def _other_inputs(
    source: Source,
    made: Source,
    moved: dict[tuple[str, tuple[int, int]], tuple[str, tuple[int, int]]],
) -> tuple[tuple[dict, dict], dict]:  # type: ignore[type-arg]
    """Return other first weights, in both workbooks, and what takes them back."""
    draw = Random(source.name)
    here, there, back = {}, {}, {}
    for group in inputs(source):
        place = group[0]
        other = moved.get(place)
        if len(group) > 1 or other is None:
            continue
        cell = made.cell(other)
        if not isinstance(cell, Cell) or cell.formula is not None:
            continue
        value = Cell(draw.uniform(0.1, 0.9))
        here[place], there[other], back[other] = value, value, cell
    return (here, there), back
