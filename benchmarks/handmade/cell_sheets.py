"""Sheets of lessons whose quantities each have a cell: which quantities, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from sheetprop.maths.trees.expr import Expr, Name, Number
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.excel_write import to_excel
from sheetprop.rows.row_lesson import Settle
from sheetprop.workbooks.sheet import Address

Trees = Mapping[str, Expr | None]


@dataclass(frozen=True)
class CellSheet:
    """A right sheet: the tree of each quantity, None for what is given, its cell, and the texts."""

    lesson: str
    trees: Trees
    values: Mapping[str, float]
    cells: Mapping[str, Address]
    texts: Mapping[Address, str]
    settle: Settle | None = None


@dataclass
class Page:
    """A sheet that is filled line by line, from a corner."""

    row: int
    column: int
    cells: dict[str, Address] = field(default_factory=dict)
    texts: dict[Address, str] = field(default_factory=dict)

    @classmethod
    def drawn(cls, chance: Random) -> Page:
        """Return one that begins somewhere, with a title above now and then."""
        page = cls(chance.randrange(1, 8), chance.randrange(1, 6))
        if chance.random() < 0.3:
            page.texts[page.row, page.column] = chance.choice(TITLES)
            page.row += 2
        return page

    def line(self, label: str, *names: str, gap: int = 1) -> None:
        """Put a label and the cells of quantities right of it."""
        self.texts[self.row, self.column] = label
        for k, name in enumerate(names):
            self.cells[name] = self.row, self.column + gap + k
        self.row += 1


TITLES = ("My homework", "Aufgabe 3", "exercise sheet", "अभ्यास")


def told(tree: Expr) -> str:
    """Return a formula as a label says it."""

    def named(leaf: Expr) -> str:
        assert isinstance(leaf, Name)
        return leaf.name

    return to_excel(tree, named)[1:].lower()


def without(tree: Expr, name: str) -> Expr:
    """Return a tree with 1 for a quantity that has no cell."""
    return substitute(tree, lambda leaf: Number(1.0) if leaf == Name(name) else None)


def rounded(chance: Random, names: Iterator[str] | list[str]) -> dict[str, float]:
    """Return a number for each given quantity, no two alike."""
    found: dict[str, float] = {}
    for name in names:
        value = 0.0
        while value in {0.0, 1.0, *found.values()}:
            value = round(chance.uniform(0.2, 2.5), chance.choice((1, 2)))
        found[name] = value
    return found
