"""Tables of a lesson in a sheet: a line of headers, and the rows below that belong to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import NamedTuple

from sheetprop.checking.finding.turned import turned_back
from sheetprop.checking.rows.which_rows import Columns, beside, is_filled, rows_below, with_labelled
from sheetprop.rows.header_words import end_of, named
from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import RowLesson, held_by
from sheetprop.tables.table import DOWN, Table
from sheetprop.workbooks.sheet import Address, Sheet

MOST_READINGS = 24
"""So many ways to read a line of headers are tried."""

MOST_ROWS = 1000
"""A longer table is none of a lesson's."""

MOST_TEXTS, MOST_CELLS = 5_000, 50_000
"""So many texts of a sheet are looked at, and so many cells for rows that go across."""


class TablePlace(NamedTuple):
    """One table in a sheet: the ways in which its headers can be read.

    Of several beside each other in the same rows, it is the one with the number `block`.
    """

    sheet: Sheet
    readings: tuple[Table, ...]
    begins: int = 0
    """The column in which it begins, where others stand beside it."""


def places(sheet: Sheet, lesson: RowLesson, stated: range | None = None) -> Iterator[TablePlace]:
    """Yield the tables of a lesson in a sheet, whichever way its rows go.

    `stated` are the rows that the workbook says are those of its table, however empty they are.
    """
    for is_small in (False, True) if lesson.telling else (False,):
        found = list(_places(sheet, sheet, lesson, stated, is_small=is_small))
        if not found and len(sheet.cells) <= MOST_CELLS:
            # Only texts are read, and where something is: formulas may stay as they are.
            cells = {(column, row): cell for (row, column), cell in sheet.cells.items()}
            turned = replace(sheet, cells=cells)
            found += [
                place._replace(sheet=sheet, readings=tuple(map(turned_back, place.readings)))
                for place in _places(turned, sheet, lesson, is_small=is_small)
            ]
        yield from found
        if found:
            return


def _places(
    sheet: Sheet,
    own: Sheet,
    lesson: RowLesson,
    stated: range | None = None,
    *,
    is_small: bool = False,
) -> Iterator[TablePlace]:
    headers = sorted(_headers(sheet, lesson, is_small=is_small).items())
    for index, (row, columns) in enumerate(headers):
        end = headers[index + 1][0] if index + 1 < len(headers) else None
        for begins, block in _blocks(sheet, row, columns, lesson):
            limits = stated or rows_below(sheet, row, end, block, lesson)
            rows = tuple(islice(limits, MOST_ROWS + 1))
            least = 1 if stated else lesson.fewest_rows
            is_table = least <= len(rows) <= MOST_ROWS
            own_columns = _without_settings(sheet, rows, block, lesson)
            ways = list(_readings(sheet, row, rows, own_columns, lesson, is_small=is_small))
            if lesson.likelier:
                ways = [way for way in ways if way.lines.keys() >= lesson.likelier] or ways
            more = () if stated else tuple(with_labelled(sheet, rows, own_columns, lesson))
            ways += [replace(way, places=more) for way in ways if more]
            readings = tuple(ways) if is_table else ()
            if readings:
                yield TablePlace(own, readings, begins)


def _blocks(
    sheet: Sheet, row: int, columns: Columns, lesson: RowLesson
) -> Iterator[tuple[int, Columns]]:
    """Yield the columns of each table of those side by side, with where it begins: 0 for one."""
    if not lesson.is_repeated:
        blocks = beside(columns, lesson)
        yield from ((min(one) if len(blocks) > 1 else 0, one) for one in blocks)
        return
    # What stands left of the first, as the number of a step, belongs to all of them.
    texts = {c: plain(str(cell.value)) for c in columns if (cell := sheet.cells.get((row, c)))}
    often = [text for text, count in Counter(texts.values()).items() if count > 1]
    starts = [c for c, text in texts.items() if often and text == often[0]]
    if not starts:
        yield 0, columns
        return
    for begins, after in zip(starts, (*starts[1:], max(columns) + 1), strict=True):
        yield begins, {c: n for c, n in columns.items() if c < starts[0] or begins <= c < after}


def _headers(sheet: Sheet, lesson: RowLesson, *, is_small: bool) -> dict[int, Columns]:
    """Return the rows whose texts name enough quantities of a lesson."""
    found: dict[int, dict[int, tuple[str, ...]]] = {}
    behind: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in texts_of(sheet):
        names = _of_columns(sheet, (row, column), named(text, lesson), lesson)
        end = None if names else end_of(text, lesson)
        if names:
            found.setdefault(row, {})[column] = names
        elif end is not None:
            behind.setdefault(row, []).append((column, end))
    for row, ends in behind.items():
        found.get(row, {}).update(_behind(found.get(row, {}), ends, lesson))

    def is_enough(columns: Columns) -> bool:
        there = {name for names in columns.values() for name in names}
        return held_by(lesson, there, is_small=is_small)

    for row, columns in sorted(found.items()):
        # A header that reaches into two rows has no other text below it; a title may have.
        above = {c: n for c, n in found.get(row - 1, {}).items() if not _has_text(sheet, row, c)}
        is_below = above and not any(is_filled(sheet.cells.get((row, c))) for c in above)
        if is_below and len(columns) > 1 and not is_enough(columns) and _more(columns, above):
            found[row] = above | columns  # headers in two rows, as below a merged one
            found[row - 1] = {}
    return {
        row: dict(sorted(columns.items())) for row, columns in found.items() if is_enough(columns)
    }


def _has_text(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.cells.get((row, column))
    return cell is not None and isinstance(cell.value, str)


def _of_columns(
    sheet: Sheet, at: Address, names: tuple[str, ...], lesson: RowLesson
) -> tuple[str, ...]:
    """Return what a text may name as a header: beside ``learning rate | 0.1`` stands its number."""
    beside = sheet.cells.get((at[0], at[1] + 1))
    is_setting = is_filled(beside) and any(lesson.by_name[name].is_once for name in names)
    return () if is_setting else names


def _without_settings(
    sheet: Sheet, rows: Sequence[int], columns: Columns, lesson: RowLesson
) -> Columns:
    """Return the columns without those in which other names stand: ``lr | 0.1 | b1 | 0.9``.

    What is given once may stand side by side above a table whose rows go across, and with its
    number below its name beside any table.
    """
    once = {one.name for one in lesson.stated if one.is_once}
    if not any(once & {*names} for names in columns.values()):
        return columns
    found = {}
    for column, names in columns.items():
        cells = [sheet.cells.get((row, column)) for row in rows] if once & {*names} else []
        texts = [c.value for c in cells if c and c.formula is None and isinstance(c.value, str)]
        is_one = once & {*names} and sum(map(is_filled, cells)) == 1 < len(rows)
        if not is_one and not any(once & {*named(text, lesson)} for text in texts):
            found[column] = names
    return found


def _behind(
    columns: Columns, ends: Sequence[tuple[int, str]], lesson: RowLesson
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield what headers name that say only what they are of the column left of them, or beside."""
    for column, end in ends:
        having = [c for c, own in columns.items() if own[0] + end in lesson.by_name]
        left = [c for c in having if c < column]
        if having:
            yield column, (columns[max(left) if left else min(having)][0] + end,)


def texts_of(sheet: Sheet) -> Iterator[tuple[Address, str]]:
    """Yield the typed texts of a sheet, as far as they are looked at."""
    found = (
        (at, cell.value)
        for at, cell in sheet.cells.items()
        if cell.formula is None and isinstance(cell.value, str)
    )
    return islice(found, MOST_TEXTS)


def _readings(
    sheet: Sheet,
    header: int,
    rows: tuple[int, ...],
    columns: Columns,
    lesson: RowLesson,
    *,
    is_small: bool,
) -> Iterator[Table]:
    """Yield a table for each way to read the headers, in which none is read twice."""
    seen = set()
    for chosen in islice(product(*columns.values()), 4 * MOST_READINGS):
        lines = _lines(chosen, list(columns))
        key = tuple(sorted(lines.items()))
        if key in seen or not held_by(lesson, lines, is_small=is_small):
            continue
        seen.add(key)
        labels = {name: _label(sheet, header, c) for name, c in lines.items()}
        yield Table(sheet.name, DOWN, header, rows, lines, labels)
        if len(seen) >= MOST_READINGS:
            return


def _more(columns: Columns, above: Columns) -> bool:
    """Whether some headers name what those above them do not."""
    known = {name for names in above.values() for name in names}
    return any(not known & {*names} for names in columns.values())


def _label(sheet: Sheet, header: int, column: int) -> str:
    """Return the header of a column; it may begin in the row above."""
    cell = sheet.cells.get((header, column))
    if cell is None or cell.value is None:
        cell = sheet.cells[header - 1, column]
    return str(cell.value)


def _lines(chosen: Sequence[str], columns: Sequence[int]) -> dict[str, int]:
    """Return the column of each quantity: the first that names it."""
    lines: dict[str, int] = {}
    for name, column in zip(chosen, columns, strict=True):
        lines.setdefault(name, column)
    return lines


def texts_in(sheet: Sheet, table: Table, place: int) -> Iterator[str]:
    """Yield the texts in a row of a table, and those left of it."""
    lines = table.lines.values()
    for line in range(max(1, min(lines) - 3), max(lines) + 3):
        cell = sheet.cells.get(_at(table, line, place))
        if cell is not None and isinstance(cell.value, str) and cell.formula is None:
            yield cell.value


def _at(table: Table, line: int, place: int) -> Address:
    return table.at(line, place)
