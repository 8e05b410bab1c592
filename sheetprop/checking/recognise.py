"""Finds the tables of a workbook by their header texts, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sheetprop.checking.headers import quantity_named
from sheetprop.checking.table import Table
from sheetprop.maths.network import Network
from sheetprop.sheets.sheet import Address, Cell, Sheet, Workbook
from sheetprop.spec import Architecture

LEAST_QUANTITIES = 8
"""So many different quantities make a header line; a legend or a page of theory has fewer side by
side."""

LARGEST_GAP = 3
"""So many blank or foreign lines may stand between header and first iteration."""


def find_tables(workbook: Workbook) -> list[Table]:
    """Return every table of the workbook, sheet by sheet, top to bottom, left to right."""
    found = []
    for sheet in workbook.sheets:
        tables = _tables_of(sheet, "rows") or _tables_of(sheet, "columns")
        found += sorted(tables, key=lambda t: (t.header, min(t.lines.values())))
    return found


def _tables_of(sheet: Sheet, orientation: str) -> list[Table]:
    tables = []
    headers = list(_headers(sheet, orientation))
    for place, columns, labels in headers:
        following = [p for p, other, _ in headers if p > place and _overlap(columns, other)]
        table = _table(sheet, orientation, place, columns, labels, min(following, default=None))
        if table:
            tables.append(table)
    return tables


def _overlap(columns: Mapping[str, int], other: Mapping[str, int]) -> bool:
    return bool(set(columns.values()) & set(other.values()))


def _headers(
    sheet: Sheet, orientation: str
) -> Iterator[tuple[int, dict[str, int], dict[str, str]]]:
    """Yield (place, quantity → line, quantity → text) of every line of headers."""
    by_place: dict[int, list[tuple[int, str, str]]] = {}
    for (row, column), cell in sheet.cells.items():
        name = quantity_named(cell.value)
        if name:
            place, line = (row, column) if orientation == "rows" else (column, row)
            by_place.setdefault(place, []).append((line, name, str(cell.value)))
    for place in sorted(by_place):
        for segment in _segments(sorted(by_place[place])):
            if _is_header(segment):
                yield (
                    place,
                    {name: line for line, name, _ in segment},
                    {name: text for _, name, text in segment},
                )


def _segments(entries: list[tuple[int, str, str]]) -> list[list[tuple[int, str, str]]]:
    """Cut one row of headers where a second table begins beside the first.

    A name that comes again begins another table only when enough of that table follows;
    otherwise the first of the two names counts.
    """
    segments: list[list[tuple[int, str, str]]] = [[]]
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry[1] in seen:
            rest = {name for _, name, _ in entries[index:]}
            if len(rest) < LEAST_QUANTITIES or len(seen) < LEAST_QUANTITIES:
                continue
            segments.append([])
            seen = set()
        segments[-1].append(entry)
        seen.add(entry[1])
    return segments


def _is_header(segment: list[tuple[int, str, str]]) -> bool:
    names = {name for _, name, _ in segment}
    has_weights = any(name.startswith("w") for name in names)
    has_result = any(name.startswith(("dE", "E", "a_o")) for name in names)
    return len(names) >= LEAST_QUANTITIES and has_weights and has_result


def _table(
    sheet: Sheet,
    orientation: str,
    header: int,
    lines: Mapping[str, int],
    labels: Mapping[str, str],
    next_header: int | None,
) -> Table | None:
    last_place = max((_place(cell, orientation) for cell in sheet.cells), default=0)
    end = last_place if next_header is None else next_header - 1

    def filled(place: int) -> int:
        cells = (sheet.cells.get(_at(orientation, line, place)) for line in lines.values())
        return sum(_is_numeric(cell) for cell in cells)

    least = max(2, len(lines) // 3)
    first = next(
        (p for p in range(header + 1, min(header + LARGEST_GAP + 2, end + 1)) if filled(p) >= least),
        None,
    )
    if first is None:
        return None
    last = first
    while last < end and filled(last + 1) >= least:
        last += 1
    return Table(sheet.name, orientation, header, first, last, lines, labels)


def _at(orientation: str, line: int, place: int) -> Address:
    return (place, line) if orientation == "rows" else (line, place)


def _place(cell: Address, orientation: str) -> int:
    return cell[0] if orientation == "rows" else cell[1]


def _is_numeric(cell: Cell | None) -> bool:
    if cell is None:
        return False
    return cell.formula is not None or (
        isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    )


def shape_of(names: Mapping[str, int]) -> Architecture | None:
    """Return the architecture that a table's quantities speak of, or None where they contradict.

    Activations and error function are not in the names; they are found from the formulas.
    """
    inputs = _largest(names, r"i(\d+)")
    hidden = max(_largest(names, r"h(\d+)"), _largest(names, r"a_h(\d+)"))
    outputs = max(_largest(names, r"t(\d+)"), _largest(names, r"a?_?o(\d+)"))
    weights = max(_largest(names, r"w(\d+)"), _largest(names, r"dE/dw(\d+)"))
    if not (inputs and hidden and outputs):
        return None
    architecture = Architecture((inputs, hidden, outputs), biases=_biases(names, hidden + outputs))
    return architecture if architecture.weight_count == weights else None


def _largest(names: Mapping[str, int], pattern: str) -> int:
    matches = (re.fullmatch(pattern, name) for name in names)
    return max((int(found[1]) for found in matches if found), default=0)


def _biases(names: Mapping[str, int], neurons: int) -> str:
    biases = _largest(names, r"b(\d+)")
    if biases == 0:
        return "none"
    return "each" if biases == neurons else "shared"


def missing_quantities(table: Table, network: Network) -> tuple[str, ...]:
    """Return the quantities of the network that the table has no line for."""
    return tuple(name for name in network.quantities if name not in table.lines)
