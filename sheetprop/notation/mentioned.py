"""The cells that a formula mentions, by sheet: what must be known before it can be calculated."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice, product
from typing import NamedTuple

from sheetprop.lazily.patterns import pattern
from sheetprop.notation.address import COLUMNS, ROWS, column_letters, column_number, quoted

_CELL = r"\$?(?P<left>[A-Za-z]{1,3})\$?(?P<top>[1-9]\d{0,6})"
_LAST = r":\$?(?P<right>[A-Za-z]{1,3})\$?(?P<bottom>[1-9]\d{0,6})"
_SHEET = r"(?:(?<!')'(?P<quoted>(?:[^']|'')++)'|(?P<plain>[^\W\d][\w.]{0,255}))!"
# Texts come first, so that nothing inside them is taken for a reference.
_MENTIONED = pattern(rf'"(?:[^"]|"")*"|(?:{_SHEET})?(?<![\w.]){_CELL}(?:{_LAST})?(?![\w.(])')
_PICKED = pattern(rf'"(?:[^"]|"")*"|(?<![\w.])INDEX\((?P<range>(?:{_SHEET})?{_CELL}{_LAST}),')
_ENDLESS = pattern(r"(?<![\w.$])\$?(?:[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\d+:\$?\d+)(?![\w(])")
_DRAWN = pattern(r"\bRAND(?:BETWEEN|ARRAY)?\(")
COPY = pattern(r"=\s*(?:\+\s*)?\$?[A-Z]{1,3}\$?[1-9]\d{0,6}\s*", re.I)
"""A formula that only repeats another cell of its sheet."""

MOST_WITHIN = 400
"""So many cells are taken one by one of what a formula mentions."""

_BRACKET = pattern(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[(),]")


class Area(NamedTuple):
    """A rectangle of cells on a sheet, of one cell or more."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> range:
        """Return its rows."""
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        """Return its columns."""
        return range(self.left, self.right + 1)


class Pick(NamedTuple):
    """One cell that ``INDEX`` takes of a column of cells: which, says the formula `number`."""

    column: Area
    number: str

    def taken(self, number: object) -> Iterator[Area]:
        """Yield what is taken where the formula has given a number: one cell, or all for 0."""
        if isinstance(number, int | float):
            row = self.column.top + int(number) - 1
            yield self.column._replace(top=row, bottom=row) if number >= 1 else self.column


def areas_in(formula: str, sheet: str, wanted: Collection[str]) -> Iterator[Area]:
    """Yield what a formula on a sheet mentions of the `wanted` sheets, named in small letters."""
    for match in _MENTIONED.finditer(formula):
        if match["left"] and _sheet(match, sheet).casefold() in wanted:
            area = _area(match, sheet)
            if area is not None:
                yield area


def cells_within(formula: str, sheet: str) -> set[tuple[int, int]]:
    """Return the cells of its own sheet that a formula mentions, with those inside of ranges.

    Of very long ranges there are only the first.
    """
    areas = areas_in(formula, sheet, (sheet.casefold(),))
    cells = (cell for area in areas for cell in product(area.rows, area.columns))
    return set(islice(cells, MOST_WITHIN))


def split(formula: str, sheet: str) -> Iterator[str | Area]:
    """Yield the pieces of a formula on a sheet in order: its references, and what is between."""
    end = 0
    for match in _MENTIONED.finditer(formula):
        area = _area(match, sheet) if match["left"] else None
        if area is not None:
            yield formula[end : match.start()]
            yield area
            end = match.end()
    yield formula[end:]


def replaced(formula: str, sheet: str, there: Callable[[Area], Area]) -> str:
    """Return a formula on a sheet with other references; what it fixes by $ stays fixed.

    A reference without a sheet stays without one.
    """

    def other(match: re.Match[str]) -> str:
        area = _area(match, sheet) if match["left"] else None
        if area is None:
            return match[0]
        found = there(area)
        corners = [("left", "top", found.left, found.top)]
        if match["right"]:
            corners.append(("right", "bottom", found.right, found.bottom))
        cells = (_corner(match, *corner) for corner in corners)
        has_own = match["quoted"] is None and match["plain"] is None
        return ("" if has_own else f"{quoted(found.sheet)}!") + ":".join(cells)

    return _MENTIONED.sub(other, formula)


def _corner(match: re.Match[str], across: str, down: str, column: int, row: int) -> str:
    """Return a cell with the $ that a corner of a reference has."""
    fixed = ["$" if match.string[match.start(half) - 1] == "$" else "" for half in (across, down)]
    return f"{fixed[0]}{column_letters(column)}{fixed[1]}{row}"


def reaches_anywhere(formula: str) -> bool:
    """Whether a formula may need cells that it does not mention one by one."""
    if "OFFSET(" in formula or "INDIRECT(" in formula:
        return True
    return ":" in formula and _ENDLESS.search(formula) is not None


def draws(formula: str | None) -> bool:
    """Whether a formula gives another number each time it is calculated."""
    return formula is not None and "RAND" in formula and _DRAWN.search(formula) is not None


def picks_in(formula: str, sheet: str) -> tuple[str, list[Pick]]:
    """Return the picks of a formula on a sheet, and the formula without the columns picked from."""
    if "INDEX(" not in formula:
        return formula, []
    rest, picks, end = "", [], 0
    for match in _PICKED.finditer(formula):
        pick = _pick(formula, match, sheet) if match["range"] else None
        if pick is not None:
            picks.append(pick)
            rest += formula[end : match.start("range")]
            end = match.end("range")
    return rest + formula[end:], picks


def _pick(formula: str, match: re.Match[str], sheet: str) -> Pick | None:
    column = _area(match, sheet)
    number = _argument(formula, match.end())
    if column is None or column.left != column.right or number is None:
        return None
    return Pick(column, "=" + _MENTIONED.sub(lambda each: _qualified(each, sheet), number))


def _argument(formula: str, start: int) -> str | None:
    """Return the argument that begins at a place, if a closing bracket follows it."""
    depth = 0
    for match in _BRACKET.finditer(formula, start):
        if match[0] in ")," and depth == 0:
            return formula[start : match.start()] if match[0] == ")" else None
        depth += {"(": 1, ")": -1}.get(match[0], 0)
    return None


def _qualified(match: re.Match[str], sheet: str) -> str:
    """Return a reference with its sheet."""
    has_own = match["left"] is None or match["quoted"] or match["plain"]
    return match[0] if has_own else f"{quoted(sheet)}!{match[0]}"


def _sheet(match: re.Match[str], own: str) -> str:
    return match["plain"] or (match["quoted"] or "").replace("''", "'") or own


def _area(match: re.Match[str], sheet: str) -> Area | None:
    """Return the rectangle of a reference; None where no sheet has such cells."""
    top, left = int(match["top"]), column_number(match["left"])
    bottom, right = (match["bottom"], match["right"]) if match["right"] else (top, match["left"])
    rows, columns = sorted((top, int(bottom))), sorted((left, column_number(right)))
    if rows[1] > ROWS or columns[1] > COLUMNS:
        return None
    return Area(_sheet(match, sheet), rows[0], columns[0], rows[1], columns[1])
