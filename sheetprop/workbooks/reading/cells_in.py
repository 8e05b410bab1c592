"""The cells of a worksheet part (SpreadsheetML, ECMA-376 part 1, 18.3.1): values and formulas.

Value and formula of a cell stand in one element, so one pass over the part gives both. What is
written as usual is read by `rows_in`, everything else by the XML parser of `elements_in`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

from sheetprop.notation.address import COLUMNS, ROWS, column_number
from sheetprop.notation.relative import RelativeFormula
from sheetprop.workbooks.filled_cells import Folder
from sheetprop.workbooks.reading.contents_in import data_table, number, plain, value_of
from sheetprop.workbooks.reading.elements_in import Elements
from sheetprop.workbooks.reading.ooxml import parse_part
from sheetprop.workbooks.reading.rows_in import (
    Tag,
    Unusual,
    attributes_of,
    tags_of,
    without_entities,
)
from sheetprop.workbooks.sheet import Address, Cell, Value

UNUSUAL_START = "= \n\t\r\x0b\x0c\xa0"
NEW = tuple.__new__
FOLDED_FROM = 50_000
"""Cells kept as they are before fills are looked for among them."""

MAX_CELLS = 4_000_000
MAX_FORMULA_TEXT = 1 << 29
"""Characters of all formulas: one shared formula can stand for gigabytes of text."""


class CellReader:
    """Reads worksheet parts, one after the other; `cells` are those of the part read last.

    The limits count all parts together. Beyond them a `ValueError` is raised.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self.strings = strings
        self.before = self.before_part = self.formula_text_length = 0
        self.cells: dict[Address, Cell] = {}
        self.folder: Folder | None = None
        self.folds = True

    def read(self, archive: zipfile.ZipFile, part: str) -> Mapping[Address, Cell]:
        """Read the cells of a part that hold something."""
        self.before_part, length = self.before, self.formula_text_length
        try:
            self.begin()
            with closing(tags_of(archive, part)) as blocks:
                for tags in blocks:
                    self.take(tags)
                    self.fold()
        except Unusual:
            self.before, self.formula_text_length = self.before_part, length
            self.begin()
            parse_part(archive, part, Elements(self))
        self.stop_at_limits()
        self.before += len(self.cells)
        return self.all_cells()

    def fold(self) -> None:
        """Keep what is filled down in few bytes, where there is much of it."""
        if not self.folds or len(self.cells) < FOLDED_FROM:
            return
        self.folder = self.folder or Folder()
        self.folder.take(self.cells)
        if self.folder.is_worth_it:
            self.before += len(self.cells)
            self.cells = {}
        else:
            taken, latest = self.folder.folded(), self.cells
            self.before = self.before_part
            self.cells = {**taken, **latest}
            self.folder, self.folds = None, False

    def all_cells(self) -> Mapping[Address, Cell]:
        """Return the cells of the part, those too that are kept in few bytes."""
        if self.folder is None:
            return self.cells
        self.folder.take(self.cells)
        folded = self.folder.folded()
        return folded if self.folder.is_in_order else {**folded, **self.cells}

    def begin(self) -> None:
        """Begin a part."""
        self.shared: dict[str, RelativeFormula] = {}
        self.copies: dict[str | None, RelativeFormula] = {}
        self.cells = {}
        self.row = self.column = 0
        self.columns: dict[str, int] = {}
        self.attributes: dict[str, dict[str, str]] = {"": {}}  # most come again and again
        self.folder, self.folds = None, True

    def take(self, tags: Iterable[Tag]) -> None:
        """Keep the cells of rows that are written as usual."""
        columns, cells, row, copies = self.columns, self.cells, self.row, self.copies
        for letters, kind, given, formula, text, inline, begun in tags:
            # Numbers, and formulas of their own that give one: what large sheets are full of. A
            # call for each of a million cells, or one of Cell, would take as long as all the rest.
            is_copy = given in copies and not formula
            is_own = not given and (text or formula)
            if kind is None and letters in columns and (is_own or is_copy):
                shown: Value = None
                if text:
                    try:
                        shown = float(text)
                        is_usual = "." in text and shown - shown == 0  # of infinity that is nan
                    except ValueError:
                        is_usual = False
                    if not is_usual:
                        shown = number(text)
                column = columns[letters]
                if is_copy:
                    own: str | None = self.copied(copies[given], row, column)
                else:
                    own = None if formula is None else self.own(formula)
                if text or own is not None:
                    cells[row, column] = NEW(Cell, (shown, own, None))
            elif letters is not None:
                self.keep_tag(letters, kind, given, formula, text, inline)
            elif begun is not None:
                plain_number = begun[4:-1]  # of ' r="12"', which is all that most rows have
                if plain_number.isdecimal() and begun == f' r="{plain_number}"':
                    row = self.row = int(plain_number)
                    self.column = 0
                    if not 0 < row <= ROWS:
                        self.refuse("A")
                else:
                    self.begin_row(attributes_of(begun).get("r"))
                    row = self.row
        self.stop_at_limits()

    def copied(self, first: RelativeFormula, row: int, column: int) -> str:
        """Return a shared formula as it reads in a cell that has a copy of it."""
        formula = first.at(row, column)
        self.formula_text_length += len(formula)
        if self.formula_text_length > MAX_FORMULA_TEXT:
            self.stop_at_limits()
        return formula

    def own(self, formula: str) -> str | None:
        """Return a formula that a cell has alone, with its ``=``."""
        if not formula or formula[0] in UNUSUAL_START or "&" in formula or "_xl" in formula:
            own = plain(without_entities(formula))
        else:
            own = "=" + formula
        self.formula_text_length += len(own or "")
        return own

    def keep_tag(
        self,
        letters: str,
        kind: str | None,
        given: str | None,
        formula: str | None,
        text: str | None,
        inline: str | None,
    ) -> None:
        """Keep a cell of any kind that is written as usual."""
        attributes = self.attributes
        if given and given not in attributes:
            attributes[given] = attributes_of(given)
        own = without_entities(formula or "") if given is not None else None
        known = attributes[given or ""]
        shown = without_entities(text or inline or "") if text != inline else None
        self.keep(letters, kind or "n", shown, own, known)
        if given and not own and known.get("t") == "shared" and known.get("si") in self.shared:
            self.copies[given] = self.shared[known["si"]]
        self.columns[letters] = self.column

    def refuse(self, letters: str) -> None:
        """Raise for a cell that no sheet has room for."""
        raise ValueError(f"a cell {letters}{self.row} outside of the sheet")

    def begin_row(self, number: str | None) -> None:
        """Begin a row, the one below the last where it has no number."""
        self.row = int(number or self.row + 1)
        self.column = 0
        if not 0 < self.row <= ROWS:
            self.refuse("A")
        self.stop_at_limits()

    def stop_at_limits(self) -> None:
        """Raise where there are more cells, or longer formulas, than can be dealt with."""
        if self.before + len(self.cells) > MAX_CELLS:
            raise ValueError(f"more than {MAX_CELLS} cells")
        if self.formula_text_length > MAX_FORMULA_TEXT:
            raise ValueError(f"formulas of more than {MAX_FORMULA_TEXT >> 20} million characters")

    def keep(
        self,
        letters: str,
        kind: str,
        text: str | None,
        formula: str | None,
        attributes: dict[str, str],
    ) -> None:
        """Keep a cell of the row, unless it has neither value nor formula.

        One without the letters of a column follows the one before.
        """
        row = self.row
        column = self.column = column_number(letters) if letters else self.column + 1
        if not (row > 0 and 0 < column <= COLUMNS):
            self.refuse(letters)
        array = None
        if formula is not None:
            formula = self.formula(row, column, formula, attributes)
            if attributes.get("t") == "array":
                array = attributes.get("ref")
        value = value_of(kind, text, self.strings)
        if value is not None or formula is not None:
            self.cells[row, column] = Cell(value, formula, array)

    def formula(self, row: int, column: int, text: str, attributes: dict[str, str]) -> str | None:
        """Return the text of the formula with its ``=``; a copy of a shared one is moved here."""
        formula = self.moved(row, column, text, attributes) if attributes else plain(text)
        self.formula_text_length += len(formula or "")
        if self.formula_text_length > MAX_FORMULA_TEXT:
            self.stop_at_limits()
        return formula

    def moved(self, row: int, column: int, text: str, attributes: dict[str, str]) -> str | None:
        """Return the formula of a cell that shares it, or that is said to be of another kind."""
        kind = attributes.get("t")
        if kind == "dataTable":
            return data_table(attributes)
        if kind != "shared":
            return plain(text)
        index = attributes.get("si", "")
        if not text:
            first = self.shared.get(index)
            return first.at(row, column) if first else None
        formula = plain(text)
        if formula is not None:
            self.copies.clear()  # the number may have stood for another formula
            self.shared[index] = RelativeFormula(formula, row, column)
        return formula
