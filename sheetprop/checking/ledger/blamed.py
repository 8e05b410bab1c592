"""Which cells of a table findings are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetprop.checking.ledger.areas import Area, mentioned
from sheetprop.mistakes.finding import Finding
from sheetprop.tables.judgement import Judgement

Numbered = tuple[int, Finding]

Wrongs = dict[str, dict[int, int]]
"""For each quantity: the wrong steps, with the index of their finding."""


def wrong_cells(judgement: Judgement, errors: Iterable[Numbered]) -> Wrongs:
    """Return the cells of a table that findings call wrong."""
    found: Wrongs = {}
    for index, finding in errors:
        for name, steps in steps_of(judgement, [finding]).items():
            found.setdefault(name, {}).update(dict.fromkeys(steps, index))
    return found


def steps_of(judgement: Judgement, findings: Iterable[Finding]) -> dict[str, list[int]]:
    """Return the steps of a table's quantities that findings are about."""
    table = judgement.table
    found: dict[str, list[int]] = {}
    for place in (place for finding in findings for place in finding.places):
        name = place.quantity
        if place.sheet != table.sheet or name is None or name not in judgement.lines:
            continue
        for area in mentioned(place.range, table.sheet):
            steps = _steps_between(judgement, area)
            own = (step for step in steps if table.cell(name, step) in area)
            found.setdefault(name, []).extend(own)
    return found


def _steps_between(judgement: Judgement, area: Area) -> Iterator[int]:
    table = judgement.table
    start, end = table.split(area.first)[1], table.split(area.last)[1]
    if start in table.step_of and end in table.step_of:
        first, last = sorted((table.step_of[start], table.step_of[end]))
        yield from range(first, last + 1)
