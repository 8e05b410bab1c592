"""Finds the tables of a workbook by their header texts, wherever they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from sheetprop.checking.finding.final_updates import row_of_updates
from sheetprop.checking.finding.joined import is_repeated, with_blocks, with_shared_columns
from sheetprop.checking.finding.split_headers import NamedCell, named_cells
from sheetprop.checking.finding.summary_rows import without_summaries
from sheetprop.checking.finding.turned import turned_back, turned_over
from sheetprop.checking.labels.chosen_lines import chosen_lines
from sheetprop.checking.labels.columns import NEXT, Entries, is_beside_labels, naming_others
from sheetprop.checking.labels.gradient_rows import with_gradient_rows
from sheetprop.checking.labels.layer_numbers import with_running_numbers
from sheetprop.maths.names import is_output_activation, is_parameter, kind
from sheetprop.notation.relative import references
from sheetprop.tables.table import DOWN, Table
from sheetprop.workbooks.exercise_names import Area, answer_areas, exercise_rows
from sheetprop.workbooks.sheet import Sheet, Workbook
from sheetprop.workbooks.sweeps import has_number, last_row, row

LEAST_QUANTITIES = 8
"""So many different quantities make a header line; a legend or a page of theory has fewer side by
side."""

LARGEST_GAP = 3
"""So many blank or foreign lines may stand below the header or between iterations."""

AHEAD = 500
"""So many names are looked at to tell whether a row of headers begins again."""

RESULTS = {"error", "total error", "gradient", "hidden error"}
"""Kinds of quantities, one of which a row of headers has besides weights."""


class Header(NamedTuple):
    """A line of header texts: (line, quantity, text) of each, in order.

    A quantity may be named twice; which of the two lines is meant, the formulas tell.
    """

    place: int
    entries: tuple[tuple[int, str, str], ...]


def find_tables(workbook: Workbook) -> list[Table]:
    """Return every table of the workbook, sheet by sheet, top to bottom, left to right."""
    found = []
    exercises, answers = exercise_rows(workbook.names), answer_areas(workbook.names)
    for sheet in workbook.sheets:
        rows = exercises.get(sheet.name)
        asked = answers.get(sheet.name, ())
        tables = [_as_exercise(table, rows, asked) for table in _tables_of(sheet, rows)]
        tables = tables or _across(turned_over(sheet))
        found += sorted(tables, key=lambda t: (t.header, min(t.lines.values())))
    return found


def _across(over: Sheet) -> list[Table]:
    """Return the tables whose iterations go across, of the sheet turned over.

    Columns of labels side by side, a number beside each, are no tables but together one form.
    """
    tables = _tables_of(over)
    if any(is_beside_labels(over, table) for table in tables):
        return []
    return list(map(turned_back, tables))


def _as_exercise(table: Table, rows: range | None, asked: tuple[Area, ...]) -> Table:
    """Return a table with all rows of the exercise that it is, empty ones too."""
    if rows is None or not {*rows}.intersection(table.places):
        return table
    return replace(table, places=tuple(rows), is_exercise=True, answers=asked)


def _tables_of(sheet: Sheet, exercise: range | None = None) -> list[Table]:
    """Return the tables of a sheet; an exercise tells its rows, which may be nearly empty."""
    named = list(named_cells(sheet))
    every = list(_headers(named))
    said_again = [header for i, header in enumerate(every) if is_repeated(sheet, every, i)]
    headers = [header for header in every if header not in said_again]
    again = {header.place for header in said_again}
    tables = []
    for index, header in enumerate(headers):
        below = (h for h in islice(headers, index + 1, None) if h.place > header.place)
        following = next((h.place for h in below if _overlap(header, h)), None)
        table = _table(sheet, header, following, exercise or range(0), again)
        if table:
            tables.append(with_gradient_rows(sheet, table))
    return with_shared_columns(sheet, with_blocks(sheet, tables, named))


def _overlap(header: Header, other: Header) -> bool:
    mine, theirs = ({line for line, _, _ in h.entries} for h in (header, other))
    return bool(mine & theirs)


def _headers(named: Iterable[NamedCell]) -> Iterator[Header]:
    by_place: dict[int, list[tuple[int, str, str]]] = {}
    for cell, name, text in named:
        by_place.setdefault(cell[0], []).append((cell[1], name, text))
    for place in sorted(by_place):
        for segment in _segments(sorted(by_place[place])):
            if _is_header(segment):
                yield Header(place, tuple(segment))


def _segments(entries: list[tuple[int, str, str]]) -> list[list[tuple[int, str, str]]]:
    """Cut one row of headers where a second table begins beside the first.

    A name that comes again begins another table when a whole table is behind it and the names go on
    as they did there: columns of changes (Δw1 …) repeat a few names, not the whole row.
    """
    segments: list[list[tuple[int, str, str]]] = [[]]
    behind: dict[str, int] = {}
    for index, entry in enumerate(entries):
        start = index - len(segments[-1])
        if entry[1] in behind and _names_table(behind):
            again = start + behind[entry[1]]
            before, ahead = entries[again:index][:AHEAD], entries[index : index + AHEAD]
            if _goes_on_alike(before, ahead, behind):
                segments.append([])
                behind = {}
        behind.setdefault(entry[1], len(segments[-1]))
        segments[-1].append(entry)
    return segments


def _goes_on_alike(behind: Entries, ahead: Entries, names: Collection[str]) -> bool:
    """Whether most names of a table come again in the same order."""
    pairs = zip(behind, ahead, strict=False)
    return 2 * sum(first[1] == second[1] for first, second in pairs) > len(names)


def _is_header(segment: Entries) -> bool:
    return _names_table({name for _, name, _ in segment})


def _names_table(names: Collection[str]) -> bool:
    if len(names) < LEAST_QUANTITIES:
        return False
    kinds = {kind(name) for name in names}
    has_result = not kinds.isdisjoint(RESULTS) or any(map(is_output_activation, names))
    return "weight" in kinds and has_result


def _table(
    sheet: Sheet, header: Header, next_header: int | None, exercise: range, again: Collection[int]
) -> Table | None:
    own = tuple(exercise) if header.place + 1 in exercise else ()
    places = _iterations(sheet, header, next_header, again) or own
    if not places:
        return None
    header = _without_strays(sheet, header, places)
    lines = chosen_lines(sheet, header.entries, places[:2])
    texts = {line: text for line, _, text in header.entries}
    labels = {name: texts[line] for name, line in lines.items()}
    if _is_newest_on_top(sheet, places, lines):
        places = places[::-1]
    table = Table(sheet.name, DOWN, header.place, places, lines, labels)
    return with_running_numbers(table)


def _iterations(
    sheet: Sheet, header: Header, next_header: int | None, again: Collection[int]
) -> tuple[int, ...]:
    """Return the rows (or columns) below a header that hold numbers, up to a larger gap.

    Rows that say headers `again` end nothing, whatever they say of the tables beside this one.
    """
    last_place = last_row(sheet.cells)
    end = last_place if next_header is None else next_header - 1
    lines = {line for line, _, _ in header.entries}
    least = max(2, len(lines) // 3)
    ends = naming_others(sheet, header.entries, header.place).difference(again)
    places: list[int] = []
    place = header.place + 1
    while place <= min(end, (places[-1] if places else header.place) + LARGEST_GAP + 1):
        if places and place in ends:
            break
        numeric = (True for line in lines if has_number(sheet.cells, (place, line)))
        if sum(islice(numeric, least)) == least:
            places.append(place)
        place += 1
    places = list(without_summaries(sheet, places, lines))
    weights = {line for line, name, _ in header.entries if is_parameter(name)}
    return (*places, *row_of_updates(sheet, weights, places, end))


def _is_newest_on_top(sheet: Sheet, places: tuple[int, ...], lines: dict[str, int]) -> bool:
    """Whether each row is computed from the one below it: most weights of the first row are.

    The weights that all begins with are numbers, in the last row.
    """
    weights = [line for name, line in lines.items() if is_parameter(name)]
    top = [sheet.cells.get((places[0], line)) for line in weights]
    bottom = [sheet.cells.get((places[-1], line)) for line in weights]
    looking = (references(cell.formula) for cell in top if cell is not None and cell.formula)
    below = sum(any(row in places[1:] for row, _ in found) for found in looking)
    typed = sum(cell is None or cell.formula is None for cell in bottom)
    return len(places) > 1 and 2 * below > len(weights) and 2 * typed > len(weights)


def _without_strays(sheet: Sheet, header: Header, places: tuple[int, ...]) -> Header:
    """Return a header without texts beside it that no column belongs to.

    Empty lines belong to the table while they follow one another; the label of an input given once,
    which happens to stand in the row of headers, is no header.
    """
    numbers = {
        line: list(islice(_numeric_places(sheet, line, places), 2)) for line, _, _ in header.entries
    }
    filled = [line for line, found in numbers.items() if found]
    kept = {line for line in numbers if min(filled) <= line <= max(filled)}
    for outside in (sorted(numbers), sorted(numbers, reverse=True)):
        for line in outside:
            if any(abs(line - other) <= NEXT for other in kept):
                kept.add(line)
    used = _used_later(sheet, places) if len(places) > 1 else set(numbers)
    entries = [
        (line, name, text)
        for line, name, text in header.entries
        if line in kept and (line in used or len(numbers[line]) > 1 or not _may_be_label(name))
    ]
    return Header(header.place, tuple(entries))


def _may_be_label(name: str) -> bool:
    """Whether a name may stand beside a number that is given once, outside the table."""
    return kind(name) in ("input", "target", "bias")


def _numeric_places(sheet: Sheet, line: int, places: tuple[int, ...]) -> Iterator[int]:
    return (p for p in places if has_number(sheet.cells, (p, line)))


def _used_later(sheet: Sheet, places: tuple[int, ...]) -> set[int]:
    """Return the lines that formulas of the second iteration use in that iteration."""
    second = places[1]
    return {
        found[1]
        for _, content in row(sheet.cells, second)
        if content.formula
        for found in references(content.formula)
        if found[0] == second
    }
