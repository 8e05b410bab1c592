"""The rows of a long table as the file holds them: a pattern for all, into which the numbers go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sheetprop.notation.address import address, column_letters
from sheetprop.workbooks.long_tables import LongTable
from sheetprop.workbooks.sheet import Address, Cell, Value
from sheetprop.workbooks.writing.rows.cells import Cells
from sheetprop.workbooks.writing.rows.shared import can_be_shared, shared

_ROW = "\x01"  # stands for the number of a row
_NUMBERS = {float, int}

Element = tuple[int, str]
"""Of a cell: its column, and its XML."""


class TableRows:
    """Writes one table; its shared formulas get the numbers from `number` on.

    `style` returns the attribute that gives a cell its style.
    """

    def __init__(
        self, table: LongTable, number: int, style: Callable[[Address], str], cells: Cells
    ) -> None:
        self.table, self.style, self.cells = table, style, cells
        top, bottom = table.first[0], table.last[0]
        self.shared = [
            shared(k, (top, column), (bottom, column)) if can_be_shared(text) else None
            for k, (column, text) in enumerate(
                zip(table.columns, table.formulas, strict=True), number
            )
        ]
        self.written_out = [place for place in range(len(self.shared)) if self._differs(place)]
        self.pattern = "".join(map(self._pattern, range(len(self.shared))))

    def elements(self, line: int, values: Sequence[Value]) -> list[Element]:
        """Return the cells of a row, of any values."""
        return [
            (column, self._element(place, (line, column), values[place]))
            for place, column in enumerate(self.table.columns)
        ]

    def usual(self, line: int, values: Sequence[Value]) -> str | None:
        """Return the cells of a row that holds numbers only and is not the first."""
        if line == self.table.first[0] or not _NUMBERS.issuperset(map(type, values)):
            return None
        pieces: list[object] = list(values)
        for place in reversed(self.written_out):
            pieces.insert(place, self._formula(place, line))
        text = self.pattern.replace(_ROW, str(line)) % tuple(pieces)
        return text.replace(".0</v>", "</v>")

    def _element(self, place: int, at: Address, value: Value) -> str:
        marks = self.shared[place]
        own = None if marks is None else marks[at[0] != self.table.first[0]]
        cell = Cell(value, self.table.relative[place].at(*at))
        return self.cells.xml(address(*at), self.style(at), cell, own)

    def _pattern(self, place: int) -> str:
        """Return what the cells of a column have in common, with marks for their numbers."""
        marks, at = self.shared[place], (self.table.first[0] + 1, self.table.columns[place])
        if place in self.written_out:
            formula = "%s"
        elif marks is None:
            formula = self._formula(place, at[0]).replace("%", "%%")
        else:
            formula = f"<f{marks.others}/>"
        return f'<c r="{column_letters(at[1])}{_ROW}"{self.style(at)}>{formula}<v>%r</v></c>'

    def _differs(self, place: int) -> bool:
        """Whether a formula is written out in each row, and differs from row to row."""
        top = self.table.first[0]
        first, second = (self._formula(place, line) for line in (top, top + 1))
        return self.shared[place] is None and first != second

    def _formula(self, place: int, line: int) -> str:
        text = self.table.relative[place].at(line, self.table.columns[place])
        return self.cells.formula(Cell(None, text))
