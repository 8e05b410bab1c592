"""Where the cells of a sheet stand in somebody's copy of it: rows and columns may be moved.

Texts tell: each that both have as often is taken for the same. Between two of them, cells stand as
far from the first as they did, unless there are as many rows (or columns) with cells in both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

BEYOND = 1 << 30
"""A row and a column that no sheet has."""


@dataclass(frozen=True)
class Moved:
    """A sheet of somebody's copy: its name there, and where each row and column went."""

    sheet: str
    rows: Mapping[int, int]
    columns: Mapping[int, int]

    def at(self, cell: Address) -> Address:
        """Return where a cell stands; rows and columns that hold nothing go with those before."""
        row, column = cell
        there = self.rows.get(row), self.columns.get(column)
        return (
            row + self._gone(0, row) if there[0] is None else there[0],
            column + self._gone(1, column) if there[1] is None else there[1],
        )

    def _gone(self, axis: int, line: int) -> int:
        """Return how far the last line before one went that holds anything."""
        lines, ways = self._lines[axis], (self.rows, self.columns)[axis]
        before = bisect_right(lines, line)
        return ways[lines[before - 1]] - lines[before - 1] if before else 0

    @cached_property
    def _lines(self) -> tuple[list[int], list[int]]:
        return sorted(self.rows), sorted(self.columns)


def aligned(right: Sequence[Sheet], workbook: Workbook) -> dict[str, Moved]:
    """Return, by the name of each right sheet, where it stands; a sheet that is gone is left out.

    A sheet that has another name is known by the text it begins with, or by most of its texts.
    """
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    named = {sheet.name for sheet in right}
    others = {first_text(sheet): sheet for sheet in workbook.sheets if sheet.name not in named}
    found = {}
    for sheet in right:
        own = by_name.get(sheet.name) or others.get(first_text(sheet))
        if own is not None:
            found[sheet.name] = moved(sheet, own)
    taken = {one.sheet for one in found.values()}
    left = [sheet for sheet in others.values() if sheet.name not in taken]
    for sheet in right:
        own = None if sheet.name in found else _likest(sheet, left)
        if own is not None:
            left.remove(own)
            found[sheet.name] = moved(sheet, own)
    return found


def _likest(sheet: Sheet, others: Sequence[Sheet]) -> Sheet | None:
    """Return the sheet that has most of the texts of one; None where none has half of them."""
    texts = set(_texts(sheet))
    alike = {other.name: len(texts.intersection(_texts(other))) for other in others}
    best = max(others, key=lambda other: alike[other.name], default=None)
    return best if best is not None and 0 < len(texts) <= 2 * alike[best.name] else None


def first_text(sheet: Sheet) -> str | None:
    """Return the text of the first row that has one, the leftmost; None without any."""
    place = min((at for at, cell in sheet.cells.items() if is_text(cell)), default=None)
    return None if place is None else str(sheet.cells[place].value)


def is_text(cell: Cell) -> bool:
    """Whether a cell holds a text that was typed."""
    return cell.formula is None and isinstance(cell.value, str) and bool(cell.value)


def moved(right: Sheet, own: Sheet) -> Moved:
    """Return where the rows and columns of a sheet are in another one."""
    if right.cells.keys() == own.cells.keys():
        return Moved(own.name, {}, {})
    pairs = list(_same_texts(right, own))
    axes = []
    for axis in (0, 1):
        anchors = _anchors((one[axis], other[axis]) for one, other in pairs)
        found = _mapped(anchors, _occupied(right, axis), _occupied(own, axis))
        axes.append(_with_others(found, anchors, {at[axis] for at in right.cells}))
    stays = all(line == there for axis in axes for line, there in axis.items())
    return Moved(own.name, {}, {}) if stays else Moved(own.name, axes[0], axes[1])


def _same_texts(right: Sheet, own: Sheet) -> Iterable[tuple[Address, Address]]:
    """Yield the cells of each text that stands in both equally often, in the order of reading."""
    one, other = _texts(right), _texts(own)
    for text, places in one.items():
        if len(places) == len(other.get(text, ())):
            yield from zip(places, other[text], strict=True)


def _texts(sheet: Sheet) -> dict[str, list[Address]]:
    found = defaultdict(list)
    for at in sorted(at for at, cell in sheet.cells.items() if is_text(cell)):
        found[str(sheet.cells[at].value)].append(at)
    return found


def _anchors(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return for each line with texts the one that most of them went to, both ways in order."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for line, own in pairs:
        votes[line][own] += 1
    found: list[tuple[int, int]] = []
    for line in sorted(votes):
        own = votes[line].most_common(1)[0][0]
        if not found or own > found[-1][1]:
            found.append((line, own))
    return found


def _occupied(sheet: Sheet, axis: int) -> list[int]:
    """Return the rows (axis 0) or columns (1) with numbers or formulas."""
    return sorted({at[axis] for at, cell in sheet.cells.items() if not is_text(cell)})


def _mapped(
    anchors: Sequence[tuple[int, int]], right: Sequence[int], own: Sequence[int]
) -> dict[int, int]:
    """Return where each line with anything in it went."""
    found: dict[int, int] = {}
    for (line, to), (last, last_to) in pairwise([(0, 0), *anchors, (BEYOND, BEYOND)]):
        found[line] = to
        between, others = _inside(right, line, last), _inside(own, to, last_to)
        if len(between) != len(others):
            others = [one + to - line for one in between]
        found.update(zip(between, others, strict=True))
    return found


def _with_others(
    found: dict[int, int], anchors: Sequence[tuple[int, int]], lines: Iterable[int]
) -> dict[int, int]:
    """Return the same with lines of other texts: as far from the anchor before as they were."""
    for line in lines:
        before = bisect_right(anchors, (line, BEYOND)) - 1
        one, to = anchors[before] if before >= 0 else (0, 0)
        found.setdefault(line, line + to - one)
    return found


def _inside(lines: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Return the lines after the first and before the last."""
    return lines[bisect_right(lines, first) : bisect_right(lines, last - 1)]
