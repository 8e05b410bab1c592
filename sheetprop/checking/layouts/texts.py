"""Formulas by what they say: references in one form, wherever the sheets and cells have gone."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.checking.layouts.aligned import Moved
from sheetprop.notation.address import address, quoted
from sheetprop.notation.mentioned import Area, replaced, split

Pieces = tuple[str | Area, ...]
"""A formula's text between references, without blanks and in capitals, and its references."""


def pieces_of(formula: str, sheet: str) -> Pieces:
    """Return a formula on a sheet in pieces; two that say the same in the same order are equal."""
    return tuple(
        part._replace(sheet=part.sheet.casefold()) if isinstance(part, Area) else _plain(part)
        for part in split(formula, sheet)
    )


def _plain(text: str) -> str:
    """Return a text without blanks and in capitals, but for what stands in quotes."""
    if '"' not in text:
        return "".join(text.split()).upper()
    halves = text.split('"')
    return '"'.join(h if k % 2 else "".join(h.split()).upper() for k, h in enumerate(halves))


def moved_formula(formula: str, sheet: str, places: Mapping[str, Moved]) -> str:
    """Return a right formula as it reads in somebody's copy."""
    return replaced(formula, sheet, lambda area: _there(area, places))


def _there(area: Area, places: Mapping[str, Moved]) -> Area:
    place = places.get(area.sheet)
    if place is None:
        return area
    top, left = place.at((area.top, area.left))
    bottom, right = place.at((area.bottom, area.right))
    return Area(place.sheet, top, left, bottom, right)


def qualified(formula: str, sheet: str) -> str:
    """Return a formula with the sheet of each reference."""
    parts = split(formula, sheet)
    return "".join(_reference(part) if isinstance(part, Area) else part for part in parts)


def _reference(area: Area) -> str:
    first = f"{quoted(area.sheet)}!{address(area.top, area.left)}"
    is_one = (area.top, area.left) == (area.bottom, area.right)
    return first if is_one else f"{first}:{address(area.bottom, area.right)}"
