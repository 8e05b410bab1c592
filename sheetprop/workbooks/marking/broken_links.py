"""Formulas that led to what is not in the workbook any more: they go, and their values stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from sheetprop.workbooks.marking.splices import TAG, Edit

STRING = re.compile(r'"[^"]*"')
ELSEWHERE = re.compile(r"(?<![\w\])])\[\d{1,9}\]")
"""The number of another workbook, as in ``[1]Sheet1!A1``; a column of a table follows its name."""


def broken(sheets: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a formula leads to another workbook, or to one of these sheets."""
    names = [form for s in sheets for form in (f"{s}!", f"'{s.replace(chr(39), chr(39) * 2)}'!")]
    lowered = [name.casefold() for name in names]

    def is_broken(formula: str) -> bool:
        rest = STRING.sub('""', formula)
        return bool(ELSEWHERE.search(rest)) or any(name in rest.casefold() for name in lowered)

    return is_broken


@dataclass(slots=True)
class _Formulas:
    """The handlers of a parser that looks for formulas; `shared` are the numbers of broken ones."""

    content: bytes
    is_broken: Callable[[str], bool]
    edits: list[Edit] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)
    start: int = -1
    attributes: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "f":
            self.start, self.attributes = self.parser.CurrentByteIndex, attributes
            self.pieces = []

    def text(self, text: str) -> None:
        if self.start >= 0:
            self.pieces.append(text)

    def finish(self, name: str) -> None:
        if self.start < 0 or name.rpartition(":")[2] != "f":
            return
        number = self.attributes.get("si") if self.attributes.get("t") == "shared" else None
        formula = "".join(self.pieces)
        if number in self.shared if number and not formula else self.is_broken(formula):
            if number:
                self.shared.add(number)
            self.edits.append((self.start, self._end(), b""))
        self.start = -1

    def _end(self) -> int:
        """Return where the element ends that begins at `start`."""
        tag = TAG.match(self.content, self.start)
        if tag is None:
            raise ValueError("an encoding whose positions are not known")
        if tag[0].endswith(b"/>"):
            return tag.end()
        return self.content.index(b">", self.parser.CurrentByteIndex) + 1


def value_edits(content: bytes, is_broken: Callable[[str], bool]) -> list[Edit]:
    """Return the edits of a worksheet part that leave values where broken formulas were.

    Raises `expat.ExpatError` when the part is no XML.
    """
    formulas = _Formulas(content, is_broken)
    formulas.parser.StartElementHandler = formulas.begin
    formulas.parser.EndElementHandler = formulas.finish
    formulas.parser.CharacterDataHandler = formulas.text
    formulas.parser.buffer_text = True
    formulas.parser.Parse(content, True)
    return formulas.edits
