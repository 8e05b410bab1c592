"""Which rows below a line of headers are those of its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from sheetprop.lazily.patterns import pattern
from sheetprop.rows.header_words import kind_of_row
from sheetprop.rows.plain_text import plain
from sheetprop.rows.row_lesson import RowLesson, held_by
from sheetprop.workbooks.sheet import Cell, Sheet

GAP = 1
"""So many empty rows may stand between two of a table."""

TITLE_WITHIN = 60
"""The columns in which a title of some rows stands alone."""

FEWEST_FILLED = 2
"""A row whose label says that it needs no key has so many cells."""

FEW = 3
"""A row without a number of its key has so many cells of others."""

_TOTAL = pattern(r"(?:grand)?(?:total|sum|summe|gesamt)s?(?:params?|parameters?|parameter)?")

Columns = Mapping[int, tuple[str, ...]]
"""What the header of each column may name."""


def beside(columns: Columns, lesson: RowLesson) -> list[Columns]:
    """Return the headers of each of several tables beside each other; mostly of one.

    Another one begins where a header comes again, if all of them have headers enough.
    """
    blocks: list[dict[int, tuple[str, ...]]] = [{}]
    for column, names in columns.items():
        if names in blocks[-1].values():
            blocks.append({})
        blocks[-1][column] = names
    whole = ({name for names in block.values() for name in names} for block in blocks)
    return [*blocks] if all(held_by(lesson, names) for names in whole) else [columns]


def rows_below(
    sheet: Sheet, header: int, end: int | None, columns: Columns, lesson: RowLesson
) -> Iterator[int]:
    """Yield the rows of a table, until too many in a line are none."""
    keys = [column for column, names in columns.items() if lesson.key in names]
    missed = 0
    is_first, titles = True, False
    for row in count(header + 1) if end is None else range(header + 1, end):
        if lesson.is_counting and _is_total(sheet, row, min(columns)):
            return
        filled = [c for c in columns if is_filled(sheet.cells.get((row, c)))]
        has_key = any(column in filled for column in keys)
        is_start = is_first and _begins(sheet, row, min(columns), lesson)
        least = 1 if has_key or is_start else 2 if is_first or not keys else FEW
        if len(filled) >= least:
            yield row
            missed, is_first, titles = 0, False, False
        else:
            is_title = _is_title(sheet, row)
            missed += 1 if not is_title or titles else 0
            titles = titles or is_title
            if missed > GAP:
                return


def with_labelled(
    sheet: Sheet, rows: Sequence[int], columns: Columns, lesson: RowLesson
) -> Iterator[int]:
    """Yield the rows of a table with those between that have no key, and a label that tells why.

    A normalisation has no kernel, and hands channels on. Yields nothing where there are no such.
    """
    kinds = [kind for kind in lesson.kinds if kind.trees]
    between = set(range(rows[0], rows[-1])) - {*rows} if rows and kinds else set()
    found = {
        row
        for row in between
        if sum(is_filled(sheet.cells.get((row, c))) for c in columns) >= FEWEST_FILLED
        and kind_of_row(_texts_before(sheet, row, min(columns)), lesson) in {k.name for k in kinds}
    }
    yield from sorted({*rows, *found}) if found else ()


def _texts_before(sheet: Sheet, row: int, column: int) -> Iterator[str]:
    cells = (sheet.cells.get((row, c)) for c in range(max(1, column - 3), column + 1))
    yield from (c.value for c in cells if c and c.formula is None and isinstance(c.value, str))


def _begins(sheet: Sheet, row: int, column: int, lesson: RowLesson) -> bool:
    """Whether the label of a row says that the first one starts from what stands there."""
    texts = _texts_before(sheet, row, column) if lesson.begins else ()
    return any(re.fullmatch(lesson.begins, plain(text)) for text in texts)


def _is_total(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a row is labelled as the sums of those above it."""
    return any(_TOTAL.fullmatch(plain(text)) for text in _texts_before(sheet, row, column))


def _is_title(sheet: Sheet, row: int) -> bool:
    """Whether a row holds one text alone, among its first columns: a title inside a table."""
    cells = [sheet.cells.get((row, column)) for column in range(1, TITLE_WITHIN)]
    filled = [cell for cell in cells if cell is not None and cell.value not in (None, "")]
    return len(filled) == 1 and isinstance(filled[0].value, str)


def is_filled(cell: Cell | None) -> bool:
    """Whether a cell holds a number or a formula."""
    if cell is None:
        return False
    return cell.formula is not None or isinstance(cell.value, int | float)
