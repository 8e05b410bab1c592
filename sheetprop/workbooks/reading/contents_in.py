"""What stands in a cell of a worksheet part: formulas and numbers as a file writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite

from sheetprop.workbooks.reading.texts_in import unescape
from sheetprop.workbooks.sheet import ExcelError, Value

PREFIX = re.compile(r"_xl(?:fn|ws|udf|pm)\.")
EXACT_DIGITS = 15  # whole numbers of more digits are no integers in a spreadsheet


def plain(text: str) -> str | None:
    """Return a formula with ``=`` and without the prefixes of newer functions."""
    if "_xl" in text:
        text = PREFIX.sub("", text)
    text = text.lstrip("= \n")
    return None if not text or text.isspace() else "=" + text


def index(text: str) -> int:
    """Return the number of a shared text; one below zero would count from the end."""
    found = int(text)
    if found < 0:
        raise ValueError(f"there is no text number {found}")
    return found


def _text(number: int, strings: Sequence[str]) -> str:
    try:
        return strings[number]
    except IndexError:
        raise ValueError(f"there is no text number {number}") from None


def number(text: str) -> Value:
    """Read a stored number; not-a-number and infinity are an error in Excel."""
    try:
        value = float(text)
    except ValueError:
        return text
    if len(text) <= EXACT_DIGITS and text.isdigit():
        return int(value)
    return value if isfinite(value) else ExcelError("#NUM!")


def data_table(attributes: Mapping[str, str]) -> str:
    """Write a what-if table as Excel shows it: ``=TABLE(row input,column input)``."""
    first, second = attributes.get("r1", ""), attributes.get("r2", "")
    if attributes.get("dt2D") in {"1", "true"}:
        return f"=TABLE({first},{second})"
    return f"=TABLE({first},)" if attributes.get("dtr") in {"1", "true"} else f"=TABLE(,{first})"


def value_of(kind: str, text: str | None, strings: Sequence[str]) -> Value:
    """Return a stored value: number, text, truth value or error; dates stay their number."""
    if text is None:
        return None
    if kind == "n":
        return number(text) if text else None
    if kind == "inlineStr":
        return unescape(text)
    if not text and kind != "str":
        return None
    if kind == "s":
        return _text(index(text), strings)
    if kind == "b":
        return text.strip() in {"1", "true"}
    return ExcelError(text) if kind == "e" else unescape(text)
