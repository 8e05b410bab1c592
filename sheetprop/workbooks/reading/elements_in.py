"""The elements of a worksheet part as an XML parser meets them, whatever way they are written."""

from __future__ import annotations

from typing import Protocol

from sheetprop.workbooks.reading.texts_in import raised


class Rows(Protocol):
    """What keeps the cells of a part, row by row."""

    def begin_row(self, number: str | None) -> None:
        """Begin a row, the one below the last where it has no number."""

    def keep(
        self,
        letters: str,
        kind: str,
        text: str | None,
        formula: str | None,
        attributes: dict[str, str],
    ) -> None:
        """Keep a cell of the row."""


class Elements:
    """Handlers for the parser, which give each row and cell to `rows`."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.pieces: list[str] = []
        self.text: str | None = None
        self.formula_text: str | None = None
        self.cell: dict[str, str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet the beginning of an element."""
        self.pieces.clear()
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self.cell = attributes
            self.text = self.formula_text = None
            self.formula_attributes: dict[str, str] = {}
            self.runs: list[str] = []
            self.is_phonetic = self.is_raised = False
        elif name == "f":
            self.formula_attributes = attributes
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "vertAlign":
            self.is_raised = attributes.get("val") == "superscript"
        elif name == "row":
            self.rows.begin_row(attributes.get("r"))

    def end(self, name: str) -> None:
        """Meet the end of an element; only those inside a cell matter."""
        if self.cell is None:
            return
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "v":
            self.text = "".join(self.pieces)
        elif name == "f":
            self.formula_text = "".join(self.pieces)
        elif name == "c":
            letters = self.cell.get("r", "").rstrip("0123456789")
            kind = self.cell.get("t", "n")
            self.rows.keep(letters, kind, self.text, self.formula_text, self.formula_attributes)
            self.cell = None
        elif name == "t" and not self.is_phonetic:
            self.runs.append(raised("".join(self.pieces), self.is_raised))
            self.is_raised = False
        elif name == "rPh":
            self.is_phonetic = False
        elif name == "is":
            self.text = "".join(self.runs)
