"""The rows of a worksheet as the file holds them, one after the other, long tables row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import merge
from itertools import chain, groupby, product

from sheetprop.notation.address import address
from sheetprop.workbooks.long_tables import long_tables, loose_cells
from sheetprop.workbooks.look import Look
from sheetprop.workbooks.sheet import Address, Cell, Sheet
from sheetprop.workbooks.writing.rows.cells import Cells
from sheetprop.workbooks.writing.rows.shared import shares
from sheetprop.workbooks.writing.rows.table_rows import Element, TableRows
from sheetprop.workbooks.writing.rows.texts import Texts

_EMPTY = Cell()


class SheetRows:
    """Writes the rows of one sheet.

    `styles` has for each style by name the attribute that gives it to a cell.
    """

    def __init__(self, sheet: Sheet, look: Look, styles: Mapping[str, str], texts: Texts) -> None:
        self.xml_of = Cells(texts, is_plain=look.plain_formulas)
        self.of_place = {at: styles[name] for at, name in look.styles.items()}
        self.of_column = {column: styles[name] for column, name in look.columns.items()}
        for first, last in look.merged:
            inner = product(range(first[0], last[0] + 1), range(first[1], last[1] + 1))
            self.of_place = dict.fromkeys(inner, self.of_place.get(first, "")) | self.of_place
        self.cells = loose_cells(sheet.cells)
        self.tables: list[TableRows] = []
        number = 0
        for table in long_tables(sheet.cells):
            self.tables.append(TableRows(table, number, self.style, self.xml_of))
            number += len(table.formulas)
        self.shared = shares(look.filled, self.cells, number)

    def style(self, at: Address) -> str:
        """Return the attribute that gives a cell its style."""
        return self.of_place.get(at) or self.of_column.get(at[1], "")

    def xml(self, marks: Mapping[int, str]) -> Iterator[str]:
        """Yield the elements of all rows; `marks` are the attributes of some, by number."""
        loose = self._loose()
        unusual = {*loose, *marks, *(at[0] for at in self.of_place)}
        values = [iter(table.table.rows) for table in self.tables]
        lines = merge(sorted(unusual), *(table.table.lines for table in self.tables))
        for line, _ in groupby(lines):
            parts = [
                (table, next(rows))
                for table, rows in zip(self.tables, values, strict=True)
                if line in table.table.lines
            ]
            cells = parts[0][0].usual(line, parts[0][1]) if line not in unusual else None
            if cells is None or len(parts) > 1:
                elements = chain(*(table.elements(line, row) for table, row in parts))
                cells = "".join(xml for _, xml in sorted([*loose.get(line, ()), *elements]))
            yield f'<row r="{line}"{marks.get(line, "")}>{cells}</row>'

    def corners(self) -> tuple[Address, Address]:
        """Return the first and the last cell of the smallest rectangle that holds all."""
        ends = [at for table in self.tables for at in (table.table.first, table.table.last)]
        places = [*self.places, *ends] or [(1, 1)]
        columns = [column for _, column in places]
        return (min(places)[0], min(columns)), (max(places)[0], max(columns))

    @cached_property
    def places(self) -> list[Address]:
        """The cells that stand in no long table and have a value, a formula or a style."""
        styled = (at for at in self.of_place if not any(at in t.table for t in self.tables))
        return sorted({*self.cells, *styled})

    def _loose(self) -> dict[int, list[Element]]:
        """Return what stands in no long table, by row."""
        by_row = groupby(self.places, lambda at: at[0])
        return {line: [(at[1], self._element(at)) for at in places] for line, places in by_row}

    def _element(self, at: Address) -> str:
        cell = self.cells.get(at, _EMPTY)
        return self.xml_of.xml(address(*at), self.style(at), cell, self.shared.get(at))
