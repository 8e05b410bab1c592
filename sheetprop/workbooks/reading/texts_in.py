"""The texts that cells share (SpreadsheetML, ECMA-376 part 1, 18.4), formatted in pieces or not."""

from __future__ import annotations

import zipfile

from sheetprop.lazily.patterns import pattern
from sheetprop.workbooks.reading.ooxml import parse_part

RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
SURROGATE = pattern("[\ud800-\udfff]")
ESCAPE = pattern(r"_x([0-9A-Fa-f]{4})_")


def shared_strings(archive: zipfile.ZipFile, part: str | None) -> list[str]:
    """Return the texts that cells refer to by number."""
    reader = TextReader()
    if part is not None and part in archive.NameToInfo:
        parse_part(archive, part, reader)
    return reader.texts


def unescape(text: str) -> str:
    """Put back the characters XML cannot hold, which the file writes as ``_x000D_``."""
    if "_x" not in text:
        return text
    text = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if SURROGATE.search(text):  # two make one character; one alone is none and breaks whatever
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def lowered(text: str, before: str) -> str:
    """Return an index below the line as it reads behind other text: h1 behind an a is _h1."""
    return f"_{text}" if before[-1:].isalpha() and text[:1].isalpha() else text


def raised(text: str, is_raised: bool) -> str:
    """Return a text as it reads: set as a superscript, a 2 is ²."""
    return text.translate(RAISED) if is_raised else text


class TextReader:
    """Reads texts, formatted in pieces or not, without their phonetic reading.

    Of the format only what changes the meaning is kept: a 2 set as an exponent becomes ², an h1
    set as the index of an a makes it a_h1.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.texts: list[str] = []
        self.runs: list[str] = []
        self.is_phonetic = False
        self.is_raised = self.is_lowered = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet the beginning of an element."""
        self.pieces.clear()
        if name.endswith("vertAlign"):
            self.is_raised = attributes.get("val") == "superscript"
            self.is_lowered = attributes.get("val") == "subscript"
        if name.endswith("si"):
            self.runs.clear()
        elif name.endswith("rPh"):
            self.is_phonetic = True

    def end(self, name: str) -> None:
        """Meet the end of an element."""
        local = name.rpartition(":")[2]
        if local == "t" and not self.is_phonetic:
            text = raised("".join(self.pieces), self.is_raised)
            before = self.runs[-1] if self.runs else ""
            self.runs.append(lowered(text, before) if self.is_lowered else text)
            self.is_raised = self.is_lowered = False
        elif local == "rPh":
            self.is_phonetic = False
        elif local == "si":
            self.texts.append(unescape("".join(self.runs)))
        self.pieces.clear()
