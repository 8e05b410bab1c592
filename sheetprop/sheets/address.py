"""Addresses in the words of a formula: ``AB12``, ``$B$2``, ``'η=0.1'!$A$6:$A$105``."""

from __future__ import annotations

import re
from functools import cache

from sheetprop.sheets.sheet import Address

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z_]*\Z")  # a digit could make it look like a cell


@cache
def letters(column: int) -> str:
    """Return the letters of a column counted from 1: A, …, Z, AA, …."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def relative(address: Address) -> str:
    """Return ``B2``."""
    return f"{letters(address[1])}{address[0]}"


def fixed(address: Address) -> str:
    """Return ``$B$2``."""
    return f"${letters(address[1])}${address[0]}"


def quoted(sheet: str) -> str:
    """Return a sheet's name as a formula writes it, in quotes where Excel wants them."""
    return sheet if _PLAIN_NAME.match(sheet) else "'" + sheet.replace("'", "''") + "'"


def on(sheet: str, address: Address) -> str:
    """Return ``'η=0.1'!$B$2``."""
    return f"{quoted(sheet)}!{fixed(address)}"


def column_range(sheet: str, column: int, first: int, last: int) -> str:
    """Return ``'η=0.1'!$B$6:$B$105``."""
    return f"{quoted(sheet)}!{fixed((first, column))}:{fixed((last, column))}"
