"""How a sheet is cut into printed pages: as large as its width allows, no page with a few lines.

Rows are broken where there is space between them, never inside a picture, and such that all pages
are about as full; a sheet is made a little smaller where that saves one of few pages. Sizes are for
the smaller of A4 and Letter, both landscape, so that both do.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from sheetprop.workbooks.extent import COLUMN, ROW, chart_end, column_pixels, last_cell
from sheetprop.workbooks.long_tables import long_tables, loose_cells
from sheetprop.workbooks.look import Look, Paper, kept_columns
from sheetprop.workbooks.sheet import Address, Sheet

_WIDTH, _HEIGHT = 975, 650  # pixels of a page at full size
_MOST = 100  # percent
_LOOSE = 0.25
"""So much of a page may stay empty for a better place to break it."""


_FULL = 0.3
"""A page with so much on it is better than one that breaks a picture."""

_SMALLER = 0.75
"""So much smaller a sheet may be printed for a part of it to stay on one page."""

_LETTER = 12
"""Pixels of a title's letter, at the most."""

_SAVING = 0.85
"""So much smaller a sheet may be printed to need a page less."""

_FEW = 4
"""Of more pages than that, one less is not worth smaller print."""

_READABLE, _SLIGHTLY = 65, 0.93
"""Percent below which print is made smaller for that only where it hardly is."""

_HALF = 0.5
"""A page with so much on it may end where there is space, before it is as full as the others."""


def on_paper(sheet: Sheet) -> Sheet:
    """Return the sheet with its pages; rows and columns after which one ends already stay."""
    look = sheet.look
    assert isinstance(look, Look)
    paper = look.paper or Paper()
    last = look.printed or last_cell(sheet.cells, look)
    wide = _with_title(sheet, look, last)
    if wide != last:
        look, last = replace(look, printed=wide), wide
    scale = _scale(_widths(look, last[1], paper.columns), paper.least)
    if paper.rows or paper.whole:
        scale = _whole(_tops(look, last[0]), paper, scale)
    scale, rows = _broken(sheet, look, last[0], scale, paper.rows)
    paper = replace(paper, scale=scale, rows=tuple(rows))
    heads = look.heads if _goes_on(sheet, look, rows) else None
    return replace(sheet, look=replace(look, paper=paper, heads=heads))


def _goes_on(sheet: Sheet, look: Look, ends: Sequence[int]) -> bool:
    """Return whether what stands below the heads reaches another page, so that they stand there.

    Heads with space below them are those of all that follows.
    """
    if not look.heads or not ends:
        return True
    row = look.heads[1] + 1
    while (row, 1) in sheet.cells:
        row += 1
    return row == look.heads[1] + 1 or ends[0] < row - 1


def _with_title(sheet: Sheet, look: Look, last: Address) -> Address:
    """Return the last cell that is printed where the title is wider than all below it."""
    title = sheet.cells.get((1, 1))
    if title is None or look.styles.get((1, 1)) != "title":
        return last
    needed, column = _LETTER * len(str(title.value or "")), last[1]
    while _widths(look, column, ()) < [needed]:
        column += 1
    return last[0], column


def _whole(tops: Sequence[int], paper: Paper, scale: int) -> int:
    """Return the scale at which as many parts fit on a page as fit on one not much smaller."""
    heights = (tops[b] - tops[a] for a, b in pairwise([0, *paper.rows, len(tops) - 1]))
    least = max(paper.least, round(_SMALLER * scale))
    return min(
        (fit for fit in (100 * _HEIGHT // height for height in heights) if least <= fit <= scale),
        default=scale,
    )


def _tops(look: Look, last: int) -> list[int]:
    """Return the pixels above each row, and those of all rows."""
    heights = [round(look.heights.get(row, ROW * 0.75) * 96 / 72) for row in range(1, last + 1)]
    return [0, *accumulate(heights)]


def _widths(look: Look, last: int, columns: Sequence[int]) -> list[int]:
    """Return the pixels of each page side by side; the columns that stay are on all of them."""
    sizes = [_column(look, column) for column in range(1, last + 1)]
    ends = [0, *columns, last]
    stay = sum(sizes[: kept_columns(look)])
    return [sum(sizes[a:b]) + (stay if a else 0) for a, b in pairwise(ends)]


def _column(look: Look, column: int) -> int:
    return column_pixels(look.widths[column]) if column in look.widths else COLUMN


def _scale(widths: Sequence[int], least: int) -> int:
    return max(least, min(_MOST, 100 * _WIDTH // max(widths)))


def _broken(
    sheet: Sheet, look: Look, last: int, scale: int, stay: Sequence[int]
) -> tuple[int, list[int]]:
    """Return the scale, and the rows after which a page ends; very long sheets have none."""
    if last > _LONGEST:
        return scale, []
    tops = _tops(look, last)
    allowed, spaces = _allowed(sheet, look, last)
    rows = _row_breaks(look, tops, allowed, spaces, scale, stay)
    if not len(stay) < len(rows) < _FEW:
        return scale, rows
    least = round(min(max(_READABLE, _SAVING * scale), _SLIGHTLY * scale))
    need = 100 * _HEIGHT * len(rows) // tops[-1]
    for smaller in range(min(need, scale - 1), least - 1, -1):
        fewer = _row_breaks(look, tops, allowed, spaces, smaller, stay)
        if len(fewer) < len(rows):
            return smaller, fewer
    return scale, rows


def _row_breaks(
    look: Look,
    tops: Sequence[int],
    allowed: set[int],
    spaces: set[int],
    scale: int,
    stay: Sequence[int],
) -> list[int]:
    """Return the rows after which a page ends at a scale."""
    room = _HEIGHT * 100 // scale
    repeated = tops[look.heads[1]] - tops[look.heads[0] - 1] if look.heads else 0
    within = _within(look, tops, room)
    last = len(tops) - 1
    found = list[int]()
    for start, end in pairwise([0, *stay, last]):
        part = tops[start : end + 1]
        pages = _pages(part[-1] - part[0], room, repeated)
        good = [{row - start for row in rows - within} for rows in (spaces, allowed)]
        found += [start + row for row in _cut(part, good, room, repeated, pages)]
        found += [end] if end != last else []
    return found


def _pages(total: int, room: int, repeated: int) -> int:
    pages = 1
    while pages * room - (pages - 1) * repeated < total:
        pages += 1
    return pages


def _cut(
    tops: Sequence[int],
    allowed: Sequence[Collection[int]],
    room: int,
    repeated: int,
    pages: int,
) -> list[int]:
    """Return rows to break after, each page about as full as the others.

    `allowed` are the rows with space below, and all that cut no picture.
    """
    found: list[int] = []
    last = len(tops) - 1
    while True:
        start = found[-1] if found else 0
        head = repeated if found else 0
        if tops[last] - tops[start] + head <= room:
            return found
        left = max(pages - len(found), 2)
        aim = tops[start] + (tops[last] - tops[start]) / left
        fits = [row for row in range(start + 1, last) if tops[row] - tops[start] + head <= room]
        if not fits:
            return found
        spaces, good = ([row for row in fits if row in rows] for rows in allowed)
        # What is left must fit on the pages left, or a space would cost one more.
        least = max(tops[last] - (left - 1) * (room - repeated), tops[start] + _HALF * room - head)
        enough = [row for row in spaces if tops[row] >= least]
        best = [row for row in good if tops[row] >= aim - _LOOSE * room]
        full = [row for row in good[-1:] if tops[row] - tops[start] + head >= _FULL * room]
        found.append(min(enough or best or full or fits[-1:], key=lambda row: abs(tops[row] - aim)))


def _within(look: Look, tops: Sequence[int], room: int) -> set[int]:
    """Return the rows after which no page ends, lest it cut coloured cells that fit on one.

    The row above them goes with them, since it says what they are.
    """
    ranges = (each for scale in look.scales for each in scale.ranges)
    areas = {(max(first[0] - 1, 1), last[0]) for first, last in ranges}
    fit = (
        (top, end) for top, end in areas if tops[min(end, len(tops) - 1)] - tops[top - 1] <= room
    )
    return {row for top, end in fit for row in range(top, end)}


def _allowed(sheet: Sheet, look: Look, last: int) -> tuple[set[int], set[int]]:
    """Return the rows after which no picture is cut, and those of them with space below."""
    covered = set[int]()
    for chart in look.charts:
        covered |= set(range(chart.at[0] - 1, chart_end(look, chart.at, chart.size)[0]))
    free = set(range(1, last)) - covered
    filled = {row for row, _ in loose_cells(sheet.cells)}
    filled |= {row for table in long_tables(sheet.cells) for row in table.lines}
    spaces = {row for row in free if row not in filled and row + 1 in filled}
    # Far from any space, as in a long table, every row will do.
    near = {row for space in spaces for row in range(space - _NEAR, space + _NEAR)} - spaces
    return free - near, spaces


_NEAR = 8  # rows
_LONGEST = 3_000
