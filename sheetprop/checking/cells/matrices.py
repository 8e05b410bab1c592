"""The functions of a sheet, the matrices of their partial derivatives, and the determinants."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import product as pairs

from sheetprop.checking.cells.grid import Grid
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.trees.expr import Expr, Name, Negative, product, total
from sheetprop.rows.plain_text import plain
from sheetprop.workbooks.sheet import Address

DETERMINANT = (r"det", r"determinant", r"detj", r"det(j)")
EITHER = (r"|j|", r"jacobiandeterminant")
"""What some call the determinant, and others its absolute value."""

ABSOLUTE = (r"|det|", r"|det(j)|", r"|detj|", r"abs(det)", r"abs(detj)", r"areafactor", r"||j||")


AGAIN = " by differences"
"""The end of the name of an entry that a sheet has a second time."""


@dataclass
class Sheet:
    """The named values of a sheet with their trees, and the entries of its matrices."""

    trees: dict[str, Expr | None]
    cells: dict[str, Address]
    labels: dict[str, Address]
    matrices: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    taken: frozenset[str] = frozenset()


def entry(function: str, name: str) -> str:
    """Return the name of a partial derivative."""
    return f"d{function}/d{name}"


def scalars(found: Sheet) -> set[tuple[str, str]]:
    """Return what a title names that is no matrix: the slope of one value by another."""
    return {*pairs(found.trees, found.trees)}


def numbered(found: Sheet, letter: str) -> list[str]:
    """Return the values that a letter of a title stands for: u1 and u2, or that one itself."""
    return [name for name in found.cells if re.fullmatch(rf"{re.escape(letter)}\d*", name)]


def ends(grid: Grid, corner: Address, behind: Address) -> bool:
    """Whether a matrix without names above it goes no further, as a table does."""
    (row, column), (below, right) = corner, behind
    further = (
        [(below, one) for one in range(column, right)],
        [(one, right) for one in range(row, below)],
    )
    return not any(all(map(grid.is_filled, line)) for line in further)


def put_again(found: Sheet, entries: Sequence[str], count: int, corner: Address) -> None:
    """Put in a second matrix of the same entries, where each cell is another one."""
    places = {one: (corner[0] + k // count, corner[1] + k % count) for k, one in enumerate(entries)}
    if not {*places.values()} & {*found.cells.values()} and {*entries} <= found.trees.keys():
        found.trees |= {one + AGAIN: Name(one) for one in entries}
        found.cells |= {one + AGAIN: at for one, at in places.items()}


def put_determinants(
    grid: Grid, found: Sheet, texts: Sequence[str] | frozenset[str], name: str
) -> None:
    """Put in the determinant of the last square matrix, where a label names it."""
    square = [one for one in found.matrices if len(one[0]) == len(one[1])]
    for at, text in grid.texts.items():
        if square and plain(text) in texts and name not in found.cells:
            cell = grid.beside(at) or (at[0], at[1] + 1)
            found.trees[name] = determinant(*square[-1])
            found.cells[name] = cell
            found.labels[name] = at


def determinant(functions: Sequence[str], heads: Sequence[str]) -> Expr:
    """Return the determinant of a matrix of partial derivatives, by its first row."""
    if len(functions) == 1:
        return Name(entry(functions[0], heads[0]))
    terms: list[Expr] = []
    for k, head in enumerate(heads):
        rest = determinant(functions[1:], [*heads[:k], *heads[k + 1 :]])
        term = product([Name(entry(functions[0], head)), rest])
        terms.append(Negative(term) if k % 2 else term)
    return total(terms)


JACOBIAN_OF_SHARES = pattern(
    r"(?:the)?(?:softmax)?j(?:acobi(?:an|sche)?)?(?:matrix)?(?:\(?(?:of|von)?(?:the)?(?:softmax|[aps])\)?)?"
    r"|d(?:softmax|[aps])/dz"
)


def matrix_near(
    grid: Grid, count: int, taken: Container[Address]
) -> dict[tuple[int, int], Address]:
    """Return the cells of a square matrix below a title that says Jacobian, by row and column."""
    titles = (at for at, text in grid.texts.items() if JACOBIAN_OF_SHARES.fullmatch(plain(text)))
    for at in titles:
        for down, right in ((1, 0), (1, 1), (2, 0), (2, 1), (0, 1)):
            cells = {
                (i, j): (at[0] + down + i - 1, at[1] + right + j - 1)
                for i, j in pairs(range(1, count + 1), repeat=2)
            }
            if all(grid.is_filled(cell) and cell not in taken for cell in cells.values()):
                return cells
    return {}
