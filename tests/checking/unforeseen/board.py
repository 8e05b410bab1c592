"""Worksheets of any layout: each quantity of each step is given a place, formulas follow.

Formulas are templates as in `worksheets`: ``{a_o1}`` is the cell of this step, ``{w1[-1]}`` that of
the step before, ``{t1@0}`` the fixed cell of the first step, ``{eta}`` the learning rate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook.defined_name import DefinedName
from worksheets import RIGHT, WEIGHTS, Table

Content = str | float | None
Place = tuple[str, int, int]
"""Sheet, row, column."""
Key = tuple[str, int]

_BRACED = re.compile(r"\{([^{}\[\]@]+?)(?:\[([+-]\d+)\]|@(\d+))?\}")
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")

VALUES: Mapping[str, float] = {
    "t1": 0.01,
    "t2": 0.99,
    "i1": 0.05,
    "i2": 0.1,
    "eta": 2.0,
    **dict(zip(WEIGHTS, (0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55), strict=True)),
}
GIVEN = ("t1", "t2", "i1", "i2")


@dataclass
class Board:
    """Cells of some sheets, and where each quantity of each step stands among them.

    `finish` changes the openpyxl workbook before it is saved; `names` are defined names.
    """

    sheet: str = "Sheet1"
    cells: dict[Place, Content] = field(default_factory=dict)
    where: dict[Key, Place] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=lambda: dict(VALUES))
    finish: list[Callable[[Any], None]] = field(default_factory=list)
    file: str = "student.xlsx"
    tables: list[tuple[str, str, tuple[int, int, int, int], list[str]]] = field(
        default_factory=list
    )
    """Excel tables: sheet, name, first row, first column, last row, last column, headers."""

    def put(self, where: str, content: Content, sheet: str | None = None) -> None:
        """Write into a cell by its address."""
        row, column = coordinate_to_tuple(where)
        self.cells[sheet or self.sheet, row, column] = content

    def text(self, row: int, column: int, content: Content, sheet: str | None = None) -> None:
        """Write into a cell by row and column."""
        self.cells[sheet or self.sheet, row, column] = content

    def at(self, name: str, step: int, row: int, column: int, sheet: str | None = None) -> None:
        """Say where a quantity of a step stands."""
        self.where[name, step] = (sheet or self.sheet, row, column)

    def place(self, name: str, step: int) -> Place:
        """Return where a quantity stands; one that is given once stands there in all steps."""
        return self.where[name, step] if (name, step) in self.where else self.where[name, 0]

    def set(self, name: str, step: int, content: Content) -> None:
        """Write a quantity's cell: a template, a number, or nothing."""
        place = self.place(name, step)
        if content is None:
            self.cells.pop(place, None)
            return
        is_formula = isinstance(content, str) and content.startswith("=")
        self.cells[place] = self.filled(content, name, step) if is_formula else content

    def fill(self, name: str, steps: Iterable[int], content: Content) -> None:
        """Write a quantity's cells in some steps."""
        for step in steps:
            self.set(name, step, content)

    def filled(self, template: str, name: str, step: int) -> str:
        """Return a template as the formula of a quantity's cell."""
        home = self.place(name, step)[0]

        def written(found: re.Match[str]) -> str:
            other, shift, fixed = found.groups()
            if other == "eta" and (shift is None):
                return self.reference(self.place("eta", step), home, is_fixed=True)
            if fixed is not None:
                return self.reference(self.place(other, int(fixed)), home, is_fixed=True)
            is_once = (other, 1) not in self.where and (other, 0) in self.where and len(home) > 0
            is_input = is_once and (other in GIVEN or other == "eta")
            return self.reference(
                self.place(other, step + int(shift or 0)), home, is_fixed=is_input
            )

        return _BRACED.sub(written, template)

    def reference(self, place: Place, home: str, *, is_fixed: bool = False) -> str:
        """Return a reference to a cell as a formula on a sheet writes it."""
        sheet, row, column = place
        dollar = "$" if is_fixed else ""
        text = f"{dollar}{get_column_letter(column)}{dollar}{row}"
        if sheet == home:
            return text
        return f"{sheet}!{text}" if _PLAIN_SHEET.fullmatch(sheet) else f"'{sheet}'!{text}"

    def steps(self, name: str = "h1") -> list[int]:
        """Return the steps in which a quantity has a place."""
        return sorted(step for other, step in self.where if other == name)

    def standard(self, formulas: Mapping[str, str] = RIGHT, given: Iterable[str] = GIVEN) -> Board:
        """Fill all places with what belongs there, and return the board."""
        for (name, step), _ in sorted(self.where.items(), key=lambda item: item[0][1]):
            is_given = name in given or name == "eta" or (name in self.values and step == 0)
            if is_given:
                self.set(name, step, self.values[name])
            elif name in formulas:
                self.set(name, step, formulas[name])
        return self

    def save(self, folder: Path) -> Path:
        """Write the workbook with openpyxl, formulas without values, and return its path."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for sheet in dict.fromkeys(sheet for sheet, _, _ in self.cells):
            book.create_sheet(sheet)
        for (sheet, row, column), content in self.cells.items():
            if content is not None:
                book[sheet].cell(row, column, content)
        for name, reference in self.names.items():
            book.defined_names[name] = DefinedName(name, attr_text=reference)
        for change in self.finish:
            change(book)
        path = folder / self.file
        book.save(path)
        return path


def board_of(*tables: Table, further: Mapping[str, Content] | None = None) -> Board:
    """Return the board of tables as `worksheets` makes them; quantities are those of the first."""
    board = Board(tables[0].sheet)
    for table in tables:
        for (row, column), content in table.cells().items():
            board.cells[table.sheet, row, column] = content
    table = tables[0]
    given = zip(GIVEN, (*table.targets, *table.inputs), strict=True)
    board.values |= dict(given) | dict(zip(WEIGHTS, table.weights, strict=True))
    for name in table.lines:
        for step in range(table.iterations):
            board.where[name, step] = (table.sheet, *table.cell(name, step))
    if isinstance(table.rate, float | int):
        board.values["eta"] = float(table.rate)
        board.where["eta", 0] = (table.sheet, *table.rate_cell)
    for where, content in (further or {}).items():
        board.put(where, content)
    return board
