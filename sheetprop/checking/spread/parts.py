"""Parts of one table on several sheets: gradients here, the forward pass there.

A part is a row of headers above numbers; a sheet may hold several, one below another. Parts belong
together where each has quantities that the others lack, where they have the same iterations, and
where the formulas of one take cells of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from sheetprop.checking.finding.recognise import LARGEST_GAP, LEAST_QUANTITIES
from sheetprop.checking.finding.split_headers import named_cells
from sheetprop.maths.names import is_parameter, kind, parameter_of
from sheetprop.notation.mentioned import areas_in
from sheetprop.tables.table import Table
from sheetprop.workbooks.sheet import Sheet
from sheetprop.workbooks.sweeps import has_number, last_row, row

LEAST_NAMES = 2
"""So many quantities that the others lack make a part of a table."""

NEEDED = {"input", "target", "weight", "sum", "activation", "error", "gradient"}
"""Kinds of quantities that a whole table has; a table without one of them may be a part."""


class Part(NamedTuple):
    """Quantities side by side on a sheet: the column and the header text of each."""

    sheet: Sheet
    header: int
    places: tuple[int, ...]
    names: dict[str, tuple[int, str]]

    @property
    def columns(self) -> range:
        """All columns from the first quantity to the last, with others that are filled beside."""
        columns = [column for column, _ in self.names.values()]
        first, last = min(columns), max(columns)
        while first > 1 and self._is_filled(first - 1):
            first -= 1
        while self._is_filled(last + 1):
            last += 1
        return range(first, last + 1)

    def _is_filled(self, column: int) -> bool:
        """Whether a column has formulas in the first two rows: then it is a helper of the part."""
        beside = (self.sheet.cells.get((place, column)) for place in self.places[:2])
        return all(cell is not None and cell.formula is not None for cell in beside)


def is_whole(table: Table) -> bool:
    """Whether a table has every kind of quantity, gradients for all its weights and no others."""
    updated = {name for name in table.lines if is_parameter(name)}
    derived = {parameter_of(name) for name in table.lines if kind(name) == "gradient"}
    return NEEDED.issubset(map(kind, table.lines)) and derived == updated


def spread_parts(sheets: Sequence[Sheet]) -> Iterator[list[Part]]:
    """Yield the parts of each table that is spread over several sheets, the largest part first."""
    left = [part for sheet in sheets for part in _parts_of(sheet)]
    left.sort(key=lambda part: -len(part.names))
    while left:
        together, left = _gathered(left[0], left[1:])
        if len(together) > 1 and _is_network(together):
            yield together


def _gathered(first: Part, others: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Return a part with those that belong to it, and the rest."""
    together, left = [first], list(others)
    found: Part | None = first
    while found is not None:
        found = next((part for part in left if _belongs(part, together)), None)
        if found is not None:
            together.append(found)
            left = [part for part in left if part is not found]
    return together, left


def _belongs(part: Part, together: Sequence[Part]) -> bool:
    """Whether a part has what others lack, in the same iterations, and calculates with them."""
    known = {name for other in together for name in other.names}
    new = [name for name in part.names if name not in known]
    apart = abs(len(part.places) - len(together[0].places))
    if len(new) < LEAST_NAMES or 2 * len(new) < len(part.names) or apart > 1:
        return False
    return any(_takes(part, other) or _takes(other, part) for other in together)


def _takes(part: Part, other: Part) -> bool:
    """Whether formulas of a part's first iterations take cells of another part."""
    wanted = {other.sheet.name.casefold()}
    for place in part.places[:2]:
        for (_, column), cell in row(part.sheet.cells, place):
            if cell.formula is None or column not in part.columns:
                continue
            if part.sheet is not other.sheet and "!" not in cell.formula:
                continue
            for area in areas_in(cell.formula, part.sheet.name, wanted):
                if area.left in other.columns and area.top in other.places:
                    return True
    return False


def _is_network(together: Sequence[Part]) -> bool:
    names = {name for part in together for name in part.names}
    return len(names) >= LEAST_QUANTITIES and any(map(is_parameter, names))


def _parts_of(sheet: Sheet) -> list[Part]:
    """Return the parts of a sheet; none where several have the same names, as several runs do."""
    by_row: dict[int, dict[str, tuple[int, str]]] = {}
    is_doubled = set()
    for (at, column), name, text in named_cells(sheet):
        if kind(name):
            own = by_row.setdefault(at, {})
            is_doubled |= {at} if name in own else set()
            own.setdefault(name, (column, text))
    named = [(at, names) for at, names in sorted(by_row.items()) if len(names) >= LEAST_NAMES]
    ends = [*(at for at, _ in named[1:]), last_row(sheet.cells) + 1]
    parts = [
        Part(sheet, at, places, names)
        for (at, names), end in zip(named, ends, strict=False)
        if len(places := _places(sheet, at, end, names)) > 1
    ]
    parts.sort(key=lambda part: -len(part.names))
    if any(len(one.names.keys() & two.names) >= LEAST_NAMES for one, two in combinations(parts, 2)):
        return []
    return [part for part in parts if part.header not in is_doubled]


def _places(
    sheet: Sheet, header: int, end: int, names: dict[str, tuple[int, str]]
) -> tuple[int, ...]:
    """Return the rows below headers, before another's, in which most columns hold numbers."""
    columns = [column for column, _ in names.values()]
    places: list[int] = []
    place = header + 1
    while place < min(end, (places[-1] if places else header) + LARGEST_GAP + 2):
        if 2 * sum(has_number(sheet.cells, (place, column)) for column in columns) > len(columns):
            places.append(place)
        place += 1
    return tuple(places)
