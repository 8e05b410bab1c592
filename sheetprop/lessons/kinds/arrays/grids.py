"""Arrays of rows and columns on a sheet, one below the other, each below its heading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheetprop.lessons.explanation.page_parts import put_text
from sheetprop.lessons.kinds.kind import BLANK, WORKED
from sheetprop.maths.trees.expr import Expr
from sheetprop.maths.trees.windows import Index, Window, window
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.words import Words
from sheetprop.workbooks.look import ColourScale, Look
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

LABELS, CELL, LAST = 22.0, 9.0, 12  # widths in characters; the last column of texts
FIRST = 6
COLOURS = ("#F2A36B", "#FFFFFF", "#6CB0DE")

Rows = Sequence[Sequence[float]]
Trees = Mapping[Index, Expr]


@dataclass(frozen=True)
class Grid:
    """Where an array of rows and columns stands: `top` is the row of its heading."""

    array: str
    top: int
    rows: int
    columns: int

    def at(self, row: int, column: int) -> Address:
        """Return the cell of an element."""
        return self.top + 2 + row, 2 + column

    @property
    def bottom(self) -> int:
        """Return the last row."""
        return self.top + 1 + self.rows


@dataclass
class ArraySheet:
    """A sheet that grows downwards: `fixed` arrays keep their cells when a formula is filled."""

    name: str
    words: Words
    variant: str
    fixed: frozenset[str] = frozenset()
    page: Page = field(default_factory=Page)
    grids: dict[str, Grid] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    next_row: int = FIRST

    def open(self, title: str, about: str, sizes: str = "") -> None:
        """Write title, text, what to do, and the sizes."""
        self.page.put((1, 1), title, "title")
        self.page.heights[1] = 30
        put_text(self.page, (2, 1), about, "long text", self._widths, LAST)
        how = self.words["arrays_how_blank" if self.variant == BLANK else "arrays_how"]
        put_text(self.page, (3, 1), how, "long quiet", self._widths, LAST)
        if sizes:
            self.page.put((4, 1), sizes, "result text")

    @property
    def _widths(self) -> dict[int, float]:
        return {1: LABELS} | dict.fromkeys(range(2, LAST + 1), CELL)

    def place(self, array: str, title: str, rows: Sequence[str], columns: Sequence[str]) -> Grid:
        """Write the heading of an array and the names of its rows and columns."""
        grid = Grid(array, self.next_row, len(rows), len(columns))
        self.grids[array] = grid
        self.next_row = grid.bottom + 2
        self.page.put((grid.top, 1), title, "heading")
        for row, text in enumerate(rows):
            self.page.put((grid.at(row, 0)[0], 1), text, "name")
        for column, text in enumerate(columns):
            self.page.put((grid.top + 1, grid.at(0, column)[1]), text, "caption")
        return grid

    def typed(self, grid: Grid, numbers: Rows, style: str = "input") -> None:
        """Write numbers that may be changed, or that belong there as they are."""
        self.given.add(grid.array)
        for row, line in enumerate(numbers):
            for column, number in enumerate(line):
                self.page.put(grid.at(row, column), Cell(number), style)

    def linked(self, grid: Grid, other: str, source: Grid) -> None:
        """Write numbers of another sheet."""
        for row in range(grid.rows):
            for column in range(grid.columns):
                text = f"={other}!{address(*source.at(row, column))}"
                self.page.put(grid.at(row, column), Cell(None, text), "number")

    def calculated(self, grid: Grid, trees: Trees) -> None:
        """Write formulas, or leave their cells to be filled in."""
        for (row, column), tree in trees.items():
            at = grid.at(row, column)
            cell = Cell() if self.variant == BLANK else Cell(None, to_excel(tree, self.reference))
            self.page.cells[at] = cell
            self.page.styles[at] = "number" if self.variant == WORKED else "answer"

    def reference(self, leaf: Expr) -> str:
        """Return a window as a formula of this sheet names it."""
        if not isinstance(leaf, Window):
            raise TypeError(f"no cells stand for {leaf!r}")
        grid, indices = self.grids[leaf.array], [*leaf.indices]
        first, last = grid.at(*indices[0]), grid.at(*indices[-1])
        written: Callable[[Address], str] = (
            fixed if leaf.array in self.fixed else lambda at: address(*at)
        )
        return written(first) if leaf.size == 1 else f"{written(first)}:{written(last)}"

    def sheet(self) -> Sheet:
        """Return the sheet."""
        look = Look(
            styles=self.page.styles,
            widths=self._widths,
            merged=tuple(self.page.merged),
            heights=self.page.heights,
            tab="#0072B2",
            plain_formulas=True,
        )
        return Sheet(self.name, self.page.cells, look=look)


def coloured(sheet: Sheet, own: ArraySheet) -> Sheet:
    """Return a sheet whose values are known with its arrays coloured, blue and orange around 0.

    What is typed stays yellow.
    """
    scales = []
    for grid in (grid for name, grid in own.grids.items() if name not in own.given):
        area = grid.at(0, 0), grid.at(grid.rows - 1, grid.columns - 1)
        cells = [grid.at(r, c) for r in range(grid.rows) for c in range(grid.columns)]
        values = (sheet.cells.get(at, Cell()).value for at in cells)
        most = max((abs(v) for v in values if isinstance(v, int | float)), default=0.0)
        scales.append(ColourScale((area,), COLOURS, float(most) or 1.0))
    look = sheet.look
    assert isinstance(look, Look)
    return replace(sheet, look=replace(look, scales=tuple(scales)))


def whole(array: str, rows: int, columns: int) -> Window:
    """Return the leaf of a whole array."""
    return window(array, (0, 0), (rows, columns))
