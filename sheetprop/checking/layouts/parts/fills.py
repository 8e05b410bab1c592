"""Which cells are filled alike: what one formula says, however many cells it is copied to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sheetprop.checking.layouts.random_points import Place
from sheetprop.notation.address import address
from sheetprop.notation.relative import RelativeFormula

Fills = Mapping[str, tuple[Place, ...]]
"""Cells by the name of what they make: the sheet and its first cell."""


def fills_of(rights: Mapping[Place, str]) -> Fills:
    """Return the cells that hang together and hold the same right formula, relative to each."""
    alike: dict[object, set[Place]] = {}
    for (sheet, (row, column)), text in rights.items():
        pattern = RelativeFormula(text, row, column).pattern
        alike.setdefault((sheet, pattern), set()).add((sheet, (row, column)))
    found = sorted(group for own in alike.values() for group in _connected(own))
    return {named(group): group for group in found}


def named(places: Iterable[Place]) -> str:
    """Return the name of some cells."""
    sheet, first = min(places)
    return f"{sheet}!{address(*first)}"


def _connected(places: set[Place]) -> Iterator[tuple[Place, ...]]:
    left = set(places)
    while left:
        found, edge = [], [left.pop()]
        while edge:
            sheet, (r, c) = edge.pop()
            found.append((sheet, (r, c)))
            near = {(sheet, at) for at in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1))} & left
            left -= near
            edge += near
        yield tuple(sorted(found))
