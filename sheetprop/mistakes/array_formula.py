"""The formula of one cell among many that are filled alike: what mistakes of arrays are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sheetprop.errors import FormulaError
from sheetprop.maths.trees.expr import Call, Expr, Number
from sheetprop.mistakes.words import Blanks, Case
from sheetprop.notation.address import address, quoted
from sheetprop.notation.excel_parse import CellReference, parse
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.mentioned import Area, replaced, split

Step = tuple[int, int]
Made = Iterator[tuple[str, Case, Blanks]]
"""Wrong formulas that a mistake makes of a right one, each with its case and what fills it."""


@dataclass(frozen=True)
class ArrayFormula:
    """The right formula of a cell, and how its references go on from cell to cell of its block.

    `row` and `column` count from the first cell of the block; `down` and `right` are the steps of
    each reference. `own` is what stands in the cell. `is_zero` says of a cell that a 0 is typed
    there, as around a map.
    """

    sheet: str
    text: str
    own: str
    row: int
    column: int
    down: tuple[Step, ...]
    right: tuple[Step, ...]
    is_zero: Callable[[str, int, int], bool]

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """Return its references in order."""
        return areas_of(self.text, self.sheet)

    @cached_property
    def own_areas(self) -> tuple[Area, ...]:
        """Return the references of what stands in the cell."""
        return areas_of(self.own, self.sheet)

    @cached_property
    def tree(self) -> Expr | None:
        """Return its tree; None where its functions have none."""
        try:
            return parse(self.text)
        except FormulaError:
            return None

    def moves(self, k: int) -> bool:
        """Whether a reference goes on from cell to cell."""
        return self.down[k] != (0, 0) or self.right[k] != (0, 0)

    def goes_along(self, k: int) -> bool:
        """Whether a reference moves wherever any does: those of a channel move one way only."""
        axes = [self.down, self.right]
        return all(steps[k] != (0, 0) for steps in axes if any(s != (0, 0) for s in steps))

    def stride(self, k: int) -> Step:
        """Return how far a window goes down with each row, and right with each column."""
        return self.down[k][0], self.right[k][1]

    def first(self, k: int) -> Area:
        """Return a reference as the first cell of the block has it."""
        y = self.down[k][0] * self.row + self.right[k][0] * self.column
        x = self.down[k][1] * self.row + self.right[k][1] * self.column
        return moved(self.areas[k], -y, -x)

    def with_areas(self, areas: Sequence[Area]) -> str:
        """Return the formula with other references."""
        others = iter(areas)
        return replaced(self.text, self.sheet, lambda _: next(others))

    def with_one(self, k: int, area: Area) -> str:
        """Return the formula with another reference in one place."""
        return self.with_areas([*self.areas[:k], area, *self.areas[k + 1 :]])

    def written(self, tree: Expr) -> str:
        """Return a tree as a formula."""
        return to_excel(tree, _reference)


def areas_of(formula: str, sheet: str) -> tuple[Area, ...]:
    """Return the references of a formula in order."""
    return tuple(part for part in split(formula, sheet) if isinstance(part, Area))


def moved(area: Area, down: int, right: int) -> Area:
    """Return a range so many rows further down and columns further right."""
    sheet, top, left, bottom, last = area
    return Area(sheet, top + down, left + right, bottom + down, last + right)


def size(area: Area) -> Step:
    """Return its rows and columns."""
    return len(area.rows), len(area.columns)


def named(area: Area, home: str) -> str:
    """Return a range as it is named on a sheet."""
    text = address(area.top, area.left)
    if size(area) != (1, 1):
        text += f":{address(area.bottom, area.right)}"
    return text if area.sheet.casefold() == home.casefold() else f"{quoted(area.sheet)}!{text}"


def inside(area: Area, other: Area) -> bool:
    """Whether a range lies within another one."""
    is_here = area.sheet.casefold() == other.sheet.casefold()
    rows = other.top <= area.top and area.bottom <= other.bottom
    return is_here and rows and other.left <= area.left and area.right <= other.right


def without_relu(tree: Expr) -> tuple[Expr, Callable[[Expr], Expr]]:
    """Return what a ReLU is given, and what puts it around another tree; any other as it is."""
    if isinstance(tree, Call) and tree.function == "MAX" and len(tree.arguments) == 2:
        zero, *rest = sorted(tree.arguments, key=lambda one: one != Number(0.0))
        if zero == Number(0.0):
            return rest[0], lambda inner: Call("MAX", (Number(0.0), inner))
    return tree, lambda inner: inner


def _reference(leaf: Expr) -> str:
    assert isinstance(leaf, CellReference)
    cell = address(leaf.row, leaf.column)
    return cell if leaf.sheet is None else f"{quoted(leaf.sheet)}!{cell}"


NO_BLANKS: Mapping[str, str] = {}
