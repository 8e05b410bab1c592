"""The cells of a worksheet part (SpreadsheetML, ECMA-376 part 1, 18.3.1): values and formulas.

Value and formula of a cell stand in one element, so one pass over the part gives both.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from sheetprop.notation.relative import COLUMNS, ROWS, RelativeFormula, column_number
from sheetprop.sheets.ooxml import content_of, local, named, tree_of
from sheetprop.sheets.sheet import Address, Cell, ExcelError, Value

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
PREFIX = re.compile(r"_xl(?:fn|ws|udf|pm)\.")
EXACT_DIGITS = 15  # whole numbers of more digits are no integers in a spreadsheet


def shared_strings(archive: zipfile.ZipFile, part: str | None) -> list[str]:
    """Return the texts that cells refer to by number."""
    if part is None or part not in archive.NameToInfo:
        return []
    return [rich_text(item) for item in named(tree_of(archive, part), "si")]


def rich_text(item: ET.Element) -> str:
    """Return the text of an item, formatted in pieces or not, without its phonetic reading."""
    pieces = []
    for child in item:
        if local(child) == "t":
            pieces.append(child.text or "")
        elif local(child) == "r":
            pieces += [piece.text or "" for piece in named(child, "t")]
    return unescape("".join(pieces))


def unescape(text: str) -> str:
    """Put back the characters XML cannot hold, which the file writes as ``_x000D_``."""
    if "_x" not in text:
        return text
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


class CellReader:
    """Reads one worksheet part; keeps the shared formulas met so far."""

    def __init__(self, strings: Sequence[str]) -> None:
        self.strings = strings
        self.shared: dict[str, RelativeFormula] = {}
        self.cells: dict[Address, Cell] = {}

    def read(self, archive: zipfile.ZipFile, part: str) -> Mapping[Address, Cell]:
        """Read the cells that hold something. A row is forgotten at once: sheets can be large."""
        row = 0
        for _, element in ET.iterparse(io.BytesIO(content_of(archive, part))):  # noqa: S314
            if element.tag.endswith("}row"):
                row = int(element.get("r") or row + 1)
                self.read_row(row, element)
                element.clear()
        return self.cells

    def read_row(self, row: int, element: ET.Element) -> None:
        """Cells without an address follow the one before."""
        column = 0
        for cell in element:
            address = cell.get("r")
            column = column_number(address.rstrip("0123456789")) if address else column + 1
            if not (0 < row <= ROWS and 0 < column <= COLUMNS):
                raise ValueError(f"a cell {address or ''} outside of the sheet")
            if len(cell):
                self.read_cell(row, column, cell)

    def read_cell(self, row: int, column: int, element: ET.Element) -> None:
        """Keep the cell, unless it has neither value nor formula."""
        text = formula = array = None
        for child in element:
            name = child.tag[-2:]
            if name == "}v":
                text = child.text or ""
            elif name == "}f":
                formula = self.formula(row, column, child)
                array = child.get("ref") if child.get("t") == "array" else None
            elif name == "is":
                text = rich_text(child)
        value = self.value(element.get("t", "n"), text)
        if value is not None or formula is not None:
            self.cells[row, column] = Cell(value, formula, array)

    def value(self, kind: str, text: str | None) -> Value:
        """Return the stored value: number, text, truth value or error; dates stay their number."""
        if kind == "inlineStr":
            return text
        if text is None or (not text and kind != "str"):
            return None
        if kind == "n":
            return number(text)
        if kind == "s":
            return self.strings[int(text)]
        if kind == "b":
            return text.strip() in {"1", "true"}
        return ExcelError(text) if kind == "e" else unescape(text)

    def formula(self, row: int, column: int, element: ET.Element) -> str | None:
        """Return the text of the formula with its ``=``; a copy of a shared one is moved here."""
        text, kind, index = element.text or "", element.get("t"), element.get("si", "")
        if kind == "dataTable":
            return data_table(element)
        if kind == "shared" and not text:
            first = self.shared.get(index)
            return first.at(row, column) if first else None
        if not text.strip():
            return None
        formula = "=" + PREFIX.sub("", text).lstrip("= \n")
        if kind == "shared":
            self.shared[index] = RelativeFormula(formula, row, column)
        return formula


def number(text: str) -> Value:
    """Read a stored number; not-a-number and infinity are an error in Excel."""
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return ExcelError("#NUM!")
    return int(value) if text.isdigit() and len(text) <= EXACT_DIGITS else value


def data_table(element: ET.Element) -> str:
    """Write a what-if table as Excel shows it: ``=TABLE(row input,column input)``."""
    first, second = element.get("r1", ""), element.get("r2", "")
    if element.get("dt2D") in {"1", "true"}:
        return f"=TABLE({first},{second})"
    return f"=TABLE({first},)" if element.get("dtr") in {"1", "true"} else f"=TABLE(,{first})"
