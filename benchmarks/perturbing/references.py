"""References in the text of a formula: found and rewritten, by nothing of the package."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

Address = tuple[int, int]
Place = tuple[str, Address]

_TEXT = r'"(?:[^"]|"")*"'
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
_CELL = r"(?P<c1>\$?)(?P<col1>[A-Za-z]{1,3})(?P<r1>\$?)(?P<row1>\d{1,7})"
_END = r"(?::(?P<c2>\$?)(?P<col2>[A-Za-z]{1,3})(?P<r2>\$?)(?P<row2>\d{1,7}))?"
_REFERENCE = re.compile(rf"(?P<text>{_TEXT})|(?<![\w.$!]){_SHEET}{_CELL}{_END}(?![\w.(!])")
_BARE = re.compile(r"[^\W\d]\w*")


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address_text(address: Address) -> str:
    """Return B3 for (3, 2)."""
    return f"{column_letters(address[1])}{address[0]}"


@dataclass(frozen=True)
class Corner:
    """One end of a reference, with its dollars."""

    row: int
    column: int
    row_dollar: str = ""
    column_dollar: str = ""

    @property
    def address(self) -> Address:
        """(row, column)."""
        return self.row, self.column

    def at(self, address: Address) -> Corner:
        """Return the same dollars at another cell."""
        return replace(self, row=address[0], column=address[1])

    def __str__(self) -> str:
        return f"{self.column_dollar}{column_letters(self.column)}{self.row_dollar}{self.row}"


@dataclass(frozen=True)
class Reference:
    """A reference to a cell, or to a range where `end` is given; `sheet` as it is, or None."""

    sheet: str | None
    start: Corner
    end: Corner | None = None

    def __str__(self) -> str:
        cells = str(self.start) + (f":{self.end}" if self.end else "")
        return cells if self.sheet is None else f"{quoted(self.sheet)}!{cells}"

    def cells(self) -> list[Address]:
        """Return all cells of it, in reading order."""
        end = self.end or self.start
        rows = range(min(self.start.row, end.row), max(self.start.row, end.row) + 1)
        columns = range(min(self.start.column, end.column), max(self.start.column, end.column) + 1)
        return [(row, column) for row in rows for column in columns]


def quoted(sheet: str) -> str:
    """Return a sheet's name as a formula writes it."""
    if _BARE.fullmatch(sheet) and not re.fullmatch(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*", sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def rewritten(formula: str, change: Callable[[Reference], object]) -> str:
    """Return a formula with every reference replaced by what `change` gives for it."""

    def one(found: re.Match[str]) -> str:
        return found.group() if found["text"] is not None else str(change(_reference(found)))

    return _REFERENCE.sub(one, formula)


def references(formula: str) -> list[Reference]:
    """Return the references of a formula in order."""
    found = _REFERENCE.finditer(formula)
    return [_reference(one) for one in found if one["text"] is None]


def with_reference(formula: str, number: int, text: object) -> str:
    """Return a formula with another text for the reference of a number, counted from 0."""
    count = -1

    def one(reference: Reference) -> object:
        nonlocal count
        count += 1
        return text if count == number else reference

    return rewritten(formula, one)


def filled(formula: str, down: int, right: int = 0) -> str:
    """Return a formula as filling it that far writes it."""

    def moved(corner: Corner) -> Corner:
        row = corner.row if corner.row_dollar else corner.row + down
        column = corner.column if corner.column_dollar else corner.column + right
        return corner.at((max(row, 1), max(column, 1)))

    return rewritten(
        formula,
        lambda r: replace(r, start=moved(r.start), end=moved(r.end) if r.end else None),
    )


def _reference(found: re.Match[str]) -> Reference:
    sheet = found["sheet"]
    if sheet is not None and sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    start = Corner(int(found["row1"]), column_number(found["col1"]), found["r1"], found["c1"])
    if found["col2"] is None:
        return Reference(sheet, start)
    end = Corner(int(found["row2"]), column_number(found["col2"]), found["r2"], found["c2"])
    return Reference(sheet, start, end)
