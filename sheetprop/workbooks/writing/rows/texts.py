"""Texts as XML holds them, and those that cells share (SpreadsheetML, ECMA-376 part 1, 18.4)."""

from __future__ import annotations

import re

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
)
_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Texts:
    """The typed texts of a workbook, each once; cells refer to them by number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._count = 0

    def number(self, text: str) -> int:
        """Return the number of a text, for one more cell."""
        self._count += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        """Return the part of the file that holds all of them."""
        counts = f' count="{self._count}" uniqueCount="{len(self._numbers)}"'
        items = "".join(f"<si>{_element(text)}</si>" for text in self._numbers)
        return f"{_HEAD}{counts}>{items}</sst>"


def _element(text: str) -> str:
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{kept}>{escaped(text)}</t>"


def escaped(text: str) -> str:
    """Return a text for XML; characters that XML has none of become ``_x000D_``, as in Excel."""
    if "_x" in text:
        text = _LIKE_ESCAPED.sub("_x005F_", text)
    if not text.isprintable():
        text = _NO_CHARACTER.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return marked_up(text)


def marked_up(text: str) -> str:
    """Return a text in which what would be markup is written as ``&lt;``."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text
