"""Which lesson in rows the headers of a workbook come nearest to, and what it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from sheetprop.notation.address import column_letters
from sheetprop.notation.text import name_text
from sheetprop.rows.header_words import named
from sheetprop.rows.registry import ROW_LESSONS
from sheetprop.rows.row_lesson import RowLesson, held_by
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

FEWEST = 2
"""So many headers side by side are meant as those of a table if nothing else stands there.

Of more, half have to be known; single letters alone may be those of anything.
"""

MOST_CELLS, MOST_SHOWN, MOST_LACKING = 20_000, 6, 3
MOST_TEXTS = 1_000
"""So many texts of a sheet, the first ones, are held against the headers of each lesson."""


class Near(NamedTuple):
    """A line of headers, the quantities of a lesson that it names, and which it lacks."""

    where: str
    texts: tuple[str, ...]
    names: frozenset[str]
    lesson: RowLesson

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a table of the lesson needs besides: some quantities of each group."""
        groups = [group for group in self.lesson.needed if not group & self.names]
        order = list(self.lesson.quantities)
        some = [sorted(group, key=lambda one: (len(one), order.index(one))) for group in groups]
        return tuple(" or ".join(map(name_text, one[:MOST_LACKING])) for one in some)


def nearest(workbook: Workbook) -> str | None:
    """Return where headers are most like those of a lesson, and why it is none; None without."""
    found = [one for sheet in workbook.sheets for one in _near(sheet)]
    best = min(found, key=lambda one: (len(one.lacking), -len(one.names)), default=None)
    if best is None:
        return None
    told = f"{best.where} ({', '.join(best.texts[:MOST_SHOWN])}) is most like the headers of the "
    told += f"lesson “{best.lesson.name}”"
    if best.lacking:
        lacks = " and one for ".join(best.lacking[:MOST_LACKING])
        return f"{told}, which needs a column for {lacks}, too"
    is_enough = held_by(best.lesson, best.names)
    return f"{told}, but {'what stands there is something else' if is_enough else 'names too few'}"


def _near(sheet: Sheet) -> Iterator[Near]:
    if len(sheet.cells) > MOST_CELLS:
        return
    texts = ((at, cell) for at, cell in sorted(sheet.cells.items()) if _is_text(cell))
    known = dict(islice(texts, MOST_TEXTS))
    sheet = replace(sheet, cells=known)
    turned = {(column, row): cell for (row, column), cell in known.items()}
    for is_across, own in ((False, sheet), (True, replace(sheet, cells=turned))):
        lines: dict[int, list[str]] = {}
        for (row, _), cell in own.cells.items():
            lines.setdefault(row, []).append(str(cell.value))
        for line, own_texts in lines.items():
            where = f"column {column_letters(line)}" if is_across else f"row {line}"
            for lesson in ROW_LESSONS if len(own_texts) >= FEWEST else ():
                ways = {text.strip(): named(text, lesson) for text in own_texts}
                told = {text: names[0] for text, names in ways.items() if names}
                if _is_meant(told, ways):
                    names = frozenset(told.values())
                    yield Near(f"{where} of {sheet.name}", tuple(told), names, lesson)


def _is_meant(told: Mapping[str, str], texts: Collection[str]) -> bool:
    """Whether headers that name quantities are those of a table, among all texts of their line."""
    count = len(set(told.values()))
    if count < FEWEST or max(map(len, told)) < 2:
        return False
    is_all = len(told) == len(texts) and min(map(len, told)) > 1
    return is_all if count == FEWEST else 2 * len(told) >= len(texts)


def _is_text(cell: Cell) -> bool:
    return cell.formula is None and isinstance(cell.value, str)
