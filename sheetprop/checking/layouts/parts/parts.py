"""How much is right of each part of a lesson of arrays: of what is asked, or is filled alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sheetprop.checking.layouts.judged import Judged
from sheetprop.checking.layouts.parts.fills import Fills, fills_of, named
from sheetprop.checking.layouts.random_points import Place
from sheetprop.checking.report import Part
from sheetprop.notation.address import on
from sheetprop.notation.mentioned import areas_in
from sheetprop.tables.table import range_text
from sheetprop.workbooks.exercise_names import Area, answer_areas
from sheetprop.workbooks.sheet import Address, Workbook

MOST_TAKEN = 4096
"""Cells that a formula takes and that are looked through for parts."""


def parts_of(cells: Sequence[Judged], workbook: Workbook) -> tuple[Part, ...]:
    """Return the parts: in an exercise with answers these, else the cells that are filled alike.

    What was given, numbers and the formulas of an exercise, is no part.
    """
    asked = [one for one in cells if str(one.right).startswith("=")]
    areas = answer_areas(workbook.names)
    fills = _answers(asked, areas) if areas else fills_of({c.origin: str(c.right) for c in asked})
    by_origin = {one.origin: one for one in asked}
    part_of = {by_origin[place].place: name for name, own in fills.items() for place in own}
    behind = {name: _taken([by_origin[p] for p in own], part_of) for name, own in fills.items()}
    return tuple(
        _part(name, [by_origin[place] for place in own], _all_behind(name, behind))
        for name, own in fills.items()
    )


def _answers(asked: Sequence[Judged], areas: Mapping[str, Sequence[Area]]) -> Fills:
    """Return the cells in each range of answers."""
    found: dict[tuple[str, Area], list[Place]] = {}
    for one in asked:
        sheet, at = one.place
        for area in areas.get(sheet, ()):
            if _holds(area, at):
                found.setdefault((sheet, area), []).append(one.origin)
    return {named(own): tuple(own) for own in found.values()}


def _holds(area: Area, at: Address) -> bool:
    (top, left), (bottom, right) = area
    return top <= at[0] <= bottom and left <= at[1] <= right


def _taken(cells: Sequence[Judged], part_of: Mapping[Place, str]) -> frozenset[str]:
    """Return the parts that the first cell, and the last one, take numbers from."""
    return frozenset(part for one in (cells[0], cells[-1]) for part in _parts_in(one, part_of))


def _parts_in(one: Judged, part_of: Mapping[Place, str]) -> Iterator[str]:
    sheets = {sheet.casefold(): sheet for sheet, _ in part_of}
    for area in areas_in(str(one.right), one.place[0], sheets):
        if len(area.rows) * len(area.columns) <= MOST_TAKEN:
            name = sheets[area.sheet.casefold()]
            places = ((name, (r, c)) for r in area.rows for c in area.columns)
            yield from (part_of[place] for place in places if place in part_of)


def _all_behind(name: str, behind: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the parts that one is computed from, directly and through others."""
    found: set[str] = set()
    edge = [*behind[name]]
    while edge:
        one = edge.pop()
        if one not in found:
            found.add(one)
            edge += behind[one]
    return frozenset(found - {name})


def _part(name: str, cells: Sequence[Judged], behind: frozenset[str]) -> Part:
    entries = Counter(one.entry for one in cells)
    rows, columns = zip(*(one.place[1] for one in cells), strict=True)
    where = range_text((min(rows), min(columns)), (max(rows), max(columns)))
    return Part(name, f"{_sheet(cells[0])}{where}", tuple(entries.items()), behind)


def _sheet(one: Judged) -> str:
    return on(one.place[0], one.place[1]).rpartition("!")[0] + "!"
