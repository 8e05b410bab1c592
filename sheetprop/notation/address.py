"""Addresses in the words of a formula: ``AB12``, ``$B$2``, ``'η=0.1'!$A$6:$A$105``."""

from __future__ import annotations

import re
from functools import cache

Address = tuple[int, int]  # (row, column), counted from 1

ROWS, COLUMNS = 1_048_576, 16_384
"""What a worksheet of Excel holds."""

_PLAIN_NAME = re.compile(
    r"(?!(?:RC?|C|TRUE|FALSE)\Z)(?:[A-Z_]+|[A-Z_]{4}[A-Z_0-9]*)\Z", re.IGNORECASE | re.ASCII
)
# Up to three letters and a number could be a cell; no column has four. LibreOffice opens a file in
# half the time when formulas are written as it writes them itself, without needless quotes.


MOST_LETTERS = 9
"""Of a column's name that are counted: four are beyond all columns, a million take minutes."""


@cache
def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA, and a number beyond all columns for many letters."""
    number = 0
    for letter in letters[:MOST_LETTERS].upper():
        number = number * 26 + ord(letter) - 64
    return number


@cache
def column_letters(number: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_in_a_sheet(address: Address) -> bool:
    """Whether any sheet has such a cell."""
    return 0 < address[0] <= ROWS and 0 < address[1] <= COLUMNS


def address(row: int, column: int) -> str:
    """Return a cell's address in letters and digits: (32, 26) is Z32."""
    return f"{column_letters(column)}{row}"


def fixed(place: Address) -> str:
    """Return ``$B$2``."""
    return f"${column_letters(place[1])}${place[0]}"


def quoted(sheet: str) -> str:
    """Return a sheet's name in a formula, in quotes where Excel wants them: ``'A1'``, ``Conv1``."""
    return sheet if _PLAIN_NAME.match(sheet) else "'" + sheet.replace("'", "''") + "'"


def on(sheet: str, place: Address) -> str:
    """Return ``'η=0.1'!$B$2``."""
    return f"{quoted(sheet)}!{fixed(place)}"


def column_range(sheet: str, column: int, first: int, last: int) -> str:
    """Return ``'η=0.1'!$B$6:$B$105``."""
    return f"{quoted(sheet)}!{fixed((first, column))}:{fixed((last, column))}"
