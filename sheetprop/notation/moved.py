"""Formulas whose cells are moved elsewhere, as cutting and pasting writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheetprop.notation.address import Address, column_letters, column_number, quoted

Place = tuple[str, Address]

_CELL = r"(?P<d1>\$?)(?P<left>[A-Za-z]{1,3})(?P<d2>\$?)(?P<top>[1-9]\d{0,6})"
_LAST = r":(?P<d3>\$?)(?P<right>[A-Za-z]{1,3})(?P<d4>\$?)(?P<bottom>[1-9]\d{0,6})"
_SHEET = r"(?:'(?P<quoted>(?:[^']|'')++)'|(?P<plain>[^\W\d][\w.]{0,255}))!"
# Texts come first, so that nothing inside them is taken for a reference.
_REFERENCE = re.compile(
    rf'"(?:[^"]|"")*"|(?<![\w.$!\'])(?:{_SHEET})?{_CELL}(?:{_LAST})?(?![\w.(!])'
)

MOST_CELLS = 10_000
"""So many cells of a range are looked at one by one."""


class TornRangeError(ValueError):
    """A range would no longer be one, or too large a range is mentioned to be sure."""


class Moves:
    """Where cells went that moved; sheets are named in capitals or small letters alike."""

    def __init__(self, to: Mapping[Place, Place]) -> None:
        self._to = {(sheet.casefold(), at): new for (sheet, at), new in to.items()}
        self._back = {new: old for old, new in to.items()}

    def __bool__(self) -> bool:
        """Whether anything moved."""
        return bool(self._to)

    def of(self, sheet: str, at: Address) -> Place:
        """Return where a cell is now."""
        return self._to.get((sheet.casefold(), at), (sheet, at))

    def before(self, sheet: str, at: Address) -> Place:
        """Return where a cell was that is here now."""
        return self._back.get((sheet, at), (sheet, at))


NO_MOVES = Moves({})


def with_cells_moved(text: str, home: str, new_home: str, moves: Moves) -> str:
    """Return a formula that stood on the sheet `home` as it reads on `new_home`.

    A reference names its sheet where that is another than the one it is written on.

    Raises:
        TornRangeError: a range that it mentions would fall apart.

    """

    def moved(match: re.Match[str]) -> str:
        if match["left"] is None:
            return match[0]
        sheet = match["plain"] or (match["quoted"] or "").replace("''", "'") or home
        first = (int(match["top"]), column_number(match["left"]))
        if match["right"] is None:
            own, (row, column) = moves.of(sheet, first)
            return _on(own, new_home) + _written(match["d1"], column, match["d2"], row)
        last = (int(match["bottom"]), column_number(match["right"]))
        own, (row, column), (bottom, right) = _moved_range(sheet, first, last, moves)
        ends = _written(match["d1"], column, match["d2"], row)
        return f"{_on(own, new_home)}{ends}:{_written(match['d3'], right, match['d4'], bottom)}"

    return _REFERENCE.sub(moved, text)


def _on(sheet: str, home: str) -> str:
    return "" if sheet.casefold() == home.casefold() else f"{quoted(sheet)}!"


def _written(fixed_column: str, column: int, fixed_row: str, row: int) -> str:
    return f"{fixed_column}{column_letters(column)}{fixed_row}{row}"


def _moved_range(
    sheet: str, first: Address, last: Address, moves: Moves
) -> tuple[str, Address, Address]:
    """Return the sheet and the corners of a range whose cells moved together, or not at all."""
    rows, columns = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
    if len(rows) * len(columns) > MOST_CELLS:
        raise TornRangeError(sheet)
    images = set()
    for at in ((row, column) for row in rows for column in columns):
        own, (row, column) = moves.of(sheet, at)
        images.add((own, row - at[0], column - at[1]))
    if len(images) != 1:
        raise TornRangeError(sheet)
    own, down, right = images.pop()
    return own, (first[0] + down, first[1] + right), (last[0] + down, last[1] + right)


def range_moved(sheet: str, text: str, moves: Moves) -> tuple[str, str]:
    """Return where ranges of a sheet are now, by their corners: ``X2:X9`` or ``X2:X9,X11:X20``.

    Where not all of them went to one sheet, nothing moves.
    """
    sheets, ranges = set(), []
    for one in text.split(","):
        ends = [_corner(end) for end in one.split(":")]
        if None in ends:
            return sheet, text
        found = [moves.of(sheet, end) for end in ends if end is not None]
        sheets |= {own for own, _ in found}
        ranges.append(":".join(f"{column_letters(column)}{row}" for _, (row, column) in found))
    return (sheets.pop(), ",".join(ranges)) if len(sheets) == 1 else (sheet, text)


def range_within(text: str, edge: Address) -> str:
    """Return a range without the rows and columns behind an edge; what begins there stays."""
    ends = [_corner(end) for end in text.split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return text
    (top, left), (bottom, right) = ends[0], ends[1]
    if top > edge[0] or left > edge[1]:
        return text
    bottom, right = min(bottom, edge[0]), min(right, edge[1])
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def _corner(text: str) -> Address | None:
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", text)
    return (int(match[2]), column_number(match[1])) if match else None
