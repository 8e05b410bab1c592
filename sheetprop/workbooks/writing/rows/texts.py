"""Texts as XML holds them, and those that cells share (SpreadsheetML, ECMA-376 part 1, 18.4)."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from sheetprop.workbooks.sheet import Indexed
from sheetprop.workbooks.styles import FONT, INK

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
)
_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Texts:
    """The typed texts of a workbook, each once; cells refer to them by number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, bool], int] = {}
        self._count = 0

    def number(self, text: str) -> int:
        """Return the number of a text, for one more cell."""
        self._count += 1
        key = str(text), isinstance(text, Indexed)
        return self._numbers.setdefault(key, len(self._numbers))

    def xml(self) -> str:
        """Return the part of the file that holds all of them."""
        counts = f' count="{self._count}" uniqueCount="{len(self._numbers)}"'
        items = "".join(
            f"<si>{_with_indices(text) if is_indexed else _element(text)}</si>"
            for text, is_indexed in self._numbers
        )
        return f"{_HEAD}{counts}>{items}</sst>"


_INDEX = re.compile(r"(?<![A-Za-z_])(?:([A-Za-z∂]{1,2})_([a-z]+\d*)|([A-Za-z]|∂[A-Za-z])(\d+))")
"""A letter and its index: ``a_h1``, ``E_total``, ``w1``."""


def _font(more: str = "") -> str:
    """Return how letters look in a run of a text, which takes nothing over from its cell."""
    size, name = FONT["font_size"], quoteattr(str(FONT["font_name"]))
    colour = f'<color rgb="FF{INK.removeprefix("#")}"/>'
    return f'<rPr>{more}<sz val="{size}"/>{colour}<rFont val={name}/><family val="2"/></rPr>'


def _with_indices(text: str) -> str:
    """Return a text whose indices stand below the line (18.4.4), each way of writing a run once."""
    pieces, end = [], 0
    for found in _INDEX.finditer(text):
        base, index = found[1] or found[3], found[2] or found[4]
        pieces += [(text[end : found.start()] + base, ""), (index, '<vertAlign val="subscript"/>')]
        end = found.end()
    pieces.append((text[end:], ""))
    runs = (f"<r>{_font(more)}{_element(piece)}</r>" for piece, more in pieces if piece)
    return "".join(runs)


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
