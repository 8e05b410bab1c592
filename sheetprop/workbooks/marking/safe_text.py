"""Texts of people inside of XML: everything escaped, nothing longer than a cell may hold."""

from __future__ import annotations

import re

MAX_TEXT = 32_767  # in a cell, counted as UTF-16 does
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SYMBOLS = 0x2400  # ␀, ␁ …: how control characters are shown


def shortened(text: str, limit: int = MAX_TEXT) -> str:
    """Return the text, cut and ended with … when it is longer than `limit` in UTF-16."""
    if len(text) * 2 <= limit or len(text.encode("utf-16-le", "replace")) // 2 <= limit:
        return text
    units = text.encode("utf-16-le", "replace")[: 2 * (limit - 1)]
    return units.decode("utf-16-le", "ignore") + "…"


def printable(text: str) -> str:
    """Return the text with a visible symbol for each character that XML cannot hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNFIT.sub(lambda match: _symbol(ord(match[0])), text)


def _symbol(code: int) -> str:
    if code < 0x20:
        return chr(SYMBOLS + code)
    return "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def content(text: str) -> str:
    """Return the text as the content of an element that a spreadsheet program reads.

    What looks like its own escape of a character (``_x0041_``) is escaped, so that it stays.
    """
    text = LOOKS_ESCAPED.sub("_x005F_", shortened(printable(text)))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Return the text as the value of an attribute in double quotes."""
    text = content(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")
